import {metersPerDegree} from '../../core/mercator.ts';
import type {Reading, RecordedActivity, Track} from '../activity.ts';
import {fitCrc} from './fit-crc.ts';
import {type FitFile, type FitSession, isFitHeader, readFitFile} from './fit-file.ts';
import {fitDevice} from './fit-makers.ts';
import {nothing} from './nothing.ts';
import {newPoints, type Points, pointsFor, trackOf} from './points.ts';
import {isVirtualDevice, sportOfFit} from './sport.ts';

/** Seconds from 1970 to the start of FIT's time, 1989-12-31T00:00:00Z. */
const epochSeconds = 631_065_600;
/** Times below this are seconds since power-on, not a date. */
const firstDate = 0x10000000;

/** A timer that stood still this long is a pause… */
const pauseSeconds = 60;
/** …and so is a shorter stop, s, behind which the track goes on this far away, m. Traffic lights are neither. */
const shortPauseSeconds = 10;
const shortPauseMeters = 100;

const fileTypes: Record<number, string> = {
  1: 'device',
  2: 'settings',
  3: 'sport settings',
  4: 'activity',
  5: 'workout',
  6: 'course',
  7: 'schedule',
  8: 'locations',
  9: 'weight',
  10: 'totals',
  11: 'goals',
  14: 'blood pressure',
  15: 'monitoring',
  20: 'activity summary',
  28: 'daily monitoring',
  32: 'monitoring',
  34: 'segment',
  35: 'segment list',
};
/** A chain of thousands of damaged parts says no more than its first ones. */
const mostWarnings = 20;

const activityType = 4;
const courseType = 6;

/** Whether bytes are a FIT file: by the signature, or, where the header is damaged, by the file_id message behind it. */
export function isFit(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  return isFitHeader(view, 0) || beginsWithFileId(view, 12) || beginsWithFileId(view, 14);
}

/** The points of the file at hand. */
const sharedPoints = newPoints();

/**
 * Activities and courses of a FIT file (https://developer.garmin.com/fit/protocol/), of several in a chain, or of what is left of
 * them. A file with several sessions (multisport) is one activity per session. Counted are the records with a position.
 */
export function readFit(bytes: Uint8Array): Reading {
  const view = viewOf(bytes);
  const activities: RecordedActivity[] = [];
  const warnings: string[] = [];
  let count = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const points = pointsFor(bytes.length, sharedPoints);
  let damaged = false;
  let type = Number.NaN;
  let records = 0;

  for (let at = 0, part = 1; at >= 0; part++) {
    const warn = (warning: string) => {
      damaged = true;
      if (warnings.length < mostWarnings) warnings.push(part > 1 ? `part ${part}: ${warning}` : warning);
    };
    const file = readPart(view, bytes, at, points, warn);
    if (part === 1) ({type, records} = file);
    for (const activity of activitiesOf(file)) activities.push(activity);
    if (file.outOfRange > 0) warn(`${file.outOfRange} points left out: found latitudes beyond ±90, expected none`);
    count += points.count;
    for (let i = 0; i < points.count; i++) {
      const time = points.time[i];
      if (!(time >= firstDate)) continue;
      if (time < low) low = time;
      if (time > high) high = time;
    }
    at = nextPart(view, bytes, file, warn);
  }

  if (activities.length === 0) {
    const other = fileTypes[type] !== undefined && type !== activityType;
    const outcome = damaged && !other ? 'failed' : 'not-activity';
    return nothing(outcome, `found ${describe(type, records)}, expected an activity or a course`, 'fit', warnings);
  }
  return {format: 'fit', activities, points: count, first: dateOf(low), last: dateOf(high), warnings};
}

/** Reads the FIT file whose header is at `at`; `end` of the result is behind its checksum. */
function readPart(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  points: Points,
  warn: (warning: string) => void,
): FitFile {
  const {length} = bytes;
  const size = headerSize(view, at);
  const start = Math.min(at + size, length);
  const dataSize = length - at >= 8 ? view.getUint32(at + 4, true) : 0;
  const to = start + dataSize;
  const signed = isFitHeader(view, at);
  if (!signed) warn('found a damaged header, expected the letters .FIT in it');

  // A device that lost its power leaves a size of 0, or one of what it meant to write.
  if (!signed || dataSize === 0 || to > length) {
    warn(`the header says ${dataSize} bytes of data, the file has ${Math.max(0, length - start)}`);
    const file = readFitFile(bytes, start, length, true, points);
    // The last two bytes may be the checksum: they are no message.
    if (file.problem !== undefined && length - file.end > 2) warn(file.problem);
    return file;
  }

  const file = readFitFile(bytes, start, to, false, points);
  if (file.problem !== undefined) warn(file.problem);
  file.end = to;
  if (to + 2 > length) {
    warn('found no checksum, expected two bytes behind the data');
    return file;
  }
  const crc = fitCrc(bytes, at, to);
  const written = view.getUint16(to, true);
  file.end = to + 2;
  if (crc === written) return file;
  // Some devices write 0 for "not computed".
  if (written !== 0) warn(`found checksum ${written}, expected ${crc}`);
  // The size may be that of an earlier moment. Asked once a file only: each answer may cost a reading to its end.
  if (at > 0 || file.problem !== undefined || length <= to + 2 || isFitHeader(view, to + 2)) return file;
  const longer = readFitFile(bytes, start, length, true, points);
  if (longer.records > file.records) {
    warn(`the header says ${dataSize} bytes of data, messages go on for ${longer.end - start}`);
    return longer;
  }
  return {...readFitFile(bytes, start, to, false, points), end: to + 2};
}

