import {binAt} from './date-bins.ts';

/** What a brush goes over: bins between ascending edges, in any unit. On a circle the last edge is the first one again. */
export type BrushScale = {edges: readonly number[]; isCircular: boolean};

/** A range of values, the end not included; on a circle it goes over the end where it ends before it starts. */
export type BrushRange = {start: number; end: number};

/** What a brush is taken by: an end of its range, the range as a whole, or an empty place, where a new range begins. */
export type Grip = 'start' | 'end' | 'range' | 'new';

/** The whole of a scale. */
export function wholeRange({edges}: BrushScale): BrushRange {
  return {start: edges[0], end: edges[edges.length - 1]};
}

/** What a brush is taken by at a value. Ends are reached from `reach` away, from within only as far as the range stays reachable. */
export function gripAt(scale: BrushScale, range: BrushRange, value: number, reach: number): Grip {
  const {start, end} = range;
  const whole = wholeRange(scale);
  const isInside = start < end ? value > start && value < end : value > start || value < end;
  const length = start < end ? end - start : whole.end - start + end - whole.start;
  const within = isInside ? Math.min(reach, length / 3) : reach;
  const [toStart, toEnd] = [Math.abs(value - start), Math.abs(value - end)];
  if (Math.min(toStart, toEnd) <= within)
    return toStart < toEnd || (toStart === toEnd && value < start) ? 'start' : 'end';
  const isWhole = start <= whole.start && end >= whole.end;
  return isInside && !isWhole ? 'range' : 'new';
}

/** The range after a brush that had `before` was dragged by a grip from a value to another. It begins and ends with bins. */
export function dragRange(scale: BrushScale, before: BrushRange, grip: Grip, from: number, value: number): BrushRange {
  const {edges} = scale;
  const bins = edges.length - 1;
  if (grip === 'new') {
    const [low, high] = from < value ? [from, value] : [value, from];
    return {start: edges[clamp(binAt(edges, low), bins - 1)], end: edges[clamp(binAt(edges, high), bins - 1) + 1]};
  }
  if (grip === 'range') return moved(scale, before, value - from);
  const edge = nearest(edges, value);
  const other = grip === 'start' ? before.end : before.start;
  if (before.start > before.end) return overTheEnd(edges, edge, grip, before);
  if (edges[edge] === other) {
    // At least the bin on the side that the grip came from stays.
    const bin = grip === 'start' ? Math.max(0, edge - 1) : Math.min(bins - 1, edge);
    return {start: edges[bin], end: edges[bin + 1]};
  }
  return {start: Math.min(edges[edge], other), end: Math.max(edges[edge], other)};
}

/** One end of a range over the end of a circle, moved to an edge. */
function overTheEnd(edges: readonly number[], edge: number, grip: Grip, {start, end}: BrushRange): BrushRange {
  const bins = edges.length - 1;
  if (grip === 'start') {
    const at = edges[edge % bins];
    return at === end ? {start: edges[Math.max(0, edge - 1)], end} : {start: at, end};
  }
  const at = edges[edge === 0 ? bins : edge];
  return at === start ? {start, end: edges[Math.min(bins, edge + 1)]} : {start, end: at};
}

/** A range moved by about `by`: by whole bins where it begins and ends with them, so that months stay months. */
function moved({edges, isCircular}: BrushScale, {start, end}: BrushRange, by: number): BrushRange {
  const bins = edges.length - 1;
  const [i, j] = [edges.indexOf(start), edges.indexOf(end)];
  if (i < 0 || j < 0) {
    const [first, last] = [edges[0], edges[bins]];
    if (isCircular) {
      const around = (value: number) => first + ((((value - first) % (last - first)) + last - first) % (last - first));
      return {start: around(start + Math.round(by)), end: around(end + Math.round(by)) || last};
    }
    const shift = Math.min(last - end, Math.max(first - start, Math.round(by)));
    return {start: start + shift, end: end + shift};
  }
  const length = edges[bins] - edges[0];
  const turned = isCircular ? ((((start - edges[0] + by) % length) + length) % length) + edges[0] : start + by;
  const shift = nearest(edges, turned) - i;
  if (isCircular) return {start: edges[(i + shift + bins) % bins], end: edges[((j + shift + 2 * bins - 1) % bins) + 1]};
  const bounded = Math.min(bins - j, Math.max(-i, shift));
  return {start: edges[i + bounded], end: edges[j + bounded]};
}

/** Index of the edge that is nearest to a value. */
function nearest(edges: readonly number[], value: number): number {
  const bin = clamp(binAt(edges, value), edges.length - 2);
  return value - edges[bin] < edges[bin + 1] - value ? bin : bin + 1;
}

function clamp(index: number, last: number): number {
  return Math.max(0, Math.min(last, index));
}
