import type {TilePlace} from '../core/heat/accumulate-tile.ts';
import {tilePixels} from '../core/mercator.ts';
import {tileZooms, type ZoomShare} from '../core/tile-zooms.ts';
import type {RasterView} from './view.ts';

/** A heat tile, where it lies in a picture, and how much its heat counts; across the antimeridian it is drawn beside itself. */
export type PlacedTile = TilePlace & {z: number; x: number; y: number; share: number};

/**
 * The heat tiles from which lines within `reach` device pixels can come into a view. Their places are in device pixels of its
 * picture.
 */
export function placeTiles(view: RasterView, reach: number, minZoom: number, maxZoom: number): PlacedTile[] {
  return tileZooms(view.zoom, minZoom, maxZoom).flatMap((zoom) => placeZoom(view, reach, zoom));
}

function placeZoom(view: RasterView, reach: number, {z, share}: ZoomShare): PlacedTile[] {
  const {zoom, left, top, width, height, ratio} = view;
  const count = 2 ** z;
  const side = tilePixels * 2 ** (zoom - z);
  const margin = reach / ratio;
  const west = Math.floor((left - margin) / side);
  const east = Math.ceil((left + width + margin) / side);
  const north = Math.max(0, Math.floor((top - margin) / side));
  const south = Math.min(count, Math.ceil((top + height + margin) / side));
  const placed: PlacedTile[] = [];
  for (let y = north; y < south; y++) {
    for (let x = west; x < east; x++) {
      placed.push({
        z,
        x: ((x % count) + count) % count,
        y,
        left: (x * side - left) * ratio,
        top: (y * side - top) * ratio,
        side: side * ratio,
        share,
      });
    }
  }
  return placed;
}
