import type {Track} from './activity.ts';
import {medianStep, near} from './clean/points.ts';
import {isPlausibleTime} from './describe.ts';
import {decodeNumbers, encodeNumbers} from './numbers.ts';

/**
 * Where an activity was at full 30 s of UTC, by which recordings of one outing know each other: `at` holds the numbers of these
 * 30 s since 1970, rising, `lng` and `lat` the positions in 10⁻⁵ degrees. Where nothing was recorded there is no sample.
 */
export type Signature = {at: Int32Array; lng: Int32Array; lat: Int32Array};

/** Seconds between the samples of a signature. */
export const signatureSeconds = 30;

/** How long nothing may be recorded for a position between to be known still. */
const signatureMeasures = {
  /** A gap up to this long, s; of a tracker that reports every few minutes this many of its usual steps, and … */
  gapSeconds: 120,
  gapSteps: 3,
  /** … up to this, s: between two points a day apart one was anywhere. */
  longestGapSeconds: 3600,
  /** A pause up to this long, s, that ends within so many metres of where it began: somebody waited there. */
  stopSeconds: 3600,
  stopMeters: 100,
};

/** The signature of an activity's cleaned tracks; undefined where they were nowhere at a full 30 s by any possible clock. */
export function signature(tracks: Track[]): Signature | undefined {
  const at: number[] = [];
  const lng: number[] = [];
  const lat: number[] = [];
  const step = signatureSeconds * 1000;
  let before: Track | undefined;
  const sample = (from: Track, i: number, to: Track, j: number) => {
    const start = from.time[i];
    const duration = to.time[j] - start;
    for (let k = Math.ceil(start / step); k * step < to.time[j]; k++) {
      const share = (k * step - start) / duration;
      at.push(k);
      lng.push(Math.round((from.lng[i] + (to.lng[j] - from.lng[i]) * share) * 1e5));
      lat.push(Math.round((from.lat[i] + (to.lat[j] - from.lat[i]) * share) * 1e5));
    }
  };
  for (const track of tracks) {
    const {time} = track;
    // Between two tracks one was only known to be where the one ended if the other begins there.
    if (before && waits(endToStart(before, track), 0, 1)) sample(before, before.time.length - 1, track, 0);
    let gap = signatureMeasures.gapSeconds * 1000;
    for (let i = 1; i < time.length; i++) {
      const t0 = time[i - 1];
      const t1 = time[i];
      // Nearly all steps lie between two full 30 s.
      if (!(t1 > t0) || Math.floor((t1 - 1) / step) === Math.floor((t0 - 1) / step)) continue;
      if (!isPlausibleTime(t0) || !isPlausibleTime(t1)) continue;
      if (t1 - t0 > gap) {
        const usual = signatureMeasures.gapSteps * medianStep(track, (a, b) => time[b] - time[a] || 0);
        gap = Math.max(gap, Math.min(usual, signatureMeasures.longestGapSeconds * 1000));
        if (t1 - t0 > gap && !waits(track, i - 1, i)) continue;
      }
      sample(track, i - 1, track, i);
    }
    if (time.length > 0) before = track;
  }
  return at.length === 0 ? undefined : inOrder(at, lng, lat);
}

/** Whether somebody was at a place for a while and not off and back: as far as that can be told from two points. */
function waits(track: Track, i: number, j: number): boolean {
  const {stopSeconds, stopMeters} = signatureMeasures;
  const {time} = track;
  if (!isPlausibleTime(time[i]) || !isPlausibleTime(time[j])) return false;
  return time[j] > time[i] && time[j] - time[i] <= stopSeconds * 1000 && near(track, i, j) <= stopMeters;
}

/** The last point of a track and the first of the next, as a track. */
function endToStart(a: Track, b: Track): Track {
  const pair = (x: Float64Array, y: Float64Array) => Float64Array.of(x[x.length - 1], y[0]);
  return {
    lng: pair(a.lng, b.lng),
    lat: pair(a.lat, b.lat),
    time: pair(a.time, b.time),
    elevation: pair(a.elevation, b.elevation),
  };
}

/** Samples in rising order, each time once: tracks may come in any order, and two devices may share a file. */
function inOrder(at: number[], lng: number[], lat: number[]): Signature {
  let order = at.map((_, i) => i);
  if (at.some((k, i) => i > 0 && k <= at[i - 1])) {
    order.sort((i, j) => at[i] - at[j] || i - j);
    order = order.filter((i, n) => n === 0 || at[i] !== at[order[n - 1]]);
  }
  return {
    at: Int32Array.from(order, (i) => at[i]),
    lng: Int32Array.from(order, (i) => lng[i]),
    lat: Int32Array.from(order, (i) => lat[i]),
  };
}

/**
 * A signature as bytes for library.db, as varints: the number of unbroken runs, for each its distance in samples from the end of the
 * one before and its length; then for each sample its differences of lng and lat to the one before, zigzag.
 */
export function encodeSignature({at, lng, lat}: Signature): Uint8Array<ArrayBuffer> {
  const runs: number[] = [];
  const differences: number[] = [];
  for (let i = 0; i < at.length; i++) {
    if (i > 0 && at[i] === at[i - 1] + 1) runs[runs.length - 1]++;
    else runs.push(at[i] - (i === 0 ? 0 : at[i - 1]), 1);
    differences.push(zigzag(lng[i] - (i === 0 ? 0 : lng[i - 1])), zigzag(lat[i] - (i === 0 ? 0 : lat[i - 1])));
  }
  return encodeNumbers([runs.length / 2, ...runs, ...differences]);
}

/** Reads what {@link encodeSignature} wrote. */
export function decodeSignature(bytes: Uint8Array): Signature {
  const numbers = decodeNumbers(bytes);
  const first = 1 + numbers[0] * 2;
  const count = (numbers.length - first) / 2;
  const found = {at: new Int32Array(count), lng: new Int32Array(count), lat: new Int32Array(count)};
  let k = 0;
  for (let run = 1, i = 0; run < first; run += 2) {
    k += numbers[run];
    for (let n = 0; n < numbers[run + 1]; n++) found.at[i++] = k++;
    k--;
  }
  for (let i = 0, lng = 0, lat = 0; i < count; i++) {
    lng += unzigzag(numbers[first + i * 2]);
    lat += unzigzag(numbers[first + i * 2 + 1]);
    found.lng[i] = lng;
    found.lat[i] = lat;
  }
  return found;
}

function zigzag(value: number): number {
  return value >= 0 ? value * 2 : -value * 2 - 1;
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
