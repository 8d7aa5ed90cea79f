import {degreesEast, distance, metersPerDegree} from '../../core/mercator.ts';
import {pointCount, type Track} from '../activity.ts';

/** Metres between two points of a track that are close to each other: equirectangular, exact enough within kilometres. */
export function near({lng, lat}: Track, a: number, b: number): number {
  const dLat = lat[b] - lat[a];
  const dLng = degreesEast(lng[a], lng[b]);
  if (Math.abs(dLng) > 1 || Math.abs(dLat) > 1) return distance(lng[a], lat[a], lng[b], lat[b]);
  const east = dLng * Math.cos((lat[a] * Math.PI) / 180);
  return Math.sqrt(dLat * dLat + east * east) * metersPerDegree;
}

/** Median of a measure of the steps of a track, from at most 1,000 of them; 0 where there are none. */
export function medianStep(track: Track, measure: (a: number, b: number) => number): number {
  const count = pointCount(track);
  const stride = Math.max(1, Math.floor(count / 1000));
  const steps: number[] = [];
  for (let i = 1; i < count; i += stride) steps.push(measure(i - 1, i));
  return steps.sort((a, b) => a - b)[(steps.length - 1) >> 1] ?? 0;
}

/** The points of a track that are wanted; the track itself where all are. */
export function keep(track: Track, wanted: (i: number) => boolean): Track {
  const count = pointCount(track);
  const stretches: [start: number, end: number][] = [];
  let kept = 0;
  for (let i = 0; i < count; i++) {
    if (!wanted(i)) continue;
    const start = i;
    while (i < count && wanted(i)) i++;
    stretches.push([start, i]);
    kept += i - start;
  }
  if (kept === count) return track;
  const pick = (values: Float64Array) => {
    const picked = new Float64Array(kept);
    let at = 0;
    for (const [start, end] of stretches) {
      picked.set(values.subarray(start, end), at);
      at += end - start;
    }
    return picked;
  };
  return {lng: pick(track.lng), lat: pick(track.lat), time: pick(track.time), elevation: pick(track.elevation)};
}

/** The points `start` to `end` (exclusive) of a track, sharing its memory. */
export function slice(track: Track, start: number, end: number): Track {
  return {
    lng: track.lng.subarray(start, end),
    lat: track.lat.subarray(start, end),
    time: track.time.subarray(start, end),
    elevation: track.elevation.subarray(start, end),
  };
}

/** A point that is put before or after those of a track. */
export type Point = {lng: number; lat: number; time: number; elevation: number};

/** A track with points put before and after its own. */
export function extended(track: Track, before: Point[], after: Point[]): Track {
  const column = (key: keyof Point) =>
    Float64Array.from([...before.map((point) => point[key]), ...track[key], ...after.map((point) => point[key])]);
  return {lng: column('lng'), lat: column('lat'), time: column('time'), elevation: column('elevation')};
}
