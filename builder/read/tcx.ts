import type {Reading, RecordedActivity} from '../activity.ts';
import {isoTime, isoZone} from './iso-time.ts';
import {nothing} from './nothing.ts';
import {addPoint, newPoints, pointsFor, trackOf} from './points.ts';
import {inRange, noneRefused, refusedWarnings} from './positions.ts';
import {isVirtualDevice, sportOfWord} from './sport.ts';
import {
  declaredEncoding,
  elementLine,
  elementText,
  nameId,
  nextAttribute,
  nextTag,
  numberText,
  openXml,
  plainText,
  textIn,
  type Xml,
} from './xml-bytes.ts';

const root = nameId('TrainingCenterDatabase');
const activityTag = nameId('Activity');
const course = nameId('Course');
const track = nameId('Track');
const trackpoint = nameId('Trackpoint');
const position = nameId('Position');
const latitude = nameId('LatitudeDegrees');
const longitude = nameId('LongitudeDegrees');
const altitude = nameId('AltitudeMeters');
const time = nameId('Time');
const extensions = nameId('Extensions');
const id = nameId('Id');
const name = nameId('Name');
const creator = nameId('Creator');
const author = nameId('Author');
const sport = nameId('Sport');
const lap = nameId('Lap');
const notes = nameId('Notes');

/** Tracks (laps and pauses) that follow each other more closely than this are one: a lap is no break. */
const joinSeconds = 10;

/** Notes stand for the name, which TCX has no place for: no more of them than a name is long. */
const longestName = 100;

type Point = {
  /** Whether there is a Position, readable or not. */
  placed: boolean;
  lng: number;
  lat: number;
  time: number;
  elevation: number;
};

/** The points of the file at hand. */
const sharedPoints = newPoints();

/**
 * Activities (multisport sessions too) and courses of a TCX file, version 1 or 2
 * (https://www8.garmin.com/xmlschemas/TrainingCenterDatabasev2.xsd). Points are the Trackpoints that have a Position, those of
 * courses too. An activity without any has no tracks.
 */