/** Where the next FIT file of the chain begins, negative where there is none. */
function nextPart(view: DataView, bytes: Uint8Array, {end, problem}: FitFile, warn: (warning: string) => void): number {
  // Behind a file of unknown size its checksum may stand.
  for (const skip of [0, 2]) if (isFitHeader(view, end + skip)) return end + skip;
  const rest = bytes.subarray(end);
  const signature = Buffer.from(rest.buffer, rest.byteOffset, rest.byteLength).indexOf('.FIT', 9, 'latin1');
  if (signature >= 0) {
    warn(`found ${signature - 8} bytes of something else behind the data, expected a FIT header`);
    return end + signature - 8;
  }
  if (problem === undefined && rest.length > 2 && rest.some((byte) => byte !== 0 && byte !== 0xff)) {
    warn(`found ${rest.length} bytes behind the data, expected the end of the file`);
  }
  return -1;
}

/** Size of the header: what it says, or, where that cannot be, what stands behind tells. */
function headerSize(view: DataView, at: number): number {
  const size = at < view.byteLength ? view.getUint8(at) : 0;
  if (size >= 12 && size < 0x40) return size;
  return beginsWithFileId(view, at + 14) ? 14 : 12;
}

/** Whether the definition of a file_id message, the first of every file, is at `at`. */
function beginsWithFileId(view: DataView, at: number): boolean {
  if (at + 6 > view.byteLength) return false;
  const head = view.getUint8(at);
  const order = view.getUint8(at + 2);
  const fields = view.getUint8(at + 5);
  return (head & 0xd0) === 0x40 && order <= 1 && view.getUint16(at + 3) === 0 && fields > 0 && fields <= 16;
}

/** The activities of a file: none of settings and the like, one per session, or one where no session was written. */
function activitiesOf(file: FitFile): RecordedActivity[] {
  const {points, type} = file;
  const device = fitDevice(file.manufacturer, file.product, file.productName);
  const sessions = distinct(file.sessions);
  const isCourse = type === courseType || (file.course !== undefined && sessions.length === 0);
  if (!isCourse && sessions.length === 0 && points.count === 0 && file.timed === 0) return [];
  if (sessions.length === 0) {
    sessions.push({start: Number.NaN, sport: file.sport, subSport: file.subSport, points: points.count});
  }
  const {order, ends} = bySession(file, sessions);
  const pauses = pausesOf(file);
  return sessions.map((session, i) => {
    const unnamed = Number.isNaN(session.sport);
    const {sport, virtual} = sportOfFit(
      unnamed ? file.sport : session.sport,
      unnamed ? file.subSport : session.subSport,
    );
    const activity: RecordedActivity = {
      kind: isCourse ? 'route' : 'activity',
      sport,
      virtual: virtual || isVirtualDevice(device),
      name: file.course ?? '',
      device,
      start: dateOf(session.start),
      tracks: tracksOf(file, order, i === 0 ? 0 : ends[i - 1], ends[i], pauses),
    };
    // Zones are quarters of an hour; anything else is a clock that was not set.
    const zone = Math.round(file.zone / 900) * 15;
    if (Math.abs(file.zone - zone * 60) <= 120) activity.zone = zone;
    return activity;
  });
}

/** Sessions in order of their start; one that was written twice counts once, as it was last. */
function distinct(sessions: FitSession[]): FitSession[] {
  if (sessions.length < 2) return [...sessions];
  if (sessions.some(({start}) => Number.isNaN(start))) return [...sessions];
  const byStart = new Map(sessions.map((session) => [session.start, session]));
  return [...byStart.values()].sort((a, b) => a.start - b.start);
}

/**
 * Which session each point belongs to: the last that began before it; where a session tells no start, the next one in the file.
 * `order` are the points by session and in file order, `ends` where each session's end in it.
 */
