import {createHash} from 'node:crypto';
import type {HeatKernel} from '../core/heat/kernel.ts';
import type {HeatArchive} from './archive.ts';
import type {StoredTile} from './decode-tile.ts';
import type {ScalePlan} from './draw-plan.ts';
import {type PlacedTile, placeTiles} from './place-tiles.ts';
import {drawingVersion} from './render.ts';
import type {RasterView} from './view.ts';

/** The tiles that a view needs, as they are stored. */
export type StoredView = {view: RasterView; tiles: {stored: StoredTile; place: PlacedTile}[]};

/** Reads the tiles of a view from which a line can come into its picture, and decodes none. */
export async function readView(archive: HeatArchive, view: RasterView, kernel: HeatKernel): Promise<StoredView> {
  const {minZoom, maxZoom} = archive.header;
  const places = placeTiles(view, kernel.reach, minZoom, maxZoom);
  const tiles = await Promise.all(places.map(({z, x, y}) => archive.storedTile(z, x, y)));
  return {view, tiles: places.flatMap((place, i) => (tiles[i] ? [{stored: tiles[i], place}] : []))};
}

/** Kinds of pictures: files, or bare palette indices. */
export type PictureFormat = 'png' | 'webp' | 'indices';

/**
 * A strong entity tag of a view in a style and format, without drawing it: it changes with the tiles that it is drawn from,
 * the style, the scale and the program's way of drawing, not with the rest of the archive. All that have nothing to draw from are one.
 */
export function viewTag({view, tiles}: StoredView, {key}: ScalePlan, format: PictureFormat): string {
  const hash = createHash('sha1').update(`${drawingVersion} ${view.width} ${view.height} ${view.ratio} ${format} `);
  if (tiles.length > 0) hash.update(key);
  for (const {stored, place} of tiles) hash.update(`${stored.hash} ${place.left} ${place.top} ${place.side} `);
  return `"${hash.digest('base64url')}"`;
}
