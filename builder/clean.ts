import {distance, groundMeters, projectX, projectY} from '../core/mercator.ts';
import {pointCount, type Track} from './activity.ts';

/** What cleaning does, each with its unit and reason. Distances are ground metres. */
export const cleanDefaults = {
  /** Faster than any vehicle on the ground: a point that is reached and left at this speed is a spike. m/s */
  spikeSpeed: 150,
  /** A detour must be this much longer than the direct way, m, so that noise between close points is no spike. */
  spikeMeters: 100,
  /** Farther apart than this, m, and than ten usual steps, two points are not one track. */
  gapMeters: 1000,
  gapSteps: 10,
  /** After this long without a point, s, and this far, m, the way between is unknown. */
  gapSeconds: 300,
  gapSecondsMeters: 150,
  /** Staying this long, s, within this radius, m, is a stop: its jitter is one place, not a way. */
  stopSeconds: 60,
  stopMeters: 15,
};

export type CleanOptions = typeof cleanDefaults;

/** Cleaned tracks and how many points each rule took out, so that nothing is lost silently. */
export type Cleaned = {
  tracks: Track[];
  removed: {nullIsland: number; spikes: number; stops: number; single: number};
};

/**
 * Tracks that a heat map can draw: without positions at exactly 0/0 and spikes, broken where the recording was broken and
 * at the antimeridian, with stops collapsed to their first and last point. Tracks of a single point are left out.
 */
export function clean(tracks: Track[], options: CleanOptions = cleanDefaults): Cleaned {
  const removed = {nullIsland: 0, spikes: 0, stops: 0, single: 0};
  const cleaned: Track[] = [];
  for (const track of tracks) {
    const there = keep(track, (i) => track.lng[i] !== 0 || track.lat[i] !== 0);
    removed.nullIsland += pointCount(track) - pointCount(there);
    const smooth = dropSpikes(there, options);
    removed.spikes += pointCount(there) - pointCount(smooth);
    for (const part of splitAtGaps(smooth, options)) {
      const moving = collapseStops(part, options);
      removed.stops += pointCount(part) - pointCount(moving);
      for (const piece of splitAtAntimeridian(moving)) {
        if (pointCount(piece) > 1) cleaned.push(piece);
        else removed.single += pointCount(piece);
      }
    }
  }
  return {tracks: cleaned, removed};
}

/** Takes out points that are reached and left impossibly fast (or, without times, by a long detour to nowhere). */
function dropSpikes(track: Track, {spikeSpeed, spikeMeters}: CleanOptions): Track {
  const {lng, lat, time} = track;
  const count = pointCount(track);
  const spike = new Uint8Array(count);
  let found = false;
  for (let last = 0, i = 1; i < count; i++) {
    const into = near(track, last, i);
    if (into < spikeMeters) {
      last = i;
      continue;
    }
    const seconds = (time[i] - time[last]) / 1000;
    // Without times only a jump of kilometres there and back can be told from a way.
    const fastIn = seconds > 0 ? into / seconds > spikeSpeed : into > 50 * spikeMeters;
    if (fastIn && i + 1 < count) {
      const out = distance(lng[i], lat[i], lng[i + 1], lat[i + 1]);
      const secondsOut = (time[i + 1] - time[i]) / 1000;
      const fastOut = secondsOut > 0 ? out / secondsOut > spikeSpeed : out > 50 * spikeMeters;
      if (fastOut && near(track, last, i + 1) < (into + out) / 4) {
        spike[i] = 1;
        found = true;
        continue;
      }
    }
    last = i;
  }
  return found ? keep(track, (i) => spike[i] === 0) : track;
}

function splitAtGaps(track: Track, options: CleanOptions): Track[] {
  const {time} = track;
  const count = pointCount(track);
  const parts: Track[] = [];
  let start = 0;
  let limit = 0;
  for (let i = 1; i < count; i++) {
    const meters = near(track, i - 1, i);
    const late = time[i] - time[i - 1] > options.gapSeconds * 1000 && meters > options.gapSecondsMeters;
    if (!late) {
      if (meters <= options.gapMeters) continue;
      limit ||= options.gapSteps * medianStep(track);
      if (meters <= limit) continue;
    }
    parts.push(slice(track, start, i));
    start = i;
  }
  parts.push(start === 0 ? track : slice(track, start, count));
  return parts;
}

/** Median distance in metres between neighbouring points, from at most 1,000 of them. */
function medianStep(track: Track): number {
  const count = pointCount(track);
  const stride = Math.max(1, Math.floor(count / 1000));
  const steps: number[] = [];
  for (let i = 1; i < count; i += stride) steps.push(near(track, i - 1, i));
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0;
}

/**
 * Leaves of each stop its first and last point. A stop is a run of points around their common centre that lasts, and ends
 * about where it began: somebody climbing slowly through the same circle comes out on its other side.
 */
