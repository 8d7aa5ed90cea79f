import type {Sport} from '../../core/sports.ts';
import type {Format, Track} from '../activity.ts';
import {courseLine} from './course.ts';
import {deviceFor} from './device.ts';
import {localOffset} from './local-offset.ts';
import {network} from './network.ts';
import {type FileKind, type Outing, plan, type Special} from './plan.ts';
import {farHeight, stageLine} from './railtrail.ts';
import {type Random, random} from './random.ts';
import {type Recording, record} from './record.ts';
import {search} from './search.ts';
import {height} from './terrain.ts';
import {type Journey, travel} from './travel.ts';

/** One file of the sample library, before it is written. */
export type SampleActivity = {
  /** Path below the library's folder, with slashes. */
  file: string;
  format: Format;
  /** Whether the file is gzipped. */
  gzip: boolean;
  sport: Sport;
  name: string;
  special?: Special;
  /** File of the activity that is the same outing and stands for it. */
  duplicateOf?: string;
  /** First second, ms since 1970 UTC. */
  start: number;
  /** Minutes that the clock at the place is ahead of UTC. */
  offsetMinutes: number;
  /** From the first to the last second, pauses included. */
  seconds: number;
  /** Way covered, metres. */
  meters: number;
  /** Coordinates just as the file keeps them. Two tracks where the timer was stopped, none indoors. */
  tracks: Track[];
  /** Way covered until each point of each track, metres. */
  distances: Float64Array[];
  /** A long rest: the true place in degrees, and how long. */
  rest?: {lng: number; lat: number; seconds: number};
};

const restSeconds = 600;
const tunnelSeconds = 200;
const pauseSeconds = 900;

/** All activities of the sample library in memory, one per file: equal on every run and machine. */
export function sampleActivities(): SampleActivity[] {
  const ways = network();
  const find = search(ways);
  return plan.flatMap((outing, number) => {
    const next = random(1000 + number);
    const {course, sport, special} = outing;
    if (course.kind === 'indoor') return [indoor(outing)];
    const isFar = course.kind === 'stage';
    const line = isFar ? stageLine(course.stage) : courseLine(course, sport, outing.from, ways, find, next);
    const journey = travel(line, sport, isFar ? farHeight : height, special === 'stop' ? restSeconds : 0, next);
    const activity = outdoors(outing, journey, next);
    if (special === 'twin') return [activity, twin(outing, activity, journey, next)];
    if (special === 'copy') return [activity, {...activity, file: 'copies/ride (1).fit', duplicateOf: activity.file}];
    return [activity];
  });
}

function outdoors(outing: Outing, journey: Journey, next: Random): SampleActivity {
  const activity = described(outing, outing.as);
  const isFar = outing.course.kind === 'stage';
  const device = deviceFor(activity.format, outing.sport, isFar, outing.special === 'laps' ? 4 : 3);
  const start = activity.start + Math.floor(next() * 60) * 1000;
  const end = journey.x.length;
  const middle = Math.floor(end * 0.45);
  const part = (from: number, to: number, zero: number) => record(journey, from, to, zero, device, next);
  let parts = [part(0, end, start)];
  if (outing.special === 'tunnel') parts = [joined(part(0, middle, start), part(middle + tunnelSeconds, end, start))];
  if (outing.special === 'pause') parts = [part(0, middle, start), part(middle, end, start + pauseSeconds * 1000)];
  const made = withParts({...activity, start}, parts);
  const resting = journey.resting.indexOf(true);
  if (resting >= 0) {
    const lng = device.origin.lng + journey.x[resting] / device.metersPerLng;
    const lat = device.origin.lat + journey.y[resting] / device.metersPerLat;
    made.rest = {lng, lat, seconds: restSeconds};
  }
  return made;
}

/** The same journey by another device, switched on a little later and off a little earlier. */
function twin(outing: Outing, first: SampleActivity, journey: Journey, next: Random): SampleActivity {
  const activity = described(outing, 'gpx');
  const device = deviceFor('gpx', outing.sport, false, 3);
  const from = 15;
  const part = record(journey, from, journey.x.length - 20, first.start, device, next);
  return withParts({...activity, duplicateOf: first.file, start: first.start + from * 1000}, [part]);
}

function indoor(outing: Outing): SampleActivity {
  return {...described(outing, outing.as), seconds: 2400, meters: 6800};
}

/** What the plan says of an activity, still without points. */
function described(outing: Outing, as: FileKind): SampleActivity {
  const {start, sport, name, special} = outing;
  const offsetMinutes = outing.course.kind === 'stage' ? 13 * 60 : localOffset(start);
  return {
    file: `${start.slice(0, 4)}/${start.slice(0, 10)}-${sport}.${as}`,
    format: as.startsWith('fit') ? 'fit' : as.startsWith('gpx') ? 'gpx' : 'tcx',
    gzip: as.endsWith('.gz'),
    sport,
    name,
    ...(special && {special}),
    start: Date.parse(`${start.replace(' ', 'T')}:00Z`) - offsetMinutes * 60_000,
    offsetMinutes,
    seconds: 0,
    meters: 0,
    tracks: [],
    distances: [],
  };
}

function withParts(activity: SampleActivity, parts: Recording[]): SampleActivity {
  const {track, meters} = parts[parts.length - 1];
  return {
    ...activity,
    seconds: (track.time[track.time.length - 1] - activity.start) / 1000,
    meters: meters[meters.length - 1],
    tracks: parts.map((part) => part.track),
    distances: parts.map((part) => part.meters),
  };
}

/** Two recordings as one track, with a gap in time between them. */
function joined(a: Recording, b: Recording): Recording {
  const both = (first: Float64Array, second: Float64Array) => Float64Array.from([...first, ...second]);
  return {
    track: {
      lng: both(a.track.lng, b.track.lng),
      lat: both(a.track.lat, b.track.lat),
      time: both(a.track.time, b.track.time),
      elevation: both(a.track.elevation, b.track.elevation),
    },
    meters: both(a.meters, b.meters),
  };
}
