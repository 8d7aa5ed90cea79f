import type {Reading, RecordedActivity} from '../activity.ts';
import {isoTime, isoZone} from './iso-time.ts';
import {readCoordinates, readGxCoord} from './kml-coordinates.ts';
import {nothing} from './nothing.ts';
import {addPoint, newPoints, trackOf} from './points.ts';
import {inRange, noneRefused, refusedWarnings} from './positions.ts';
import {isVirtualDevice, sportOfWord} from './sport.ts';
import {stampLines} from './stamp-lines.ts';
import {
  declaredEncoding,
  elementText,
  nameId,
  nextAttribute,
  nextTag,
  openXml,
  plainText,
  textIn,
} from './xml-bytes.ts';

const kml = nameId('kml');
const placemark = nameId('Placemark');
const gxTrack = nameId('Track');
const lineString = nameId('LineString');
const linearRing = nameId('LinearRing');
const pointTag = nameId('Point');
const coordinates = nameId('coordinates');
const coord = nameId('coord');
const when = nameId('when');
const begin = nameId('begin');
const name = nameId('name');
const author = nameId('author');
const generator = nameId('generator');
const creator = nameId('creator');
const data = nameId('Data');
const simpleData = nameId('SimpleData');
const value = nameId('value');

/** What programs call the field of a placemark that holds its sport. */
const sportFields = /^(type|sport|activity|activitytype|activity_type|category)$/i;

/**
 * Activities of a KML file, 2.0 to 2.3 (https://www.ogc.org/standard/kml/), with or without namespaces: each placemark with
 * a `gx:Track`, `gx:MultiTrack` or `LineString` is one. A program that writes each point of a line as a placemark of its
 * own, with its time, gives the line those times; points with times and no line are one activity.
 */