function collapseStops(track: Track, {stopSeconds, stopMeters}: CleanOptions): Track {
  const {time} = track;
  const count = pointCount(track);
  const duration = time[count - 1] - time[0];
  if (!(duration >= stopSeconds * 1000)) return track;
  const meters = groundMeters(track.lat[0]);
  const x0 = projectX(track.lng[0]);
  const y0 = projectY(track.lat[0]);
  const x = (i: number) => (projectX(track.lng[i]) - x0) * meters;
  const y = (i: number) => (projectY(track.lat[i]) - y0) * meters;
  const gone = new Uint8Array(count);
  let found = false;
  for (let i = 0, ahead = 0; i < count - 2; i++) {
    while (ahead < count && time[ahead] - time[i] < stopSeconds * 1000) ahead++;
    if (ahead >= count) break;
    // Whoever is elsewhere a minute later has not stopped: the cheap test that decides nearly always.
    if (near(track, i, ahead) > 2 * stopMeters) continue;
    let sumX = x(i);
    let sumY = y(i);
    let members = 1;
    let end = i;
    let calm = i;
    for (let j = i + 1; j < count; j++) {
      const px = x(j);
      const py = y(j);
      const away = Math.hypot(px - sumX / members, py - sumY / members);
      if (away > stopMeters) break;
      sumX += px;
      sumY += py;
      members++;
      end = j;
      if (away <= stopMeters / 2) calm = j;
    }
    // The last steps inside the circle already belong to the departure.
    end = Math.max(calm, i);
    if (end - i < 2 || time[end] - time[i] < stopSeconds * 1000) continue;
    if (Math.hypot(x(end) - x(i), y(end) - y(i)) > stopMeters) continue;
    gone.fill(1, i + 1, end);
    found = true;
    i = end - 1;
  }
  return found ? keep(track, (i) => gone[i] === 0) : track;
}

/** Breaks a track where it crosses ±180°, with an interpolated point on both sides, so that no line spans the world. */
function splitAtAntimeridian(track: Track): Track[] {
  const {lng, lat, time, elevation} = track;
  const count = pointCount(track);
  let start = 0;
  const parts: Track[] = [];
  let entry: [lng: number, lat: number, time: number, elevation: number] | undefined;
  for (let i = 1; i <= count; i++) {
    if (i < count && Math.abs(lng[i] - lng[i - 1]) <= 180) continue;
    const part = slice(track, start, i);
    const before = entry ? [entry] : [];
    entry = undefined;
    const after: (typeof before)[number][] = [];
    if (i < count) {
      const side = lng[i - 1] > 0 ? 180 : -180;
      const width = 360 - Math.abs(lng[i] - lng[i - 1]);
      const share = width > 0 ? Math.abs(side - lng[i - 1]) / width : 0.5;
      const mix = (values: Float64Array) => values[i - 1] + (values[i] - values[i - 1]) * share;
      after.push([side, mix(lat), mix(time), mix(elevation)]);
      entry = [-side, mix(lat), mix(time), mix(elevation)];
    }
    parts.push(before.length + after.length ? extended(part, before, after) : part);
    start = i;
  }
  return parts;
}

/** Metres between two points of a track that are close to each other: equirectangular, exact enough within kilometres. */
function near({lng, lat}: Track, a: number, b: number): number {
  const dLat = lat[b] - lat[a];
  let dLng = Math.abs(lng[b] - lng[a]);
  if (dLng > 180) dLng = 360 - dLng;
  if (dLng > 1 || Math.abs(dLat) > 1) return distance(lng[a], lat[a], lng[b], lat[b]);
  dLng *= Math.cos((lat[a] * Math.PI) / 180);
  return Math.sqrt(dLat * dLat + dLng * dLng) * 111_195;
}

function keep(track: Track, wanted: (i: number) => boolean): Track {
  const count = pointCount(track);
  const kept = new Uint32Array(count);
  let n = 0;
  for (let i = 0; i < count; i++) if (wanted(i)) kept[n++] = i;
  if (n === count) return track;
  const pick = (values: Float64Array) => {
    const picked = new Float64Array(n);
    for (let i = 0; i < n; i++) picked[i] = values[kept[i]];
    return picked;
  };
  return {lng: pick(track.lng), lat: pick(track.lat), time: pick(track.time), elevation: pick(track.elevation)};
}

function slice(track: Track, start: number, end: number): Track {
  return {
    lng: track.lng.subarray(start, end),
    lat: track.lat.subarray(start, end),
    time: track.time.subarray(start, end),
    elevation: track.elevation.subarray(start, end),
  };
}

function extended(track: Track, before: number[][], after: number[][]): Track {
  const column = (values: Float64Array, c: number) =>
    Float64Array.from([...before.map((point) => point[c]), ...values, ...after.map((point) => point[c])]);
  return {
    lng: column(track.lng, 0),
    lat: column(track.lat, 1),
    time: column(track.time, 2),
    elevation: column(track.elevation, 3),
  };
}
