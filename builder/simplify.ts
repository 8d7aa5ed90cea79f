import {groundMeters, projectLatitudes, projectX} from '../core/mercator.ts';
import {trackTolerance} from '../core/schema.ts';
import {pointCount, type Track} from './activity.ts';
import {describeMeasures} from './describe.ts';
import {fitSleeve} from './fit-sleeve.ts';

/** How far a stored track may be from the recorded one. */
const simplifyMeasures = {
  /** Ground metres a recorded point may lie beside the stored line. */
  toleranceMeters: trackTolerance,
  /** Ground metres a point may be from where the stored line is at its time. */
  timeMeters: 10,
  /** Metres a point may be above or below the stored line: a hill on a straight road is still climbed. */
  elevationMeters: describeMeasures.ascentMeters / 2,
  /** Seconds between two stored points where more were recorded: only a pause is longer. */
  stepSeconds: describeMeasures.pauseSeconds,
};

/**
 * A track with the fewest of its points (their indices, rising) that still tell its shape to `toleranceMeters`
 * (sleeve fitting) and, where it has them, its progress in time and its elevation: what it is described by (describe.ts) can be told
 * again of any part of it. Done once, at import.
 */
export function simplify(track: Track): Uint32Array {
  const count = pointCount(track);
  if (count < 3) return Uint32Array.from({length: count}, (_, i) => i);
  if (count > x.length) grow(count);
  const meters = groundMeters(track.lat[count >> 1]);
  projectLatitudes(track.lat, count, y);
  for (let i = 0; i < count; i++) {
    x[i] = projectX(track.lng[i]) * meters;
    y[i] *= meters;
  }
  fitSleeve(x, y, 0, count - 1, simplifyMeasures.toleranceMeters, keep);
  keepSteps(track.time, count, simplifyMeasures.stepSeconds * 1000);
  let from = 0;
  for (let to = 1; to < count; to++) {
    if (keep[to] === 0) continue;
    keepProgress(track, from, to);
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

/** Points between two kept ones, at most: what is done with them takes the square of it. */
const mostAtOnce = 1024;

/** Keeps so many points that two kept ones are `step` ms apart at most, or follow each other in the recording. */
function keepSteps(time: Float64Array, count: number, step: number): void {
  for (let i = 1, from = 0; i < count; i++) {
    if ((time[i] - time[from] > step || i - from > mostAtOnce) && i - 1 > from) {
      from = i - 1;
      keep[from] = 1;
    }
    if (keep[i] === 1) from = i;
  }
}

/** Keeps the points between two kept ones without which the interpolated position or elevation would be too far off. */
function keepProgress(track: Track, from: number, to: number): void {
  if (to - from < 2) return;
  let worst = farthestInTime(track.time, from, to, simplifyMeasures.timeMeters);
  if (worst < 0) worst = farthestInElevation(track.elevation, from, to, simplifyMeasures.elevationMeters);
  if (worst < 0) return;
  keep[worst] = 1;
  keepProgress(track, from, worst);
  keepProgress(track, worst, to);
}

/** The point between two that is farthest from where somebody at even speed is at its time; -1 where none is over `meters` away. */
function farthestInTime(time: Float64Array, from: number, to: number, meters: number): number {
  const duration = time[to] - time[from];
  const dx = x[to] - x[from];
  const dy = y[to] - y[from];
  // A stretch shorter than the tolerance cannot be off by more.
  if (!(duration > 0) || dx * dx + dy * dy <= (meters / 2) ** 2) return -1;
  let worst = meters ** 2;
  let found = -1;
  for (let i = from + 1; i < to; i++) {
    const share = (time[i] - time[from]) / duration;
    if (!(share >= 0 && share <= 1)) continue;
    const offX = x[from] + dx * share - x[i];
    const offY = y[from] + dy * share - y[i];
    const off = offX * offX + offY * offY;
    if (off > worst) {
      worst = off;
      found = i;
    }
  }
  return found;
}

/** The point between two that is farthest above or below the straight line between them; -1 where none is by over `meters`. */
function farthestInElevation(elevation: Float64Array, from: number, to: number, meters: number): number {
  const dx = x[to] - x[from];
  const dy = y[to] - y[from];
  const square = dx * dx + dy * dy;
  const slope = square > 0 ? (elevation[to] - elevation[from]) / square : 0;
  let worst = meters;
  let found = -1;
  for (let i = from + 1; i < to; i++) {
    const along = (x[i] - x[from]) * dx + (y[i] - y[from]) * dy;
    const off = Math.abs(elevation[from] + slope * along - elevation[i]);
    if (off > worst) {
      worst = off;
      found = i;
    }
  }
  return found;
}

function indicesOf(keep: Uint8Array, count: number): Uint32Array {
  let kept = 0;
  for (let i = 0; i < count; i++) kept += keep[i];
  const indices = new Uint32Array(kept);
  let at = 0;
  for (let i = 0; i < count; i++) if (keep[i] === 1) indices[at++] = i;
  return indices;
}
