import type {Reading} from '../activity.ts';
import {nothing} from './nothing.ts';
import {addPoint, newPoints, trackOf} from './points.ts';
import {inRange, noneRefused, refusedWarnings} from './positions.ts';

const headBytes = 4096;
/** A sentence has at most 82 characters; loggers write more before it. */
const longestLine = 256;
const day = 86_400_000;

/** Whether text is a log of NMEA 0183 sentences with positions. */
export function isNmea(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, headBytes)).toString('latin1');
  return /(?:^|[\r\n]|[^\w])[$][A-Z]{2}(?:RMC|GGA),[\d.]*,/.test(head);
}

/**
 * The one activity of a log of NMEA 0183 sentences: RMC (time, position, date) and GGA (time, position, elevation); those
 * of one moment are one point. A GGA before the first RMC gets its date. Sentences with a wrong checksum are left out.
 */
export function readNmea(bytes: Uint8Array): Reading {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const points = newPoints();
  const refused = noneRefused();
  const now = {clock: Number.NaN, lng: Number.NaN, lat: Number.NaN, elevation: Number.NaN};
  // Until a sentence tells the date the days are counted from 1970.
  let date = 0;
  let dated = false;
  let lastClock = Number.NaN;
  let wrong = 0;

  const isPastMidnight = (clock: number) => clock < lastClock - day / 2;

  /** Ends the moment at hand: its sentences are one point. */
  const endMoment = () => {
    if (!Number.isNaN(now.lng)) {
      // The next RMC tells the new date, but a GGA may stand before it.
      if (isPastMidnight(now.clock)) date += day;
      lastClock = now.clock;
      if (inRange(now.lng, now.lat)) addPoint(points, now.lng, now.lat, date + now.clock, now.elevation);
      else if (refused.outOfRange++ === 0) refused.farthest = `latitude ${now.lat}, longitude ${now.lng}`;
    }
    now.lng = Number.NaN;
    now.elevation = Number.NaN;
  };

  for (let at = 0; at < bytes.length; ) {
    const newline = buffer.indexOf(0x0a, at);
    const end = newline < 0 ? bytes.length : newline;
    const line = buffer.toString('latin1', at, Math.min(end, at + longestLine));
    at = end + 1;
    const sentence = /[$]([A-Z]{2}(RMC|GGA),[^*\r]*)(?:\*([\dA-F]{2}))?/i.exec(line);
    if (!sentence) continue;
    const [, body, kind, sum] = sentence;
    if (sum !== undefined && Number.parseInt(sum, 16) !== checksum(body)) {
      wrong++;
      continue;
    }
    const fields = body.split(',');
    const isRmc = kind.toUpperCase() === 'RMC';
    const clock = clockOf(fields[1]);
    // A receiver without a fix repeats the last position, or none.
    if (isRmc ? fields[2] !== 'A' : !(Number(fields[6]) > 0)) continue;
    if (clock !== now.clock) {
      endMoment();
      now.clock = clock;
    }
    const [lat, lng] = isRmc ? [3, 5] : [2, 4];
    now.lat = degrees(fields[lat], fields[lat + 1], 'S');
    now.lng = degrees(fields[lng], fields[lng + 1], 'W');
    if (!isRmc) now.elevation = fields[9] ? Number(fields[9]) : Number.NaN;
    const found = isRmc ? dateOf(fields[9]) : Number.NaN;
    if (!Number.isNaN(found)) {
      const days = isPastMidnight(clock) ? date + day : date;
      if (!dated) for (let i = 0; i < points.count; i++) points.time[i] += found - days;
      dated = true;
      date = found;
      lastClock = clock;
    }
  }
  endMoment();
  const warnings = refusedWarnings(refused);
  if (wrong > 0) warnings.push(`${wrong} sentences left out: found a wrong checksum, expected that of the sentence`);
  if (points.count === 0) return nothing('not-activity', 'found NMEA without any fix, expected one', 'nmea', warnings);
  const track = trackOf(points, 0, points.count);
  if (!dated) track.time.fill(Number.NaN);
  let first = Number.NaN;
  let last = Number.NaN;
  for (const time of track.time) {
    if (!(time >= first) && !Number.isNaN(time)) first = time;
    if (!(time <= last) && !Number.isNaN(time)) last = time;
  }
  const activity = {kind: 'activity', sport: 'other', virtual: false, name: '', device: '', start: Number.NaN} as const;
  return {
    format: 'nmea',
    activities: [{...activity, tracks: [track]}],
    points: points.count,
    first,
    last,
    warnings,
  };
}

/** Exclusive or of the characters between `$` and `*`. */
function checksum(body: string): number {
  let sum = 0;
  for (let i = 0; i < body.length; i++) sum ^= body.charCodeAt(i);
  return sum;
}

/** `hhmmss.sss` in ms since midnight UTC. */
function clockOf(text: string | undefined): number {
  const match = /^(\d\d)(\d\d)(\d\d(?:\.\d*)?)$/.exec(text ?? '');
  if (!match) return Number.NaN;
  return Math.round((Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3])) * 1000);
}

/** `ddmmyy` in ms since 1970 UTC. Receivers that write two digits began in the nineties. */
function dateOf(text: string | undefined): number {
  const match = /^(\d\d)(\d\d)(\d\d)$/.exec(text ?? '');
  if (!match) return Number.NaN;
  const year = Number(match[3]);
  const [month, date] = [Number(match[2]), Number(match[1])];
  if (month < 1 || month > 12 || date < 1 || date > 31) return Number.NaN;
  return Date.UTC(year < 80 ? 2000 + year : 1900 + year, month - 1, date);
}

/** `ddmm.mmmm` and its half of the Earth in degrees. */
function degrees(text: string | undefined, half: string | undefined, negative: string): number {
  const match = /^(\d{1,3})(\d\d(?:\.\d*)?)$/.exec(text ?? '');
  if (!match) return Number.NaN;
  const value = Number(match[1]) + Number(match[2]) / 60;
  return half === negative ? -value : value;
}
