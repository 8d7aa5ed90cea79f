import {extentOf} from '../../core/schema.ts';
import {heatFeature} from './heat-feature.ts';
import type {SmallTile} from './small-archive.ts';

/** A straight line in world coordinates (unit square; x may pass 0 and 1, where the world repeats) of one activity. */
export type StraightLine = {id: number; x0: number; y0: number; x1: number; y1: number; n?: number; again?: boolean};

/** The tiles of one zoom that hold some lines: cut at tile borders, coordinates rounded to tile units. */
export function straightTiles(lines: StraightLine[], z: number, maxZoom: number): SmallTile[] {
  const count = 2 ** z;
  const extent = extentOf(z, maxZoom);
  const tiles = new Map<string, SmallTile>();
  for (const {id, n = 1, again = false, ...line} of lines) {
    const cuts = [0, 1, ...crossings(line.x0 * count, line.x1 * count), ...crossings(line.y0 * count, line.y1 * count)];
    cuts.sort((a, b) => a - b);
    for (let i = 1; i < cuts.length; i++) {
      const middle = (cuts[i - 1] + cuts[i]) / 2;
      const column = Math.floor((line.x0 + (line.x1 - line.x0) * middle) * count);
      const y = Math.floor((line.y0 + (line.y1 - line.y0) * middle) * count);
      const [from, to] = [cuts[i - 1], cuts[i]].map((share): [number, number] => [
        Math.round(((line.x0 + (line.x1 - line.x0) * share) * count - column) * extent),
        Math.round(((line.y0 + (line.y1 - line.y0) * share) * count - y) * extent),
      ]);
      if (from[0] === to[0] && from[1] === to[1]) continue;
      const x = ((column % count) + count) % count;
      const tile = tiles.get(`${x}/${y}`) ?? {z, x, y, features: []};
      tile.features.push(heatFeature({id, n, again, lines: [[from, to]]}));
      tiles.set(`${x}/${y}`, tile);
    }
  }
  return [...tiles.values()];
}

/** Shares of the way from a to b at which a whole number is crossed. */
function crossings(a: number, b: number): number[] {
  const found: number[] = [];
  for (let whole = Math.floor(Math.min(a, b)) + 1; whole < Math.max(a, b); whole++) found.push((whole - a) / (b - a));
  return found;
}
