import type {Reading, RecordedActivity, Track} from '../activity.ts';
import {isoTime} from './iso-time.ts';
import {mendJson} from './mend-json.ts';
import {nothing} from './nothing.ts';
import {addPoint, newPoints, type Points, trackOf} from './points.ts';
import {inRange, noneRefused, type Refused, refusedWarnings} from './positions.ts';
import {isVirtualDevice, sportOfWord} from './sport.ts';
import {decodeText} from './text.ts';

/** The longest string of Node. */
const mostBytes = 0x1fffffe8;
const headBytes = 65_536;
const types = /"type"\s*:\s*"(?:FeatureCollection|Feature|GeometryCollection|(?:Multi)?LineString)"/;

/** Whether text in UTF-8, or its beginning, is GeoJSON that may hold lines. */
export function isGeoJson(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, headBytes)).toString('latin1');
  return /^(?:\xef\xbb\xbf)?\s*\{/.test(head) && types.test(head);
}

type Json = {[key: string]: unknown};
type Line = {coordinates: unknown[]; times: unknown[]};

/**
 * Activities of a GeoJSON text (RFC 7946): each Feature with a LineString, a MultiLineString or a collection of these is
 * one. The third coordinate is the elevation; times stand in the properties, as `coordTimes`, `times` or
 * `coordinateProperties.times`, in the shape of the lines.
 */
export function readGeoJson(bytes: Uint8Array): Reading {
  if (bytes.length > mostBytes) {
    return nothing('failed', `found ${bytes.length} bytes of GeoJSON, expected at most ${mostBytes}`, 'geojson');
  }
  const warnings: string[] = [];
  const text = decodeText(bytes);
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (error) {
    const mended = mendJson(text);
    if (mended === undefined) {
      return nothing('failed', `damaged GeoJSON: ${(error as Error).message.slice(0, 200)}`, 'geojson');
    }
    root = mended;
    warnings.push('found damaged JSON, expected a whole text: read what precedes the damage');
  }
  const points = newPoints();
  const refused = noneRefused();
  const activities: RecordedActivity[] = [];
  let count = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let others = 0;
  for (const feature of featuresOf(root)) {
    const properties = object(feature.properties);
    const lines = linesOf(feature.geometry, properties);
    if (lines.length === 0) {
      others++;
      continue;
    }
    const activity = activityOf(feature, properties);
    activities.push(activity);
    for (const line of lines) {
      for (const track of tracksOf(line, points, refused)) {
        activity.tracks.push(track);
        count += track.lng.length;
        for (const time of track.time) {
          if (time < low) low = time;
          if (time > high) high = time;
        }
      }
    }
  }
  warnings.push(...refusedWarnings(refused));
  if (activities.length === 0) {
    const outcome = warnings.length > 0 ? 'failed' : 'not-activity';
    return nothing(outcome, `found ${others} features without a line, expected a LineString`, 'geojson', warnings);
  }
  const timed = low <= high;
  const [first, last] = timed ? [low, high] : [Number.NaN, Number.NaN];
  return {format: 'geojson', activities, points: count, first, last, warnings};
}

/** The features of a text; a bare geometry is a feature without properties. */
function featuresOf(root: unknown): Json[] {
  const found: Json[] = [];
  const left = [object(root)];
  for (let next = left.pop(); next; next = left.pop()) {
    if (Array.isArray(next.features)) left.push(...next.features.map(object).reverse());
    else if (next.type === 'Feature') found.push(next);
    else found.push({geometry: next});
  }
  return found;
}

/** The lines of a geometry with their times. Collections may hold collections. */
function linesOf(geometry: unknown, properties: Json): Line[] {
  const found: unknown[][] = [];
  const left = [object(geometry)];
  for (let next = left.pop(); next; next = left.pop()) {
    const {type, coordinates, geometries} = next;
    if (type === 'LineString' && Array.isArray(coordinates)) found.push(coordinates);
    else if (type === 'MultiLineString' && Array.isArray(coordinates)) found.push(...coordinates.filter(Array.isArray));
    else if (type === 'GeometryCollection' && Array.isArray(geometries)) left.push(...geometries.map(object).reverse());
  }
  const times = timesOf(properties);
  const nested = times.some(Array.isArray);
  let at = 0;
  return found.map((coordinates, i) => {
    const from = at;
    at += coordinates.length;
    const own = nested ? times[i] : times.slice(from, at);
    return {coordinates, times: Array.isArray(own) ? own : []};
  });
}

function timesOf(properties: Json): unknown[] {
  const {times: nested} = object(properties.coordinateProperties);
  return [nested, properties.coordTimes, properties.times].find(Array.isArray) ?? [];
}

/** A line as tracks: a position that is not on Earth breaks it. */
function tracksOf({coordinates, times}: Line, points: Points, refused: Refused): Track[] {
  const tracks: Track[] = [];
  const end = () => {
    if (points.count > 0) tracks.push(trackOf(points, 0, points.count));
    points.count = 0;
  };
  points.count = 0;
  for (let i = 0; i < coordinates.length; i++) {
    const position: unknown[] = Array.isArray(coordinates[i]) ? (coordinates[i] as unknown[]) : [];
    const [lng, lat, elevation] = [number(position[0]), number(position[1]), number(position[2])];
    if (inRange(lng, lat)) addPoint(points, lng, lat, timeOf(times[i]), elevation);
    else if (Number.isNaN(lng) || Number.isNaN(lat)) {
      if (refused.unreadable++ === 0) refused.example = (JSON.stringify(coordinates[i]) ?? '').slice(0, 100);
    } else {
      if (refused.outOfRange++ === 0) refused.farthest = `latitude ${lat}, longitude ${lng}`;
      end();
    }
  }
  end();
  return tracks;
}

function activityOf(feature: Json, properties: Json): RecordedActivity {
  const text = (...keys: string[]) => {
    const value = keys.map((key) => properties[key]).find((each) => typeof each === 'string' && each.trim() !== '');
    return typeof value === 'string'
      ? value
          .replace(/[\s\p{Cc}]+/gu, ' ')
          .trim()
          .slice(0, longestName)
      : '';
  };
  const sportField = text('sport', 'sport_type', 'activityType', 'activity_type', 'activity', 'type', 'category');
  const {sport, virtual} = sportOfWord(sportField);
  const device = text('device', 'creator', 'source');
  return {
    // @tmcw/togeojson writes this for routes of GPX files.
    kind: properties._gpxType === 'rte' || feature._gpxType === 'rte' ? 'route' : 'activity',
    sport,
    virtual: virtual || isVirtualDevice(device),
    name: text('name', 'title'),
    device,
    start: timeOf(properties.time ?? properties.startTime ?? properties.start_time),
    tracks: [],
  };
}

const longestName = 4096;
/** Numbers below this are seconds since 1970, not ms: 1973 in ms. */
const leastMs = 1e11;

/** A time as text or number, ms since 1970 UTC; NaN where it is none. */
function timeOf(value: unknown): number {
  if (typeof value === 'string') {
    const bytes = Buffer.from(value.slice(0, 64), 'latin1');
    return isoTime(bytes, 0, bytes.length);
  }
  const time = number(value);
  return Math.abs(time) < leastMs ? time * 1000 : time;
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}
