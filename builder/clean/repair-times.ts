import type {Track} from '../activity.ts';
import {isPlausibleTime} from '../describe.ts';
import {extended, slice} from './points.ts';

/** When a time is a fault of the clock. */
export type ClockOptions = {clockJumpSeconds: number; strayPoints: number; strayShare: number};

/**
 * Tracks whose times never step back, with every point that they had. A time is a fault where it is impossible though most are
 * not, where it steps back, or where a few points at an end are days away. Such a time is taken from the neighbours' instead; a long
 * stretch with a clock of its own becomes a track of its own and keeps it. `wrong` counts the times that were taken away.
 */
export function repairTimes(tracks: Track[], options: ClockOptions): {tracks: Track[]; wrong: number} {
  let possible = 0;
  let impossible = 0;
  for (const {time} of tracks) {
    for (let i = 0; i < time.length; i++) {
      if (isPlausibleTime(time[i])) possible++;
      else if (!Number.isNaN(time[i])) impossible++;
    }
  }
  // A clock that was never set counts from 1970: its dates are wrong, but it still tells how long things took.
  const isWrong = possible >= impossible ? (t: number) => !isPlausibleTime(t) : () => false;
  const mayBeWrong = impossible > 0 && possible >= impossible;
  const repaired: Track[] = [];
  let wrong = 0;
  for (const track of tracks) {
    if (isOrderly(track.time, mayBeWrong ? isWrong : undefined, options)) repaired.push(track);
    else {
      const clocks = clocksOf(track.time, isWrong, options);
      const {time, wrong: faults} = interpolate(track, clocks);
      wrong += faults;
      repaired.push(...splitAtClocks({...track, time}, clocks));
    }
  }
  return {tracks: repaired, wrong};
}

/** Whether times rise, with no faults among them, as those of nearly all tracks do. */
function isOrderly(
  time: Float64Array,
  isWrong: ((t: number) => boolean) | undefined,
  {clockJumpSeconds}: ClockOptions,
): boolean {
  const jump = clockJumpSeconds * 1000;
  let last = Number.NaN;
  for (let i = 0; i < time.length; i++) {
    const t = time[i];
    if (Number.isNaN(t)) continue;
    if (t < last || t - last > jump || isWrong?.(t)) return false;
    last = t;
  }
  return true;
}

/** What a point's time is worth: nothing was given, it is a fault, or by which clock it is. */
const none = 0;
const fault = 1;
const mainClock = 2;

/** For each point {@link none}, {@link fault}, or the number of its clock: one number for the whole of an unbroken run. */
function clocksOf(time: Float64Array, isWrong: (t: number) => boolean, options: ClockOptions): Uint32Array {
  const clocks = new Uint32Array(time.length);
  const timed: number[] = [];
  for (let i = 0; i < time.length; i++) {
    if (Number.isNaN(time[i])) continue;
    clocks[i] = fault;
    if (!isWrong(time[i])) timed.push(i);
  }
  const main = longestRise(timed, time);
  for (const i of main) clocks[i] = mainClock;
  faultStrays(main, time, clocks, options);
  // What lies off the main clock was recorded by another one if it goes on for long, else it is a fault.
  let next = mainClock + 1;
  for (let k = 0; k < timed.length; k++) {
    if (clocks[timed[k]] !== fault) continue;
    let end = k + 1;
    while (end < timed.length && clocks[timed[end]] === fault && time[timed[end]] >= time[timed[end - 1]]) end++;
    if (end - k >= options.strayPoints) {
      for (let j = k; j < end; j++) clocks[timed[j]] = next;
      next++;
    }
    k = end - 1;
  }
  return clocks;
}

/** The longest run of points, not necessarily neighbours, whose times never step back (patience sorting). */
function longestRise(timed: number[], time: Float64Array): number[] {
  const tails: number[] = [];
  const before = new Int32Array(timed.length).fill(-1);
  for (let k = 0; k < timed.length; k++) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (time[timed[tails[middle]]] <= time[timed[k]]) low = middle + 1;
      else high = middle;
    }
    if (low > 0) before[k] = tails[low - 1];
    tails[low] = k;
  }
  const rise: number[] = [];
  for (let k = tails.at(-1) ?? -1; k >= 0; k = before[k]) rise.push(timed[k]);
  return rise.reverse();
}

/** Marks a few points that are days away from nearly all others: a clock that jumped ahead and never came back. */
function faultStrays(main: number[], time: Float64Array, clocks: Uint32Array, options: ClockOptions): void {
  const {clockJumpSeconds, strayPoints, strayShare} = options;
  const starts = [0];
  for (let k = 1; k < main.length; k++) {
    if (time[main[k]] - time[main[k - 1]] > clockJumpSeconds * 1000) starts.push(k);
  }
  const sizes = starts.map((start, s) => (starts[s + 1] ?? main.length) - start);
  if (Math.max(...sizes) < main.length * (1 - strayShare)) return;
  starts.forEach((start, s) => {
    if (sizes[s] >= strayPoints || sizes[s] > main.length * strayShare) return;
    for (let k = start; k < start + sizes[s]; k++) clocks[main[k]] = fault;
  });
}

/**
 * The times of a track with faults replaced by what their neighbours of one clock say, or by none; `clocks` has no fault any
 * more then. Counts the faults.
 */
function interpolate(track: Track, clocks: Uint32Array): {time: Float64Array; wrong: number} {
  const time = track.time.slice();
  let wrong = 0;
  let left = -1;
  for (let i = 0; i < time.length; i++) {
    if (clocks[i] !== fault) {
      if (clocks[i] !== none) left = i;
      continue;
    }
    let right = i + 1;
    while (right < time.length && clocks[right] <= fault) right++;
    const between = left >= 0 && right < time.length && clocks[left] === clocks[right];
    for (let j = i; j < right; j++) {
      if (clocks[j] !== fault) continue;
      wrong++;
      clocks[j] = between ? clocks[left] : none;
      const share = (j - left) / (right - left);
      time[j] = between ? time[left] + (time[right] - time[left]) * share : Number.NaN;
    }
    i = right - 1;
  }
  return {time, wrong};
}

/** Breaks a track where its clock changes; each part begins with the last point of the one before, so that no way is lost. */
function splitAtClocks(track: Track, clocks: Uint32Array): Track[] {
  const parts: Track[] = [];
  let start = 0;
  let clock = none;
  for (let i = 0; i <= clocks.length; i++) {
    const ends = i === clocks.length;
    if (!ends && (clocks[i] === none || clocks[i] === clock || clock === none)) {
      if (clocks[i] !== none) clock = clocks[i];
      continue;
    }
    const part = slice(track, start, i);
    const {lng, lat, elevation} = track;
    const joint = {lng: lng[start - 1], lat: lat[start - 1], time: Number.NaN, elevation: elevation[start - 1]};
    parts.push(start > 0 ? extended(part, [joint], []) : part);
    start = i;
    if (!ends) clock = clocks[i];
  }
  return parts;
}
