import {type Cells, near} from './cells.ts';
import {distance} from './distance.ts';

/**
 * Pairs of points that are natural neighbours: `[a, b, a, b, …]`, `a < b`. Two points are joined where no third one lies in the lens
 * between them, whose width is `beta` of the pair (Kirkpatrick and Radke's β-skeleton: 1 gives blocks and triangles, 2 almost a
 * tree). No two pairs cross. `reach` is how far to look around a point, metres.
 */
export function skeleton(
  x: number[],
  y: number[],
  cells: Cells,
  reach: (id: number) => number,
  beta: (a: number, b: number) => number,
): number[] {
  const around = x.map((_, id) => nearest(x, y, cells, id, reach(id)));
  const pairs: number[] = [];
  for (let a = 0; a < x.length; a++) {
    for (const b of around[a]) {
      if (b < a && around[b].includes(a)) continue;
      const width = beta(a, b);
      if (isFree(x, y, a, b, width, around[a]) && isFree(x, y, a, b, width, around[b])) {
        pairs.push(Math.min(a, b), Math.max(a, b));
      }
    }
  }
  return pairs;
}

const neighbours = 14;

function nearest(x: number[], y: number[], cells: Cells, id: number, reach: number): number[] {
  const away = (other: number) => distance(x[id], y[id], x[other], y[other]);
  return near(cells, x[id], y[id], reach)
    .filter((other) => other !== id && away(other) <= reach)
    .sort((a, b) => away(a) - away(b) || a - b)
    .slice(0, neighbours);
}

function isFree(x: number[], y: number[], a: number, b: number, beta: number, others: number[]): boolean {
  const half = beta / 2;
  const ax = x[a] + (x[b] - x[a]) * half;
  const ay = y[a] + (y[b] - y[a]) * half;
  const bx = x[b] + (x[a] - x[b]) * half;
  const by = y[b] + (y[a] - y[b]) * half;
  const limit = half * distance(x[a], y[a], x[b], y[b]);
  for (const c of others) {
    if (c === a || c === b) continue;
    if (distance(x[c], y[c], ax, ay) < limit && distance(x[c], y[c], bx, by) < limit) return false;
  }
  return true;
}
