import type {TilePlace} from '../core/heat/accumulate-tile.ts';
import {tilePixels} from '../core/mercator.ts';
import type {RasterView} from './view.ts';

/** A heat tile and where it lies in a picture; across the antimeridian it is drawn beside itself. */
export type PlacedTile = TilePlace & {z: number; x: number; y: number};

/** The zoom of the heat tiles that a view is drawn from: the nearest to its own that the archive has. */
export function heatZoom(zoom: number, minZoom: number, maxZoom: number): number {
  return Math.max(minZoom, Math.min(maxZoom, Math.round(zoom)));
}

/**
 * The heat tiles, of the zoom nearest to the view's that the archive has, from which lines within `reach` device pixels
 * can come into a view. Their places are in device pixels of its picture.
 */
export function placeTiles(view: RasterView, reach: number, minZoom: number, maxZoom: number): PlacedTile[] {
  const {zoom, left, top, width, height, ratio} = view;
  const z = heatZoom(zoom, minZoom, maxZoom);
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
      });
    }
  }
  return placed;
}
