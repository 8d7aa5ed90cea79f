import {groundMeters, projectX, projectY} from '../core/mercator.ts';
import {trackTolerance} from '../core/schema.ts';
import {pointCount, type Track} from './activity.ts';
import {fitSleeve} from './fit-sleeve.ts';

/** How far a stored track may be from the recorded one. */
export const simplifyDefaults = {
  /** Ground metres a recorded point may lie beside the stored line. */
  toleranceMeters: trackTolerance,
  /** Ground metres a point may be from where the stored line is at its time. */
  timeMeters: 10,
};

/**
 * A track with the fewest of its points (their indices, rising) that still tell its shape to `toleranceMeters`
 * (sleeve fitting) and, where it has times, its progress to `timeMeters`. Done once, at import.
 */
export function simplify(track: Track, {toleranceMeters, timeMeters} = simplifyDefaults): Uint32Array {
  const count = pointCount(track);
  if (count < 3) return Uint32Array.from({length: count}, (_, i) => i);
  if (count > x.length) grow(count);
  const meters = groundMeters(track.lat[count >> 1]);
  for (let i = 0; i < count; i++) {
    x[i] = projectX(track.lng[i]) * meters;
    y[i] = projectY(track.lat[i]) * meters;
  }
  fitSleeve(x, y, 0, count - 1, toleranceMeters, keep);
  let from = 0;
  for (let to = 1; to < count; to++) {
    if (keep[to] === 0) continue;
    keepProgress(track.time, from, to, timeMeters);
    from = to;
  }
  return indicesOf(keep, count);
}

/** Positions of the track at hand in ground metres, and which of them are kept. */
let x = new Float64Array(1 << 12);
let y = new Float64Array(1 << 12);
let keep = new Uint8Array(1 << 12);

function grow(count: number): void {
  x = new Float64Array(count * 2);
  y = new Float64Array(count * 2);
  keep = new Uint8Array(count * 2);
}

/** Keeps the points between two kept ones without which the time-interpolated position would be too far off. */
function keepProgress(time: Float64Array, from: number, to: number, timeMeters: number): void {
  const duration = time[to] - time[from];
  if (!(duration > 0) || to - from < 2) return;
  const dx = x[to] - x[from];
  const dy = y[to] - y[from];
  // A stretch shorter than the tolerance cannot be off by more.
  if (dx * dx + dy * dy <= (timeMeters / 2) ** 2) return;
  let worst = timeMeters ** 2;
  let worstIndex = -1;
  for (let i = from + 1; i < to; i++) {
    const share = (time[i] - time[from]) / duration;
    if (!(share >= 0 && share <= 1)) continue;
    const offX = x[from] + dx * share - x[i];
    const offY = y[from] + dy * share - y[i];
    const off = offX * offX + offY * offY;
    if (off > worst) {
      worst = off;
      worstIndex = i;
    }
  }
  if (worstIndex < 0) return;
  keep[worstIndex] = 1;
  keepProgress(time, from, worstIndex, timeMeters);
  keepProgress(time, worstIndex, to, timeMeters);
}

function indicesOf(keep: Uint8Array, count: number): Uint32Array {
  let kept = 0;
  for (let i = 0; i < count; i++) kept += keep[i];
  const indices = new Uint32Array(kept);
  let at = 0;
  for (let i = 0; i < count; i++) if (keep[i] === 1) indices[at++] = i;
  return indices;
}
