import type {Reading, RecordedActivity} from '../activity.ts';
import {newGpxPoint, readPlainPoint, readPoint} from './gpx-point.ts';
import {isoZone} from './iso-time.ts';
import {nothing} from './nothing.ts';
import {addPoint, newPoints, pointsFor, trackOf} from './points.ts';
import {inRange, noneRefused, refusedWarnings} from './positions.ts';
import {isVirtualDevice, sportOfWord} from './sport.ts';
import {declaredEncoding, elementText, nameId, nextAttribute, nextTag, openXml, textIn} from './xml-bytes.ts';

const gpx = nameId('gpx');
const trk = nameId('trk');
const trkseg = nameId('trkseg');
const trkpt = nameId('trkpt');
const rte = nameId('rte');
const rtept = nameId('rtept');
const wpt = nameId('wpt');
const name = nameId('name');
const type = nameId('type');
const creator = nameId('creator');
const extensions = nameId('extensions');
const link = nameId('link');
const author = nameId('author');

/** The points of the file at hand. */
const sharedPoints = newPoints();

/**
 * Activities (`<trk>`) and routes (`<rte>`) of a GPX file, 1.0 (https://www.topografix.com/gpx_manual.asp), 1.1
 * (https://www.topografix.com/GPX/1/1/) or neither, in UTF-8 or an 8-bit encoding. The root may be missing: a run of `<trk>`
 * elements reads the same. Points of routes are not counted.
 */
export function readGpx(input: Uint8Array): Reading {
  const xml = openXml(input);
  const {bytes} = xml;
  const encoding = declaredEncoding(bytes);
  const points = pointsFor(bytes.length, sharedPoints);
  const point = newGpxPoint();
  const refused = noneRefused();
  const activities: RecordedActivity[] = [];
  const warnings: string[] = [];
  let activity: RecordedActivity | undefined;
  let device = '';
  let fileName = '';
  let count = 0;
  let waypoints = 0;
  let first = Number.NaN;
  let last = Number.NaN;
  let rootOpen = false;
  let rootClosed = false;
  let cutPoint = false;
  // An element whose `name` and `type` are not those of the track.
  let foreign = 0;
  let zoneRead = false;

  const endTrack = () => {
    if (points.count > 0) activity?.tracks.push(trackOf(points, 0, points.count));
    points.count = 0;
  };
  const endActivity = () => {
    endTrack();
    activity = undefined;
    foreign = 0;
  };
  const newActivity = (kind: RecordedActivity['kind']): RecordedActivity => {
    endActivity();
    zoneRead = false;
    const virtual = isVirtualDevice(device);
    const made: RecordedActivity = {kind, sport: 'other', virtual, name: '', device, start: Number.NaN, tracks: []};
    activities.push(made);
    return made;
  };

  for (;;) {
    const plain = readPlainPoint(xml, point);
    if (plain === undefined && !nextTag(xml)) break;
    const tag = plain === undefined ? xml.name : trkpt;
    if (tag === trkpt || tag === rtept) {
      if (plain === undefined && xml.closing) continue;
      const whole = plain ?? readPoint(xml, point);
      if (!whole) {
        cutPoint = true;
        break;
      }
      const kind = tag === trkpt ? 'activity' : 'route';
      // A point of a damaged file may stand outside of its track.
      if (activity?.kind !== kind) activity = newActivity(kind);
      foreign = 0;
      if (inRange(point.lng, point.lat)) {
        addPoint(points, point.lng, point.lat, point.time, point.elevation);
        if (kind === 'activity') count++;
      } else if (Number.isNaN(point.lng) || Number.isNaN(point.lat)) {
        if (refused.unreadable++ === 0) refused.example = textIn(bytes, point.tagStart, point.tagEnd, encoding);
      } else {
        // Some recorders mark a pause by latitudes of 100 and 200.
        if (refused.outOfRange++ === 0) refused.farthest = `latitude ${point.lat}, longitude ${point.lng}`;
        endTrack();
      }
      if (kind === 'activity' && !Number.isNaN(point.time)) {
        if (Number.isNaN(first)) {
          first = last = point.time;
        } else {
          if (point.time < first) first = point.time;
          if (point.time > last) last = point.time;
        }
        if (!zoneRead) {
          zoneRead = true;
          const zone = isoZone(bytes, point.timeFrom, point.timeTo);
          if (zone !== undefined) activity.zone = zone;
        }
      }
    } else if (tag === trkseg) {
      endTrack();
      foreign = 0;
    } else if (tag === trk || tag === rte) {
      if (xml.closing) endActivity();
      else {
        activity = newActivity(tag === trk ? 'activity' : 'route');
        if (xml.empty) endActivity();
      }
    } else if (tag === gpx) {
      if (xml.closing) {
        rootClosed = true;
        break;
      }
      rootOpen = true;
      while (nextAttribute(xml)) if (xml.attribute === creator) device = textIn(bytes, xml.from, xml.to, encoding);
    } else if (tag === wpt || tag === link || tag === extensions || tag === author) {
      if (xml.closing) foreign = 0;
      else {
        if (tag === wpt) waypoints++;
        if (!xml.empty && foreign === 0) foreign = tag;
      }
    } else if (foreign === 0 && !xml.closing && (tag === name || tag === type)) {
      if (tag === type) {
        if (activity && activity.sport === 'other') {
          const found = sportOfWord(elementText(xml, encoding));
          activity.sport = found.sport;
          activity.virtual ||= found.virtual;
        }
      } else if (!activity) {
        fileName ||= elementText(xml, encoding);
      } else if (activity.name === '') {
        activity.name = elementText(xml, encoding);
      }
    }
  }
  endActivity();

  if (activities.length === 1) activities[0].name ||= fileName;
  warnings.push(...refusedWarnings(refused));
  if (rootClosed) {
    const rest = bytes.subarray(xml.at);
    if (rest.includes('trkpt', 0, 'latin1')) {
      warnings.push(`found a second document at byte ${xml.at}, expected one: only the first was read`);
    } else if (rest.some((byte) => byte > 0x20)) {
      warnings.push(`found ${rest.length} bytes behind </gpx>, expected the end of the file`);
    }
  } else if (rootOpen || cutPoint) {
    const where = cutPoint ? 'inside a point, which is left out' : 'early';
    warnings.push(`the file ends ${where}, expected </gpx>`);
    if (count === 0 && activities.every(({tracks}) => tracks.length === 0)) {
      return nothing('failed', 'the file ends before its first whole point, expected </gpx>', 'gpx', warnings);
    }
  }
  if (activities.length === 0) {
    const found = `no <trk> and no <rte>, but ${waypoints} <wpt>`;
    return nothing('not-activity', `found ${found}, expected a track or a route`, 'gpx', warnings);
  }
  return {format: 'gpx', activities, points: count, first, last, warnings};
}
