import {projectX, projectY} from '../../core/mercator.ts';
import {type Size, type View, worldPixels} from '../map/view.ts';

/** A tile of a raster URL (256 px zooms, row from the north) and where it stands: its column in an endless row of worlds. */
export type TilePlace = {z: number; x: number; y: number; column: number};

/** Zoom of the raster URL whose tiles are drawn nearest to their own size. */
export function tileZoom(zoom: number, maxTileZoom: number): number {
  return Math.max(0, Math.min(maxTileZoom, Math.round(zoom) + 1));
}

/** The tiles of raster zoom `z` that a view touches, nearest to its centre first; the world repeats east and west. */
export function visibleTiles(view: View, {width, height}: Size, z: number): TilePlace[] {
  const count = 2 ** z;
  const side = worldPixels(view.zoom) / count;
  const centerX = projectX(view.lng) * count;
  const centerY = projectY(view.lat) * count;
  const right = Math.ceil(centerX + width / 2 / side) - 1;
  const bottom = Math.min(count, Math.ceil(centerY + height / 2 / side)) - 1;
  const places: TilePlace[] = [];
  for (let y = Math.max(0, Math.floor(centerY - height / 2 / side)); y <= bottom; y++) {
    for (let column = Math.floor(centerX - width / 2 / side); column <= right; column++) {
      places.push({z, x: column - count * Math.floor(column / count), y, column});
    }
  }
  const offset = ({column, y}: TilePlace) => Math.hypot(column + 0.5 - centerX, y + 0.5 - centerY);
  return places.sort((a, b) => offset(a) - offset(b));
}