export function readTcx(input: Uint8Array): Reading {
  const xml = openXml(input);
  const {bytes} = xml;
  const encoding = declaredEncoding(bytes);
  const points = pointsFor(bytes.length, sharedPoints);
  const point: Point = {placed: false, lng: 0, lat: 0, time: 0, elevation: 0};
  const refused = noneRefused();
  const activities: RecordedActivity[] = [];
  const warnings: string[] = [];
  let activity: RecordedActivity | undefined;
  let count = 0;
  let first = Number.NaN;
  let last = Number.NaN;
  let rootClosed = false;
  let cutPoint = false;
  let newTrack = false;
  // Whose Name it is: the Creator's of an activity, the Author's of the file.
  let owner = 0;
  let inLap = false;
  let program = '';

  const endTrack = () => {
    if (points.count > 0) activity?.tracks.push(trackOf(points, 0, points.count));
    points.count = 0;
  };
  const endActivity = () => {
    endTrack();
    activity = undefined;
    owner = 0;
    inLap = false;
  };
  const newActivity = (kind: RecordedActivity['kind']): RecordedActivity => {
    endActivity();
    const start = Number.NaN;
    const made: RecordedActivity = {kind, sport: 'other', virtual: false, name: '', device: '', start, tracks: []};
    activities.push(made);
    return made;
  };

  while (nextTag(xml)) {
    const tag = xml.name;
    if (tag === trackpoint) {
      if (xml.closing || xml.empty) continue;
      const {start} = xml;
      if (!readTrackpoint(xml, point)) {
        cutPoint = true;
        break;
      }
      // A point of a damaged file, or of version 1, may stand outside of an Activity.
      activity ??= newActivity('activity');
      if (!point.placed) continue;
      if (inRange(point.lng, point.lat)) {
        if (newTrack && points.count > 0) {
          const gap = point.time - points.time[points.count - 1];
          if (!(gap >= 0 && gap <= joinSeconds * 1000)) endTrack();
        }
        newTrack = false;
        addPoint(points, point.lng, point.lat, point.time, point.elevation);
        count++;
      } else if (Number.isNaN(point.lng) || Number.isNaN(point.lat)) {
        if (refused.unreadable++ === 0) refused.example = textIn(bytes, start, Math.min(xml.at, start + 300), encoding);
      } else {
        if (refused.outOfRange++ === 0) refused.farthest = `latitude ${point.lat}, longitude ${point.lng}`;
        endTrack();
      }
      if (!Number.isNaN(point.time)) {
        if (!(point.time >= first)) first = Number.isNaN(first) ? point.time : Math.min(first, point.time);
        if (!(point.time <= last)) last = Number.isNaN(last) ? point.time : Math.max(last, point.time);
      }
    } else if (tag === track) {
      newTrack = true;
    } else if (tag === activityTag || tag === course) {
      if (xml.closing) {
        endActivity();
        continue;
      }
      activity = newActivity(tag === course ? 'route' : 'activity');
      while (nextAttribute(xml)) {
        if (xml.attribute !== sport) continue;
        const found = sportOfWord(textIn(bytes, xml.from, xml.to, encoding));
        activity.sport = found.sport;
        activity.virtual = found.virtual;
      }
      if (xml.empty) endActivity();
    } else if (tag === creator || tag === author) {
      owner = xml.closing || xml.empty ? 0 : tag;
    } else if (tag === lap) {
      inLap = !xml.closing && !xml.empty;
    } else if (tag === root) {
      if (!xml.closing) continue;
      rootClosed = true;
      break;
    } else if (xml.closing) {
    } else if (tag === id) {
      if (!activity || !Number.isNaN(activity.start)) continue;
      plainText(xml);
      activity.start = isoTime(bytes, xml.from, xml.to);
      const zone = isoZone(bytes, xml.from, xml.to);
      if (zone !== undefined) activity.zone = zone;
    } else if (tag === name) {
      if (owner === author) program ||= elementText(xml, encoding);
      else if (!activity) continue;
      else if (owner === creator) activity.device ||= elementText(xml, encoding);
      else if (activity.kind === 'route') activity.name ||= elementText(xml, encoding);
    } else if (tag === notes && activity?.kind === 'activity' && !inLap) {
      activity.name ||= elementLine(xml, encoding).slice(0, longestName).trimEnd();
    }
  }
  endActivity();

  for (const made of activities) {
    made.device ||= program;
    made.virtual ||= isVirtualDevice(made.device);
  }
  warnings.push(...refusedWarnings(refused));
  if (!rootClosed) {
    const where = cutPoint ? 'inside a point, which is left out' : 'early';
    warnings.push(`the file ends ${where}, expected </TrainingCenterDatabase>`);
    if (count === 0) {
      const reason = 'the file ends before its first whole point, expected </TrainingCenterDatabase>';
      return nothing('failed', reason, 'tcx', warnings);
    }
  } else if (bytes.indexOf('Trackpoint', xml.at, 'latin1') >= 0) {
    warnings.push(`found a second document at byte ${xml.at}, expected one: only the first was read`);
  }
  if (activities.length === 0) {
    return nothing('not-activity', 'found no Activity and no Course, expected one', 'tcx', warnings);
  }
  return {format: 'tcx', activities, points: count, first, last, warnings};
}

/**
 * Reads the Trackpoint whose start tag is at hand and goes on behind it; false where the file ends first. One that is not closed
 * ends where the next thing begins.
 */
function readTrackpoint(xml: Xml, point: Point): boolean {
  const {bytes} = xml;
  point.placed = false;
  point.lng = Number.NaN;
  point.lat = Number.NaN;
  point.time = Number.NaN;
  point.elevation = Number.NaN;
  let extended = false;
  while (nextTag(xml)) {
    const tag = xml.name;
    if (xml.closing) {
      if (tag === trackpoint) return true;
      if (tag === extensions) extended = false;
      else if (tag === track || tag === activityTag || tag === course || tag === root) {
        xml.at = xml.start;
        return true;
      }
    } else if (tag === trackpoint || tag === track || tag === activityTag || tag === course) {
      xml.at = xml.start;
      return true;
    } else if (tag === extensions) {
      extended = !xml.empty;
    } else if (extended || xml.empty) {
    } else if (tag === time) {
      plainText(xml);
      point.time = isoTime(bytes, xml.from, xml.to);
    } else if (tag === position) {
      point.placed = true;
    } else if (tag === latitude) {
      point.lat = numberText(xml);
    } else if (tag === longitude) {
      point.lng = numberText(xml);
    } else if (tag === altitude) {
      point.elevation = numberText(xml);
    }
  }
  return false;
}
