import type {WebMercatorViewport} from '@deck.gl/core';
import {projectX, projectY} from '../../core/mercator.ts';
import {againBit} from '../tiles/tile-segments.ts';
import type {DrawnTile} from './accumulate.ts';

/** Least distance from a line at which it is still meant, CSS pixels. */
const leastReach = 6;

/** How far from a wide line it is still meant, in its σ: there it has a third of its heat. */
const sigmas = 1.5;

/** A place in world coordinates (unit square), and how these change from one CSS pixel there to the next, right and down. */
type Place = {x: number; y: number; right: {x: number; y: number}; down: {x: number; y: number}};

/**
 * Rows (dense indices) of the lines that are drawn at a place of the screen, CSS pixels from the upper left corner of the map; lines
 * have a profile of `sigma` CSS pixels.
 */
export function rowsAt(
  tiles: readonly DrawnTile[],
  viewport: WebMercatorViewport,
  x: number,
  y: number,
  sigma: number,
): Set<number> {
  const place = placeAt(viewport, x, y);
  const {right, down} = place;
  const reach = Math.max(leastReach, sigmas * sigma);
  const found = new Set<number>();
  for (const {tile, segments} of tiles.map(({props}) => props)) {
    if (!tile.isVisible) continue;
    const {count, extent, ends, rows} = segments;
    const units = 2 ** tile.index.z * extent;
    const [px, py] = [place.x * units - tile.index.x * extent, place.y * units - tile.index.y * extent];
    const reachX = reach * units * (Math.abs(right.x) + Math.abs(down.x));
    const reachY = reach * units * (Math.abs(right.y) + Math.abs(down.y));
    if (px < -reachX || px > extent + reachX || py < -reachY || py > extent + reachY) continue;
    // Tile units to pixels: the inverse of what a pixel is on the ground.
    const scale = 1 / units / (right.x * down.y - right.y * down.x);
    const [xx, xy, yx, yy] = [down.y * scale, -down.x * scale, -right.y * scale, right.x * scale];
    for (let i = 0; i < 4 * count; i += 4) {
      const [x0, y0, x1, y1] = [ends[i] - px, ends[i + 1] - py, ends[i + 2] - px, ends[i + 3] - py];
      if (Math.min(x0, x1) > reachX || Math.max(x0, x1) < -reachX) continue;
      if (Math.min(y0, y1) > reachY || Math.max(y0, y1) < -reachY) continue;
      const distance = distanceOf(xx * x0 + xy * y0, yx * x0 + yy * y0, xx * x1 + xy * y1, yx * x1 + yy * y1);
      if (distance <= reach) found.add(rows[i / 2] % againBit);
    }
  }
  return found;
}

/** A place of the screen, on the ground. On a tilted map a pixel is longer there than wide, and longer the farther away. */
function placeAt(viewport: WebMercatorViewport, x: number, y: number): Place {
  const groundAt = (dx: number, dy: number) => {
    const [lng, lat] = viewport.unproject([x + dx, y + dy]);
    return {x: projectX(lng), y: projectY(lat)};
  };
  const step = (dx: number, dy: number) => {
    const [before, after] = [groundAt(-dx, -dy), groundAt(dx, dy)];
    return {x: (after.x - before.x) / 2, y: (after.y - before.y) / 2};
  };
  const ground = groundAt(0, 0);
  return {x: ground.x - Math.floor(ground.x), y: ground.y, right: step(1, 0), down: step(0, 1)};
}

/** Distance of a segment from the origin. */
function distanceOf(x0: number, y0: number, x1: number, y1: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  const share = length > 0 ? Math.max(0, Math.min(1, -(x0 * dx + y0 * dy) / length)) : 0;
  return Math.hypot(x0 + share * dx, y0 + share * dy);
}
