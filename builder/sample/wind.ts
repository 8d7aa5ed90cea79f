import {normal, type Random} from './random.ts';

/**
 * A winding line between two places as `[x, y, x, y, …]` in metres: midpoints pushed aside by `bend` times the length, then half as
 * much on each level, and the corners cut twice.
 */
export function wind(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  bend: number,
  levels: number,
  next: Random,
): number[] {
  let line = [ax, ay, bx, by];
  for (let level = 0; level < levels; level++) {
    const finer: number[] = [];
    for (let k = 0; k + 3 < line.length; k += 2) {
      const dx = line[k + 2] - line[k];
      const dy = line[k + 3] - line[k + 1];
      const push = bend * normal(next);
      finer.push(line[k], line[k + 1], line[k] + dx / 2 - dy * push, line[k + 1] + dy / 2 + dx * push);
    }
    finer.push(bx, by);
    line = finer;
  }
  return cutCorners(cutCorners(line));
}

/** The line with each corner replaced by two points a quarter of the way along its sides; the ends stay (Chaikin 1974). */
export function cutCorners(line: number[]): number[] {
  const last = line.length - 2;
  const cut = [line[0], line[1]];
  for (let k = 0; k < last; k += 2) {
    const [ax, ay, bx, by] = [line[k], line[k + 1], line[k + 2], line[k + 3]];
    if (k > 0) cut.push(ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25);
    if (k + 2 < last) cut.push(ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75);
  }
  cut.push(line[last], line[last + 1]);
  return cut;
}
