import {fitSleeve} from '../fit-sleeve.ts';

let keep = new Uint8Array(1024);

/**
 * Simplifies the line of vertices start..end (exclusive) in place, ends kept, so that no dropped vertex is farther than `tolerance`
 * from its chord, all in tile units; returns the new end.
 */
export function simplifyLine(x: Float64Array, y: Float64Array, start: number, end: number, tolerance: number): number {
  const count = end - start;
  if (count < 3 || tolerance <= 0) return end;
  if (count > keep.length) keep = new Uint8Array(count * 2);
  fitSleeve(x, y, start, end - 1, tolerance, keep);
  let at = start;
  for (let i = start; i < end; i++) {
    if (keep[i - start] === 0) continue;
    x[at] = x[i];
    y[at++] = y[i];
  }
  return at;
}
