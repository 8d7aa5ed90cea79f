/**
 * Metres between two places. Only of operations that IEEE 754 rounds alike everywhere, which holds for square roots but not for
 * `Math.hypot` and `**`: the sample library must have equal bytes on every machine.
 */
export function distance(ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  return Math.sqrt(dx * dx + dy * dy);
}

/** Length of a line `[x, y, x, y, …]`. */
export function lineLength(line: number[]): number {
  let length = 0;
  for (let k = 2; k < line.length; k += 2) length += distance(line[k - 2], line[k - 1], line[k], line[k + 1]);
  return length;
}
