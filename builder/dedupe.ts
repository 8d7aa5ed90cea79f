import {metersPerDegree} from '../core/mercator.ts';
import type {Track} from './activity.ts';
import {otherClock, otherClockMeasures} from './dedupe/other-clock.ts';
import {sameShape} from './dedupe/same-shape.ts';
import {sameTime, sameTimeMeasures} from './dedupe/same-time.ts';
import type {Signature} from './signature.ts';

/** A recording as comparing wants it. Signature and tracks are asked for only where they can decide. */
export type Recording = {
  /** Hash of its points: recordings with equal points are one here. */
  hash: string;
  /** ms since 1970 UTC and s; NaN where no point has a possible time. */
  start: number;
  duration: number;
  /** Number of samples of the signature, the first and the last one's number; 0 where there is no signature. */
  samples: number;
  firstSample: number;
  lastSample: number;
  /** Degrees. */
  west: number;
  south: number;
  east: number;
  north: number;
  signature(): Signature;
  /** Stored tracks. */
  tracks(): Track[];
};

/**
 * Why two recordings are of one outing: at the same places at the same time; the same by a clock that is wrong by a time zone;
 * the same line where one has no times. `share` of the samples that agree, measured by the time; by a wrong clock it is the least
 * that must agree, by shape 1. `minutes` that the candidate's clock is ahead of the newcomer's; 0 but by a wrong clock.
 */
export type Twin = {hash: string; by: 'time' | 'clock' | 'shape'; share: number; minutes: number};

/** When boxes and lengths already tell that recordings differ. */
const dedupeMeasures = {
  /** Edges of the bounding boxes of a copy without times differ by at most so many ground metres: thinning takes corners. */
  boxMeters: 60,
};

/**
 * All of the candidates that are recordings of the same outing as the newcomer, each with the reason. Whether two are is decided by
 * the two alone, whichever comes first.
 */
export function dedupe(newcomer: Recording, candidates: Iterable<Recording>): Twin[] {
  const twins: Twin[] = [];
  for (const candidate of candidates) {
    const twin = compare(newcomer, candidate);
    if (twin) twins.push({hash: candidate.hash, ...twin});
  }
  return twins;
}

function compare(a: Recording, b: Recording): Omit<Twin, 'hash'> | undefined {
  if (Number.isNaN(a.duration) || Number.isNaN(b.duration)) {
    if (!sameBox(a, b) || !sameShape(a.tracks(), b.tracks())) return undefined;
    return {by: 'shape', share: 1, minutes: 0};
  }
  if (a.samples === 0 || b.samples === 0 || !touch(a, b)) return undefined;
  const together = Math.min(a.lastSample, b.lastSample) - Math.max(a.firstSample, b.firstSample) + 1;
  if (together >= sameTimeMeasures.share * Math.min(a.samples, b.samples)) {
    const share = sameTime(a.signature(), b.signature());
    if (share !== undefined) return {by: 'time', share, minutes: 0};
  }
  const minutes = otherClock(a, b);
  return minutes === undefined ? undefined : {by: 'clock', share: otherClockMeasures.share, minutes};
}

/** Whether two boxes are one, to what thinning and rounding do. */
function sameBox(a: Recording, b: Recording): boolean {
  const [lng, lat] = degrees(a);
  return (
    Math.abs(a.west - b.west) <= lng &&
    Math.abs(a.east - b.east) <= lng &&
    Math.abs(a.south - b.south) <= lat &&
    Math.abs(a.north - b.north) <= lat
  );
}

/** Whether two boxes have a place in common. */
function touch(a: Recording, b: Recording): boolean {
  const [lng, lat] = degrees(a);
  return a.west <= b.east + lng && b.west <= a.east + lng && a.south <= b.north + lat && b.south <= a.north + lat;
}

/** {@link dedupeMeasures}.boxMeters in degrees of longitude and latitude, at a recording. */
export function degrees({south, north}: Pick<Recording, 'south' | 'north'>): [lng: number, lat: number] {
  const lat = dedupeMeasures.boxMeters / metersPerDegree;
  const cos = Math.cos((Math.min(89, Math.max(Math.abs(south), Math.abs(north))) * Math.PI) / 180);
  return [lat / cos, lat];
}
