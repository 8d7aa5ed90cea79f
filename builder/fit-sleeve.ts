/** Vertices beyond the end at hand that are looked at before it is taken; bounds the time for lines that turn back without end. */
const lookAhead = 64;

/**
 * Marks in `keep` which of the vertices `first`..`last` (both included, and both kept) tell a line's shape so that no other one is
 * farther than `tolerance` from its chord; all in one unit, `keep` beginning at `first`.
 *
 * From each kept vertex the next one is the farthest to which a straight strip of that half width holds all vertices between: the
 * directions that pass by each of them closely enough are cut with each other until none is left. Zhao and Saalfeld, "Linear-time
 * sleeve-fitting polyline simplification algorithms", AutoCarto 13, 1997. Of recorded tracks it keeps 8 to 12 % fewer vertices than
 * Douglas and Peucker's way does for the same tolerance, of paths of cells 28 % fewer, in about 60 % of the time.
 */
export function fitSleeve(
  x: Float64Array,
  y: Float64Array,
  first: number,
  last: number,
  tolerance: number,
  keep: Uint8Array,
): void {
  keep.fill(0, 0, last - first + 1);
  keep[0] = 1;
  for (let from = first; from < last; ) {
    from = sleeveEnd(x, y, from, last, tolerance);
    keep[from - first] = 1;
  }
}

function sleeveEnd(x: Float64Array, y: Float64Array, from: number, last: number, tolerance: number): number {
  const near = tolerance * tolerance;
  const fromX = x[from];
  const fromY = y[from];
  let end = from + 1;
  // The square of the greatest distance so far: an end must be as far as all before it, or these would lie beyond the chord.
  let far = 0;
  let isOpen = true;
  let lowX = 0;
  let lowY = 0;
  let highX = 0;
  let highY = 0;
  for (let i = end; i <= last; i++) {
    const dx = x[i] - fromX;
    const dy = y[i] - fromY;
    const square = dx * dx + dy * dy;
    const isAhead = isOpen || (dx * lowX + dy * lowY > 0 && dx * highX + dy * highY > 0);
    const isWithin = isOpen || (isAhead && lowX * dy >= lowY * dx && highX * dy <= highY * dx);
    if (isWithin && square >= far) {
      end = i;
      far = square;
    } else if (i - end > lookAhead) return end;
    // Every direction passes by what is that near.
    if (square <= near) continue;
    // Behind: no direction passes by this vertex and those before.
    if (!isAhead) return end;
    // Tangents to the circle around the vertex. Where that is near they would be wide apart: 45° to both sides are enough.
    const aside = square > 2 * near ? tolerance : Math.sqrt(square / 2);
    const along = Math.sqrt(square - aside * aside);
    const rightX = dx * along + dy * aside;
    const rightY = dy * along - dx * aside;
    const leftX = dx * along - dy * aside;
    const leftY = dy * along + dx * aside;
    if (isOpen || lowX * rightY > lowY * rightX) {
      lowX = rightX;
      lowY = rightY;
    }
    if (isOpen || highX * leftY < highY * leftX) {
      highX = leftX;
      highY = leftY;
    }
    isOpen = false;
    if (lowX * highY < lowY * highX) return end;
    far = Math.max(far, square);
  }
  return end;
}
