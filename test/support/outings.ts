import type {Track} from '../../builder/activity.ts';
import {clean} from '../../builder/clean.ts';
import type {Recording} from '../../builder/dedupe.ts';
import {describe} from '../../builder/describe.ts';
import {signature} from '../../builder/signature.ts';
import {simplify} from '../../builder/simplify.ts';
import {along, home, morning, noisy, recorded, track} from './tracks.ts';

type Random = () => number;

/** Where somebody was at each second, in metres east and north of {@link home}: what devices then record. */
export type Outing = {start: number; places: [number, number][]};

/** Corners of a way of streets: about so many metres of blocks, turning now and then. */
export function streets(random: Random, meters: number): [number, number][] {
  const corners: [number, number][] = [[random() * 2000, random() * 2000]];
  let heading = Math.floor(random() * 4);
  for (let gone = 0; gone < meters; ) {
    const block = 150 + random() * 400;
    const [x, y] = corners[corners.length - 1];
    corners.push([x + [1, 0, -1, 0][heading] * block, y + [0, 1, 0, -1][heading] * block]);
    heading = (heading + (random() < 0.6 ? 0 : random() < 0.5 ? 1 : 3)) % 4;
    gone += block;
  }
  return corners;
}

/** Goes along corners at about a speed, m/s, no block as fast as the one before, with a stop at some corners. */
export function go(random: Random, corners: [number, number][], speed: number, start = morning): Outing {
  const places: [number, number][] = [corners[0]];
  for (let i = 1; i < corners.length; i++) {
    places.push(...along([corners[i - 1], corners[i]], speed * (0.8 + 0.4 * random())).slice(1));
    if (random() < 0.2) places.push(...Array<[number, number]>(Math.floor(15 + random() * 60)).fill(corners[i]));
  }
  return {start, places};
}

/** What a device records of an outing, or a part of it: a point every so many seconds, with noise of its own. */
export function record(
  random: Random,
  {start, places}: Outing,
  {noise = 4, every = 1, from = 0, to = 1}: {noise?: number; every?: number; from?: number; to?: number} = {},
): Track {
  const measured = noisy(places, noise, random);
  const points: [number, number][] = [];
  const times: number[] = [];
  for (let i = Math.floor(from * places.length); i < to * places.length; i += every) {
    points.push(measured[i]);
    times.push(start + i * 1000);
  }
  return track(points, {at: home, times});
}

/** A copy of a track as a web site or a converter makes it: rounded, every so many points, its clock off by minutes. */
export function copied(
  {lng, lat, time, elevation}: Track,
  {
    decimals = 5,
    every = 1,
    minutes = 0,
    timed = true,
  }: {decimals?: number; every?: number; minutes?: number; timed?: boolean},
): Track {
  const pick = (values: Float64Array) => values.filter((_, i) => i % every === 0 || i === values.length - 1);
  const round = (value: number) => Math.round(value * 10 ** decimals) / 10 ** decimals;
  return {
    lng: pick(lng).map(round),
    lat: pick(lat).map(round),
    time: pick(time).map((t) => (timed ? t + minutes * 60_000 : Number.NaN)),
    elevation: pick(elevation),
  };
}

/** A track backwards in place, not in time. */
export function reversed({lng, lat, time, elevation}: Track): Track {
  return {lng: lng.slice().reverse(), lat: lat.slice().reverse(), time, elevation};
}

/** Tracks cleaned, described and simplified as an import does it, as comparing wants them. */
export function recordingOf(hash: string, tracks: Track[]): Recording {
  const {tracks: cleaned} = clean(tracks, 'ride');
  const facts = describe(cleaned, recorded(tracks));
  const sample = signature(cleaned);
  const stored = cleaned.map((each) => {
    const kept = simplify(each);
    const pick = (values: Float64Array) => Float64Array.from(kept, (i) => values[i]);
    return {lng: pick(each.lng), lat: pick(each.lat), time: pick(each.time), elevation: pick(each.elevation)};
  });
  return {
    ...facts,
    hash,
    samples: sample?.at.length ?? 0,
    firstSample: sample?.at[0] ?? Number.NaN,
    lastSample: sample?.at[sample.at.length - 1] ?? Number.NaN,
    signature() {
      if (!sample) throw new Error('there are no samples');
      return sample;
    },
    tracks: () => stored,
  };
}