export function readKml(input: Uint8Array): Reading {
  const xml = openXml(input);
  const {bytes} = xml;
  const encoding = declaredEncoding(bytes);
  const points = newPoints();
  const stamped = newPoints();
  const refused = noneRefused();
  const activities: RecordedActivity[] = [];
  let activity: RecordedActivity | undefined;
  let device = '';
  let fileName = '';
  let count = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let rootOpen = false;
  let rootClosed = false;
  // What is at hand: the placemark's name, its sport, its time, the times of its track; and inside of which elements it is.
  let inPlacemark = false;
  let ownName = '';
  let ownSport = '';
  let ownTime = Number.NaN;
  let ownBegin = Number.NaN;
  let zone: number | undefined;
  let inside = 0;
  let inAuthor = false;
  let field = '';
  const times: number[] = [];
  let coords = 0;
  /** Where a position that is not on Earth breaks the line. */
  const breaks: number[] = [];
  let otherPoints = 0;
  let areas = 0;
  const pointAt = {lng: Number.NaN, lat: Number.NaN, elevation: Number.NaN};

  const add = (lng: number, lat: number, elevation: number, time: number, from: number, to: number) => {
    if (inRange(lng, lat)) {
      addPoint(points, lng, lat, time, elevation);
      count++;
    } else if (Number.isNaN(lng) || Number.isNaN(lat)) {
      if (refused.unreadable++ === 0) refused.example = textIn(bytes, from, Math.min(to, from + 100), encoding);
    } else {
      if (refused.outOfRange++ === 0) refused.farthest = `latitude ${lat}, longitude ${lng}`;
      breaks.push(points.count);
    }
  };
  const newActivity = (): RecordedActivity => {
    const made: RecordedActivity = {
      kind: 'activity',
      sport: 'other',
      virtual: isVirtualDevice(device),
      name: '',
      device,
      start: Number.NaN,
      tracks: [],
    };
    activities.push(made);
    return made;
  };
  /** Ends the track or line at hand; the times of a track may stand before, between or behind its positions. */
  const endLine = () => {
    if (inside === gxTrack) for (let i = 0; i < points.count; i++) points.time[i] = times[points.time[i]] ?? Number.NaN;
    if (points.count > 0 || times.length > 0) {
      activity ??= newActivity();
      let from = 0;
      for (const to of [...breaks, points.count]) {
        if (to > from) activity.tracks.push(trackOf(points, from, to));
        from = to;
      }
    }
    points.count = 0;
    times.length = 0;
    breaks.length = 0;
    coords = 0;
    inside = 0;
  };
  const endPlacemark = () => {
    endLine();
    if (activity) {
      const {sport, virtual} = sportOfWord(ownSport);
      activity.name = ownName;
      activity.sport = sport;
      activity.virtual ||= virtual;
      if (!Number.isNaN(ownBegin)) activity.start = ownBegin;
      if (zone !== undefined) activity.zone = zone;
    } else if (!Number.isNaN(ownTime) && inRange(pointAt.lng, pointAt.lat)) {
      addPoint(stamped, pointAt.lng, pointAt.lat, ownTime, pointAt.elevation);
    }
    activity = undefined;
    inPlacemark = false;
    ownName = '';
    ownSport = '';
    ownTime = Number.NaN;
    ownBegin = Number.NaN;
    zone = undefined;
    field = '';
    pointAt.lng = Number.NaN;
  };

  while (nextTag(xml)) {
    const tag = xml.name;
    if (tag === coord) {
      if (xml.closing || inside !== gxTrack) continue;
      const index = coords++;
      if (xml.empty) continue;
      plainText(xml);
      const {from, to} = xml;
      if (readGxCoord(bytes, from, to, pointAt)) add(pointAt.lng, pointAt.lat, pointAt.elevation, index, from, to);
    } else if (tag === when) {
      if (xml.closing || xml.empty) continue;
      plainText(xml);
      const time = isoTime(bytes, xml.from, xml.to);
      if (inside === gxTrack) {
        times.push(time);
        if (time < low) low = time;
        if (time > high) high = time;
        zone ??= isoZone(bytes, xml.from, xml.to);
      } else ownTime = time;
    } else if (tag === coordinates) {
      if (xml.closing || xml.empty) continue;
      plainText(xml);
      const {from, to} = xml;
      if (inside === lineString) {
        readCoordinates(bytes, from, to, (lng, lat, elevation, at, end) =>
          add(lng, lat, elevation, Number.NaN, at, end),
        );
      } else if (inside === pointTag) {
        otherPoints++;
        readCoordinates(bytes, from, to, (lng, lat, elevation) => Object.assign(pointAt, {lng, lat, elevation}));
      } else areas++;
    } else if (tag === gxTrack || tag === lineString || tag === linearRing || tag === pointTag) {
      endLine();
      if (!xml.closing && !xml.empty) inside = tag;
    } else if (tag === placemark) {
      endPlacemark();
      inPlacemark = !xml.closing && !xml.empty;
    } else if (tag === kml) {
      if (xml.closing) {
        rootClosed = true;
        break;
      }
      rootOpen = true;
      while (nextAttribute(xml)) if (xml.attribute === creator) device = textIn(bytes, xml.from, xml.to, encoding);
    } else if (tag === author) {
      inAuthor = !xml.closing && !xml.empty;
    } else if (xml.closing || xml.empty) {
    } else if (tag === name) {
      if (inAuthor) continue;
      if (inPlacemark) ownName ||= elementText(xml, encoding);
      else fileName ||= elementText(xml, encoding);
    } else if (tag === generator) {
      device ||= elementText(xml, encoding);
    } else if (tag === begin) {
      plainText(xml);
      ownBegin = isoTime(bytes, xml.from, xml.to);
    } else if (tag === data || tag === simpleData) {
      field = '';
      while (nextAttribute(xml)) if (xml.attribute === name) field = textIn(bytes, xml.from, xml.to, encoding);
      if (tag === simpleData && sportFields.test(field)) ownSport ||= elementText(xml, encoding);
    } else if (tag === value) {
      if (sportFields.test(field)) ownSport ||= elementText(xml, encoding);
      field = '';
    }
  }
  endPlacemark();

  const warnings = refusedWarnings(refused);
  if (rootOpen && !rootClosed) warnings.push('the file ends early, expected </kml>');
  stampLines(activities, stamped);
  if (activities.length === 0 && stamped.count > 1) {
    const made = newActivity();
    made.tracks.push(trackOf(stamped, 0, stamped.count));
    count = stamped.count;
    warnings.push(`found no line but ${stamped.count} points with times, which were read as one`);
  }
  for (const {tracks} of activities) {
    for (const {time} of tracks) {
      for (const ms of time) {
        if (ms < low) low = ms;
        if (ms > high) high = ms;
      }
    }
  }
  if (activities.length === 1) activities[0].name ||= fileName;
  if (activities.length === 0) {
    if (refused.unreadable + refused.outOfRange > 0) {
      return nothing('failed', 'found no readable position in any line, expected longitude,latitude', 'kml', warnings);
    }
    const found = `no line and no track, but ${otherPoints} points and ${areas} areas`;
    const outcome = rootOpen && !rootClosed ? 'failed' : 'not-activity';
    return nothing(outcome, `found ${found}, expected a LineString or a gx:Track`, 'kml', warnings);
  }
  const timed = low <= high;
  const first = timed ? low : Number.NaN;
  return {format: 'kml', activities, points: count, first, last: timed ? high : Number.NaN, warnings};
}
