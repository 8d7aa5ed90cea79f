import {decodeHeatTile, encodeHeatTile} from '../../core/heat-tile.ts';
import {projectX, projectY} from '../../core/mercator.ts';
import {extentOf} from '../../core/schema.ts';
import {tileZooms} from '../../core/tile-zooms.ts';
import type {RasterView} from '../../raster-fallback/view.ts';
import {type ExactLine, exactHeat} from '../support/exact-heat.ts';
import {straightTiles} from '../support/straight-tiles.ts';
import {linesOf, maxZoom} from './fixture.ts';

/** Size of the browser tests' pages, CSS pixels. */
export const size = {width: 640, height: 400};

/** The view of a page of the browser tests as the CPU takes it. */
export function viewOf({lng, lat, zoom}: {lng: number; lat: number; zoom: number}, ratio = 1): RasterView {
  const world = 512 * 2 ** zoom;
  const left = projectX(lng) * world - size.width / 2;
  const top = projectY(lat) * world - size.height / 2;
  return {zoom, left, top, ...size, ratio};
}

/** All segments of the tiles that a view is mixed of, as if there were no tiles: CSS pixels from the view's corner. */
export function untiledLines(view: RasterView): ExactLine[] {
  return tileZooms(view.zoom, 0, maxZoom).flatMap(({z, share}) =>
    linesOfTiles(view, z).map((line) => ({...line, n: line.n * share})),
  );
}

function linesOfTiles({zoom, left, top}: RasterView, z: number): ExactLine[] {
  const extent = extentOf(z, maxZoom);
  const unit = (512 * 2 ** zoom) / (extent * 2 ** z);
  return straightTiles(linesOf(z), z, maxZoom).flatMap(({x, y, features}) => {
    const {segments, features: rows} = decodeHeatTile(encodeHeatTile(features, extent));
    return Array.from({length: segments.length / 4}, (_, i) => ({
      x0: (x * extent + segments[i * 4]) * unit - left,
      y0: (y * extent + segments[i * 4 + 1]) * unit - top,
      x1: (x * extent + segments[i * 4 + 2]) * unit - left,
      y1: (y * extent + segments[i * 4 + 3]) * unit - top,
      n: rows.n[rows.start.findLastIndex((start) => start <= i)],
    }));
  });
}

/** Distance of a pixel's centre to the nearest tile border of a view, CSS pixels. */
export function borderDistance({zoom, left, top}: RasterView, x: number, y: number): number {
  // Borders of the coarser tiles are borders of the finer ones.
  const side = 512 * 2 ** (zoom - Math.min(maxZoom, Math.ceil(zoom)));
  const from = (position: number) => Math.abs(position / side - Math.round(position / side)) * side;
  return Math.min(from(left + x + 0.5), from(top + y + 0.5));
}

/**
 * Mean absolute difference between heat and the untiled reference, as a share of the mean of all of the view's: of pixels within 3
 * pixels of a tile border, and of every tenth of the others.
 */
export function borderErrors(heat: Float32Array, view: RasterView, sigma: number): {near: number; far: number} {
  const lines = untiledLines(view);
  const mean = heat.reduce((sum, value) => sum + value, 0) / heat.length;
  const sums = {near: 0, far: 0};
  const counts = {near: 0, far: 0};
  for (let i = 0; i < heat.length; i++) {
    const [x, y] = [i % size.width, Math.floor(i / size.width)];
    const where = borderDistance(view, x, y) <= 3 ? 'near' : 'far';
    if (where === 'far' && i % 10) continue;
    sums[where] += Math.abs(heat[i] - exactHeat(nearby(lines, x, y, sigma), x + 0.5, y + 0.5, sigma));
    counts[where]++;
  }
  return {near: sums.near / counts.near / mean, far: sums.far / counts.far / mean};
}

/** Lines whose box is within 6 σ of a point. */
function nearby(lines: ExactLine[], x: number, y: number, sigma: number): ExactLine[] {
  const reach = 6 * sigma;
  return lines.filter(
    ({x0, y0, x1, y1}) =>
      Math.min(x0, x1) < x + reach &&
      Math.max(x0, x1) > x - reach &&
      Math.min(y0, y1) < y + reach &&
      Math.max(y0, y1) > y - reach,
  );
}
