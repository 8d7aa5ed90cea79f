const stack: number[] = [];
let keep = new Uint8Array(1024);

/**
 * Simplifies the line of vertices start..end in place (Douglas-Peucker, ends kept) so that no dropped vertex is farther
 * than `tolerance` from its chord, all in tile units; returns the new end.
 */
export function simplifyLine(x: Int16Array, y: Int16Array, start: number, end: number, tolerance: number): number {
  const count = end - start;
  if (count < 3 || tolerance <= 0) return end;
  if (count > keep.length) keep = new Uint8Array(count * 2);
  else keep.fill(0, 0, count);
  keep[0] = 1;
  keep[count - 1] = 1;
  const limit = tolerance * tolerance;
  stack.push(start, end - 1);
  while (stack.length > 0) {
    const last = stack.pop() as number;
    const first = stack.pop() as number;
    const ax = x[first];
    const ay = y[first];
    const dx = x[last] - ax;
    const dy = y[last] - ay;
    const length = dx * dx + dy * dy;
    // A line that comes back to where it began keeps its farthest point, or nothing would be left of it.
    let worst = length === 0 ? 0 : limit;
    let index = -1;
    for (let i = first + 1; i < last; i++) {
      const px = x[i] - ax;
      const py = y[i] - ay;
      const along = px * dx + py * dy;
      let away: number;
      if (along <= 0 || length === 0) away = px * px + py * py;
      else if (along >= length) away = (px - dx) * (px - dx) + (py - dy) * (py - dy);
      else {
        const cross = px * dy - py * dx;
        away = (cross * cross) / length;
      }
      if (away > worst) {
        worst = away;
        index = i;
      }
    }
    if (index < 0) continue;
    keep[index - start] = 1;
    if (index - first > 1) stack.push(first, index);
    if (last - index > 1) stack.push(index, last);
  }
  let at = start;
  for (let i = start; i < end; i++) {
    if (keep[i - start] === 0) continue;
    x[at] = x[i];
    y[at++] = y[i];
  }
  return at;
}
