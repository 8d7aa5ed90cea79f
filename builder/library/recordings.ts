import {otherClockMeasures} from '../dedupe/other-clock.ts';
import type {Recording} from '../dedupe.ts';
import {degrees} from '../dedupe.ts';
import {decodeSignature, signatureSeconds} from '../signature.ts';
import {decodeTracks} from '../track-blob.ts';
import {bytesOf, numberOf, type Row, type Sql} from './sql.ts';

const samplesPerDay = 86_400 / signatureSeconds;

/** The UTC day of a sample. */
export function dayOfSample(sample: number): number {
  return Math.floor(sample / samplesPerDay);
}

const columns = `number, pointHash, start, duration, samples, firstSample, lastSample, west, south, east, north`;

/** An activity of the library as comparing wants it. Blobs are read when they are asked for, once. */
export function recordingOf(sql: Sql, number: number): Recording {
  return recording(sql, sql.one(`SELECT ${columns} FROM activities WHERE number = ?`, number) as Row);
}

/**
 * The activities that may be recordings of the same outing as the given one, each set of equal points once: those of the days
 * on which it can have been by any time zone, and, where one of both has no times, those in the same box.
 */
export function candidates(sql: Sql, of: Recording): Recording[] {
  const rows = Number.isNaN(of.duration) ? inBox(sql, of, '') : [...inDays(sql, of), ...inBox(sql, of, UNTIMED)];
  return rows.map((row) => recording(sql, row));
}

const UNTIMED = 'AND (duration IS NULL OR duration = 0)';

function inDays(sql: Sql, {samples, firstSample, lastSample, hash}: Recording): Row[] {
  if (samples === 0) return [];
  const zones = (otherClockMeasures.hours * 3600) / signatureSeconds;
  return sql.all(
    `SELECT ${columns} FROM activities
     WHERE number IN (SELECT number FROM days WHERE day BETWEEN ? AND ?) AND forgotten = '' AND pointHash <> ?
     GROUP BY pointHash ORDER BY number`,
    dayOfSample(firstSample - zones),
    dayOfSample(lastSample + zones),
    hash,
  );
}

function inBox(sql: Sql, of: Recording, also: string): Row[] {
  const [lng, lat] = degrees(of);
  return sql.all(
    `SELECT ${columns} FROM activities
     WHERE west BETWEEN ? AND ? AND south BETWEEN ? AND ? AND east BETWEEN ? AND ? AND north BETWEEN ? AND ?
       ${also} AND forgotten = '' AND pointHash <> ?
     GROUP BY pointHash ORDER BY number`,
    of.west - lng,
    of.west + lng,
    of.south - lat,
    of.south + lat,
    of.east - lng,
    of.east + lng,
    of.north - lat,
    of.north + lat,
    of.hash,
  );
}

function recording(sql: Sql, row: Row): Recording {
  const number = numberOf(row, 'number');
  const blobs = once(() => sql.one('SELECT signature, tracks FROM activities WHERE number = ?', number) as Row);
  return {
    hash: row.pointHash as string,
    start: numberOf(row, 'start'),
    // A clock that stands still tells no time.
    duration: numberOf(row, 'duration') || Number.NaN,
    samples: numberOf(row, 'samples'),
    firstSample: numberOf(row, 'firstSample'),
    lastSample: numberOf(row, 'lastSample'),
    west: numberOf(row, 'west'),
    south: numberOf(row, 'south'),
    east: numberOf(row, 'east'),
    north: numberOf(row, 'north'),
    signature: once(() => decodeSignature(bytesOf(blobs(), 'signature'))),
    tracks: once(() => decodeTracks(bytesOf(blobs(), 'tracks'))),
  };
}

function once<T>(make: () => T): () => T {
  let made: {value: T} | undefined;
  return () => {
    made ??= {value: make()};
    return made.value;
  };
}
