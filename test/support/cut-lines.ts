import type {Track} from '../../builder/activity.ts';
import {TileRun} from '../../builder/cut/pieces.ts';
import {createCut} from '../../builder/cut.ts';
import {decodeHeatTile, encodeHeatTile, type HeatTile} from '../../core/heat-tile.ts';
import {extentOf} from '../../core/schema.ts';
import {tileOfId} from '../../core/tile-id.ts';

/** A tile of a cut activity, decoded. */
export type CutTile = {z: number; x: number; y: number; tile: HeatTile};

/** Cuts activities (row = place in the list) and decodes their tiles, in tile-id order. */
export function cutTiles(activities: Track[][], maxZoom: number): CutTile[] {
  const cut = createCut(maxZoom);
  const run = new TileRun();
  activities.forEach((tracks, row) => {
    cut(tracks, row, run);
  });
  const {count, tile, row, again, end, bytes} = run.sorted((size) => new ArrayBuffer(size));
  const tiles: CutTile[] = [];
  for (let i = 0; i < count; ) {
    const id = tile[i];
    const [z, x, y] = tileOfId(id);
    const features: Parameters<typeof encodeHeatTile>[0] = [];
    for (; i < count && tile[i] === id; i++) {
      const geometry = bytes.subarray(i === 0 ? 0 : end[i - 1], end[i]);
      features.push({id: row[i], n: 1, sport: 'ride', from: undefined, to: undefined, again: again[i] === 1, geometry});
    }
    tiles.push({z, x, y, tile: decodeHeatTile(encodeHeatTile(features, extentOf(z, maxZoom)))});
  }
  return tiles;
}

/** A segment in world coordinates of the unit square. */
export type WorldSegment = {x0: number; y0: number; x1: number; y1: number; again: boolean};

/** All segments of a zoom in world coordinates. */
export function worldSegments(tiles: CutTile[], zoom: number): WorldSegment[] {
  const found: WorldSegment[] = [];
  for (const {z, x, y, tile} of tiles) {
    if (z !== zoom) continue;
    const {segments, features, extent} = tile;
    const world = extent * 2 ** z;
    for (let f = 0; f < features.count; f++) {
      for (let at = features.start[f] * 4; at < features.start[f + 1] * 4; at += 4) {
        found.push({
          x0: (x * extent + segments[at]) / world,
          y0: (y * extent + segments[at + 1]) / world,
          x1: (x * extent + segments[at + 2]) / world,
          y1: (y * extent + segments[at + 3]) / world,
          again: features.again[f] === 1,
        });
      }
    }
  }
  return found;
}

/** Length of the segments in CSS pixels of their zoom. */
export function pixelLength(segments: WorldSegment[], zoom: number): number {
  const world = 512 * 2 ** zoom;
  return segments.reduce((sum, {x0, y0, x1, y1}) => sum + Math.hypot(x1 - x0, y1 - y0) * world, 0);
}

/** Distance of a point to the nearest of some segments, world coordinates. */
export function distanceTo(segments: {x0: number; y0: number; x1: number; y1: number}[], x: number, y: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (const {x0, y0, x1, y1} of segments) {
    const dx = x1 - x0;
    const dy = y1 - y0;
    const length = dx * dx + dy * dy;
    const share = length > 0 ? Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / length)) : 0;
    best = Math.min(best, Math.hypot(x - x0 - dx * share, y - y0 - dy * share));
  }
  return best;
}
