import tzLookup from '@photostructure/tz-lookup';
import {distance} from '../core/mercator.ts';
import {pointCount, type RecordedActivity, type Track} from './activity.ts';

/** What a library keeps of an activity's points in numbers. NaN where unknown. */
export type Description = {
  /** Start, ms since 1970 UTC. */
  start: number;
  /** Minutes that local time is ahead of UTC at the start. */
  offsetMinutes: number;
  /** Seconds from first to last point, and in motion. */
  duration: number;
  moving: number;
  /** Metres along the way, and climbed. */
  distance: number;
  ascent: number;
  west: number;
  south: number;
  east: number;
  north: number;
};

/** What counts as moving and climbing. */
export const describeMeasures = {
  /** Slower than this, m/s, is standing. */
  movingSpeed: 0.5,
  /** Longer between two points than this, s, is a pause. */
  pauseSeconds: 120,
  /** Elevation must rise by this, m, to count: less is noise. */
  ascentMeters: 5,
};

/** Dates before consumer GPS and after this program's horizon are a device's fault. */
const plausible = {from: Date.UTC(1990, 0, 1), to: Date.UTC(2100, 0, 1)};

/**
 * Describes the cleaned tracks of an activity. The file's own start is used where no point has a plausible time, and its own
 * zone before that of the place.
 */
export function describe(tracks: Track[], recorded: Pick<RecordedActivity, 'start' | 'zone'>): Description {
  const found: Description = {
    start: Number.NaN,
    offsetMinutes: Number.NaN,
    duration: Number.NaN,
    moving: Number.NaN,
    distance: 0,
    ascent: Number.NaN,
    west: 180,
    south: 90,
    east: -180,
    north: -90,
  };
  let last = Number.NaN;
  let base = Number.NaN;
  for (const {lng, lat, time, elevation} of tracks) {
    for (let i = 0; i < lng.length; i++) {
      found.west = Math.min(found.west, lng[i]);
      found.east = Math.max(found.east, lng[i]);
      found.south = Math.min(found.south, lat[i]);
      found.north = Math.max(found.north, lat[i]);
      if (isPlausibleTime(time[i])) {
        if (!(time[i] >= found.start)) found.start = time[i];
        if (!(time[i] <= last)) last = time[i];
      }
      if (Number.isFinite(elevation[i])) {
        if (Number.isNaN(base)) {
          base = elevation[i];
          found.ascent = 0;
        } else if (elevation[i] < base) base = elevation[i];
        else if (elevation[i] >= base + describeMeasures.ascentMeters) {
          found.ascent += elevation[i] - base;
          base = elevation[i];
        }
      }
      if (i === 0) continue;
      const meters = distance(lng[i - 1], lat[i - 1], lng[i], lat[i]);
      found.distance += meters;
      const seconds = (time[i] - time[i - 1]) / 1000;
      if (seconds > 0 && seconds <= describeMeasures.pauseSeconds) {
        if (Number.isNaN(found.moving)) found.moving = 0;
        if (meters / seconds >= describeMeasures.movingSpeed) found.moving += seconds;
      }
    }
  }
  if (Number.isNaN(found.start) && isPlausibleTime(recorded.start)) found.start = recorded.start;
  if (last >= found.start) found.duration = (last - found.start) / 1000;
  const first = tracks.find((track) => pointCount(track) > 0);
  if (first && Number.isFinite(found.start)) {
    found.offsetMinutes = recorded.zone ?? offsetMinutes(found.start, first.lng[0], first.lat[0]);
  }
  return found;
}

/**
 * Describes what is left of an activity as if it had been recorded so. The start of the whole is told of it only where nothing in
 * that has a time: else it may be that of a place that was taken away.
 */
export function describePart(
  left: Track[],
  whole: Track[],
  {start, offsetMinutes}: Pick<Description, 'start' | 'offsetMinutes'>,
): Description {
  const isTimed = whole.some(({time}) => time.some(isPlausibleTime));
  const zone = Number.isNaN(offsetMinutes) ? undefined : offsetMinutes;
  return describe(left, {start: isTimed ? Number.NaN : start, zone});
}

/** Days since 1970-01-01 of the local date at the start; undefined where unknown. */
export function localDay({start, offsetMinutes}: Pick<Description, 'start' | 'offsetMinutes'>): number | undefined {
  const day = Math.floor((start + offsetMinutes * 60_000) / 86_400_000);
  return Number.isFinite(day) ? day : undefined;
}

/** Whether a time, ms since 1970 UTC, is one at which an activity can have been recorded. */
export function isPlausibleTime(time: number): boolean {
  return time >= plausible.from && time < plausible.to;
}

/** Minutes that local time at a position is ahead of UTC at a time: the zone by position, the rule by the time. */
function offsetMinutes(time: number, lng: number, lat: number): number {
  const zone = tzLookup(lat, lng);
  const date = new Date(time);
  const month = Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  const next = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
  const before = monthOffset(zone, month);
  // Only in a month in which the clocks change is the day worth a look.
  return before === monthOffset(zone, next) ? before : zoneOffset(zone, time);
}

const monthOffsets = new Map<string, number>();

/** The offset of a zone at the first moment of a month, remembered: asking the system for it takes 0.3 ms. */
function monthOffset(zone: string, month: number): number {
  const key = `${zone} ${month}`;
  let offset = monthOffsets.get(key);
  if (offset === undefined) {
    offset = zoneOffset(zone, month);
    monthOffsets.set(key, offset);
  }
  return offset;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function zoneOffset(zone: string, time: number): number {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    clocks.set(zone, clock);
  }
  const part: Record<string, number> = {};
  for (const {type, value} of clock.formatToParts(time)) part[type] = Number(value);
  const local = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute);
  return local / 60_000 - Math.floor(time / 60_000);
}
