import simplifyJs from 'simplify-js';
import {groundMeters, projectX, projectY} from '../core/mercator.ts';
import {pointCount, type Track} from './activity.ts';

/** How far a stored track may be from the recorded one. */
export const simplifyDefaults = {
  /** Ground metres a recorded point may lie beside the stored line. */
  toleranceMeters: 0.75,
  /** Ground metres a point may be from where the stored line is at its time. */
  timeMeters: 10,
};

/**
 * A track with the fewest of its points (their indices, rising) that still tell its shape to `toleranceMeters`
 * (Douglas-Peucker) and, where it has times, its progress to `timeMeters`. Done once, at import.
 */
export function simplify(track: Track, {toleranceMeters, timeMeters} = simplifyDefaults): Uint32Array {
  const count = pointCount(track);
  if (count < 3) return Uint32Array.from({length: count}, (_, i) => i);
  const meters = groundMeters(track.lat[count >> 1]);
  const points = new Array<{x: number; y: number; i: number}>(count);
  for (let i = 0; i < count; i++) {
    points[i] = {x: projectX(track.lng[i]) * meters, y: projectY(track.lat[i]) * meters, i};
  }
  const kept = simplifyJs(points, toleranceMeters, true) as typeof points;
  const indices: number[] = [0];
  for (let k = 1; k < kept.length; k++) {
    keepProgress(points, track.time, kept[k - 1].i, kept[k].i, timeMeters, indices);
    indices.push(kept[k].i);
  }
  return Uint32Array.from(indices);
}

/** Pushes the points between two kept ones without which the time-interpolated position would be too far off. */
function keepProgress(
  points: {x: number; y: number}[],
  time: Float64Array,
  from: number,
  to: number,
  timeMeters: number,
  indices: number[],
): void {
  const duration = time[to] - time[from];
  if (!(duration > 0) || to - from < 2) return;
  const a = points[from];
  const b = points[to];
  // A stretch shorter than the tolerance cannot be off by more.
  if (Math.hypot(b.x - a.x, b.y - a.y) <= timeMeters / 2) return;
  let worst = timeMeters;
  let worstIndex = -1;
  for (let i = from + 1; i < to; i++) {
    const share = (time[i] - time[from]) / duration;
    if (!(share >= 0 && share <= 1)) continue;
    const off = Math.hypot(a.x + (b.x - a.x) * share - points[i].x, a.y + (b.y - a.y) * share - points[i].y);
    if (off > worst) {
      worst = off;
      worstIndex = i;
    }
  }
  if (worstIndex < 0) return;
  keepProgress(points, time, from, worstIndex, timeMeters, indices);
  indices.push(worstIndex);
  keepProgress(points, time, worstIndex, to, timeMeters, indices);
}
