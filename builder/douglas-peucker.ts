const stack: number[] = [];

/**
 * Marks in `keep` which of the vertices `first`..`last` (both included, and both kept) tell a line's shape so that no other one is
 * farther than `tolerance` from its chord; all in one unit, `keep` beginning at `first`.
 *
 * Douglas and Peucker, "Algorithms for the reduction of the number of points required to represent a digitized line or its
 * caricature", 1973. Distances are to the chord, not to its straight line.
 */
export function douglasPeucker(
  x: Float64Array,
  y: Float64Array,
  first: number,
  last: number,
  tolerance: number,
  keep: Uint8Array,
): void {
  const limit = tolerance * tolerance;
  keep.fill(0, 0, last - first + 1);
  keep[0] = 1;
  keep[last - first] = 1;
  stack.push(first, last);
  while (stack.length > 0) {
    const to = stack.pop() as number;
    const from = stack.pop() as number;
    const ax = x[from];
    const ay = y[from];
    const dx = x[to] - ax;
    const dy = y[to] - ay;
    const length = dx * dx + dy * dy;
    // Squares of distances, times that of the chord: divisions take longer than all the rest. A line that comes back to where it
    // began keeps its farthest vertex, or nothing would be left of it.
    const scale = length === 0 ? 1 : length;
    let worst = limit * length;
    let index = -1;
    for (let i = from + 1; i < to; i++) {
      const px = x[i] - ax;
      const py = y[i] - ay;
      const along = px * dx + py * dy;
      let away: number;
      if (along <= 0) away = (px * px + py * py) * scale;
      else if (along >= length) away = ((px - dx) * (px - dx) + (py - dy) * (py - dy)) * scale;
      else {
        const cross = px * dy - py * dx;
        away = cross * cross;
      }
      if (away > worst) {
        worst = away;
        index = i;
      }
    }
    if (index < 0) continue;
    keep[index - first] = 1;
    if (index - from > 1) stack.push(from, index);
    if (to - index > 1) stack.push(index, to);
  }
}