function bySession({points}: FitFile, sessions: FitSession[]): {order: Uint32Array; ends: Uint32Array} {
  const {count} = points;
  const owner = new Uint32Array(count);
  const ends = new Uint32Array(sessions.length);
  const starts = sessions.map(({start}) => start);
  const timed = !starts.some(Number.isNaN);
  let session = 0;
  for (let i = 0; i < count; i++) {
    const time = points.time[i];
    if (!timed) {
      while (session + 1 < sessions.length && sessions[session].points <= i) session++;
    } else if (!(time >= starts[session] && !(time >= starts[session + 1]))) {
      // A point without a time stays with the one before it.
      if (time >= 0) session = Math.max(0, countUpTo(starts, time) - 1);
    }
    owner[i] = session;
    ends[session]++;
  }
  for (let i = 1; i < ends.length; i++) ends[i] += ends[i - 1];
  const next = new Uint32Array(ends.length);
  next.set(ends.subarray(0, -1), 1);
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[next[owner[i]]++] = i;
  return {order, ends};
}

/** How many of the ascending `values` are at most `limit`. */
function countUpTo(values: ArrayLike<number>, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** When the timer stood still: disjoint, ascending; `sums[i]` are the seconds of all pauses before pause i. */
type Pauses = {from: number[]; to: number[]; sums: number[]};

/** Stops of the timer that a start follows: the last stop is the end of the activity. */
function pausesOf({timer}: FitFile): Pauses {
  const pauses: Pauses = {from: [], to: [], sums: []};
  const events = [...timer].sort((a, b) => a.time - b.time || a.running - b.running);
  let stopped = Number.NaN;
  let sum = 0;
  for (const {time, running} of events) {
    if (!running) {
      if (Number.isNaN(stopped)) stopped = time;
    } else if (!Number.isNaN(stopped)) {
      pauses.from.push(stopped);
      pauses.to.push(time);
      pauses.sums.push(sum);
      sum += time - stopped;
      stopped = Number.NaN;
    }
  }
  return pauses;
}

/** Seconds of all pauses before `time`. */
function pausedBefore({from, to, sums}: Pauses, time: number): number {
  const i = countUpTo(from, time) - 1;
  return i < 0 ? 0 : sums[i] + Math.min(time, to[i]) - from[i];
}

/** The points `order[from, to)` as tracks, broken at real pauses. */
function tracksOf({points}: FitFile, order: Uint32Array, from: number, to: number, pauses: Pauses): Track[] {
  const tracks: Track[] = [];
  let start = from;
  for (let k = from + 1; k <= to; k++) {
    if (k < to && !isPause(points, order[k - 1], order[k], pauses)) continue;
    tracks.push(pick(points, order, start, k));
    start = k;
  }
  return tracks;
}

function isPause(points: Points, a: number, b: number, pauses: Pauses): boolean {
  if (pauses.from.length === 0) return false;
  const gap = points.time[b] - points.time[a];
  // Devices that go on recording while the timer stands still leave no gap.
  if (!(gap >= shortPauseSeconds)) return false;
  const paused = pausedBefore(pauses, points.time[b]) - pausedBefore(pauses, points.time[a]);
  if (paused >= pauseSeconds) return true;
  return paused >= shortPauseSeconds && meters(points, a, b) > shortPauseMeters;
}

/** Ground distance of two near points, exact enough for a threshold. */
function meters({lng, lat}: Points, a: number, b: number): number {
  const east = (lng[b] - lng[a]) * Math.cos((lat[a] * Math.PI) / 180);
  return Math.hypot(east, lat[b] - lat[a]) * metersPerDegree;
}

/** A track of the points `order[from, to)`, with times as dates. */
function pick(points: Points, order: Uint32Array, from: number, to: number): Track {
  // Only multisport files whose clock steps back have points out of order.
  const straight = order[to - 1] - order[from] === to - 1 - from;
  const all = straight ? trackOf(points, order[from], order[from] + to - from) : undefined;
  const indices = order.subarray(from, to);
  const track = all ?? {
    lng: Float64Array.from(indices, (i) => points.lng[i]),
    lat: Float64Array.from(indices, (i) => points.lat[i]),
    time: Float64Array.from(indices, (i) => points.time[i]),
    elevation: Float64Array.from(indices, (i) => points.elevation[i]),
  };
  for (let i = 0; i < track.time.length; i++) track.time[i] = dateOf(track.time[i]);
  return track;
}

/** A time of the file in ms since 1970 UTC; NaN for none, and for one that counts from power-on. */
function dateOf(seconds: number): number {
  return seconds >= firstDate && seconds <= 0xffffffff ? (seconds + epochSeconds) * 1000 : Number.NaN;
}

/** What a file without an activity is, in words. */
function describe(type: number, records: number): string {
  if (fileTypes[type] !== undefined && type !== activityType) return `a FIT file of type ${fileTypes[type]}`;
  return records > 0 ? `a FIT file of ${records} records without time and position` : 'a FIT file without records';
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
