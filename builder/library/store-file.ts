import {existsSync} from 'node:fs';
import {dedupe} from '../dedupe.ts';
import type {ImportedActivity, ImportedFile, Outcome} from '../import-file.ts';
import type {SourceFile} from '../scan.ts';
import {decodeSignature} from '../signature.ts';
import {candidates, dayOfSample, recordingOf} from './recordings.ts';
import {settle} from './settle.ts';
import {bytesOf, numberOf, type Row, type Sql, type Value} from './sql.ts';

/** An activity that a file had when it was last stored. */
type Known = {number: number; forgotten: string};

/**
 * Stores what importing a file gave and settles which recordings stand for its outings. Activities that it had before keep their
 * numbers; those that it has no more are forgotten. Returns whether anything in the
 * library changed.
 */
export function storeFile(sql: Sql, source: SourceFile, file: ImportedFile): boolean {
  adoptMoved(sql, source.path, file.sha256);
  const before = activitiesOf(sql, source.path);
  const fresh: number[] = [];
  const touched = new Set<string>();
  file.activities.forEach((activity, place) => {
    const known = before.get(activity.pointHash)?.shift();
    if (known?.forgotten === '') {
      if (refresh(sql, known.number, activity, place)) touched.add(activity.pointHash);
      return;
    }
    const unwanted = known ? known.forgotten === 'user' : isForgotten(sql, activity.pointHash);
    const columns = {...factsOf(activity), path: source.path, place, ...(unwanted ? stub : shown)};
    const number = known ? update(sql, known.number, columns) : insert(sql, {...columns, excluded: 0, preferred: 0});
    if (unwanted) return;
    indexDays(sql, number, activity);
    fresh.push(number);
    touched.add(activity.pointHash);
  });
  // Before what the file has no more is forgotten: a recording that was changed is known by the one it was.
  for (const number of fresh) findTwins(sql, number);
  for (const [hash, gone] of before) {
    for (const {number, forgotten} of gone) {
      if (forgotten !== '') continue;
      forget(sql, number, 'file');
      touched.add(hash);
    }
  }
  remember(sql, source, file);
  return settle(sql, touched) || touched.size > 0;
}

/** What a forgotten activity is known again by; nothing that was recorded is left. `why` is `user` or `file`. */
const stub = {state: 'forgotten', forgotten: 'user', ...emptied()};
const shown = {state: '', forgotten: ''};

function emptied() {
  return {
    duplicateOf: null,
    sport: 'other',
    name: '',
    device: '',
    gear: '',
    commute: 0,
    listed: 0,
    start: null,
    offsetMinutes: null,
    duration: null,
    distance: null,
    moving: null,
    ascent: null,
    points: 0,
    kept: 0,
    removed: '{}',
    west: null,
    south: null,
    east: null,
    north: null,
    samples: 0,
    firstSample: null,
    lastSample: null,
    signature: null,
    tracks: null,
  };
}

/**
 * Takes an activity out of the library, all but what it is known again by. `file`: its file has it no more; should that change, it
 * is what it was.
 */
export function forget(sql: Sql, number: number, why: 'user' | 'file'): void {
  update(sql, number, {...stub, forgotten: why});
  sql.run('DELETE FROM days WHERE number = ?', number);
  sql.run('DELETE FROM remainders WHERE number = ?', number);
  sql.run('DELETE FROM cuts WHERE number = ?', number);
}

/** A file that lies elsewhere now keeps its activities: same bytes, and nothing at the path where they were. */
function adoptMoved(sql: Sql, path: string, sha256: string): void {
  if (sha256 === '' || sql.one('SELECT 1 FROM files WHERE path = ?', path)) return;
  const twins = sql.all('SELECT path, archive FROM files WHERE sha256 = ? AND activities > 0 ORDER BY path', sha256);
  const moved = twins.find((twin) => !existsSync((twin.archive ?? twin.path) as string));
  if (!moved) return;
  sql.run('UPDATE activities SET path = ? WHERE path = ?', path, moved.path as string);
  sql.run('DELETE FROM files WHERE path = ?', moved.path as string);
}

/** Activities that a file had, by point hash, in the order of their places. */
function activitiesOf(sql: Sql, path: string): Map<string, Known[]> {
  const found = new Map<string, Known[]>();
  for (const row of sql.all(
    'SELECT number, pointHash, forgotten FROM activities WHERE path = ? ORDER BY place',
    path,
  )) {
    const list = found.get(row.pointHash as string) ?? [];
    list.push({number: numberOf(row, 'number'), forgotten: row.forgotten as string});
    found.set(row.pointHash as string, list);
  }
  return found;
}

/** Whether somebody forgot these points and nobody wants them since: they stay forgotten under any name. */
function isForgotten(sql: Sql, hash: string): boolean {
  const rows = sql.all('SELECT forgotten FROM activities WHERE pointHash = ?', hash);
  return rows.some(({forgotten}) => forgotten === 'user') && rows.every(({forgotten}) => forgotten !== '');
}

/**
 * What a changed file tells of an activity that it still has; returns whether that is anything new. Number and name stay; what an
 * export's table told stays where the file is read without it.
 */
function refresh(sql: Sql, number: number, activity: ImportedActivity, place: number): boolean {
  const {duplicateOf, imported, ...told} = factsOf(activity);
  const before = sql.one('SELECT * FROM activities WHERE number = ?', number) as Row;
  const columns: Record<string, Value> = {...told, place};
  if (before.name) columns.name = before.name as string;
  const isListed = before.listed === 1 && !activity.listed;
  if (isListed) for (const name of ['listed', 'sport', 'gear', 'commute']) columns[name] = before[name] as Value;
  const changed = Object.keys(columns).filter((name) => !isEqual(before[name], columns[name]));
  if (changed.length === 0) return false;
  // Points of equal hash may differ by its rounding, and in elevation: other tracks are another version.
  update(sql, number, changed.includes('tracks') ? {...columns, imported} : columns);
  if (changed.includes('signature')) {
    sql.run('DELETE FROM days WHERE number = ?', number);
    indexDays(sql, number, activity);
  }
  return true;
}

/** Whether a column holds a value. */
function isEqual(stored: unknown, value: Value): boolean {
  if (value instanceof Uint8Array) return stored !== null && Buffer.compare(bytesOf({stored}, 'stored'), value) === 0;
  return typeof value === 'number' && Number.isNaN(value) ? stored === null : stored === value;
}

function factsOf(activity: ImportedActivity): Record<string, Value> {
  const sample = activity.signature && decodeSignature(activity.signature);
  return {
    duplicateOf: null,
    sport: activity.sport,
    name: activity.name,
    device: activity.device,
    gear: activity.gear,
    commute: activity.commute ? 1 : 0,
    listed: activity.listed ? 1 : 0,
    start: activity.start,
    offsetMinutes: activity.offsetMinutes,
    duration: activity.duration,
    distance: activity.distance,
    moving: activity.moving,
    ascent: activity.ascent,
    west: activity.west,
    south: activity.south,
    east: activity.east,
    north: activity.north,
    points: activity.points,
    kept: activity.kept,
    removed: JSON.stringify(activity.removed),
    imported: Date.now(),
    pointHash: activity.pointHash,
    samples: sample ? sample.at.length : 0,
    firstSample: sample ? sample.at[0] : null,
    lastSample: sample ? sample.at[sample.at.length - 1] : null,
    signature: activity.signature ?? null,
    tracks: activity.tracks,
  };
}

function insert(sql: Sql, columns: Record<string, Value>): number {
  const names = Object.keys(columns);
  return sql.insert(
    `INSERT INTO activities (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    ...Object.values(columns),
  );
}

function update(sql: Sql, number: number, columns: Record<string, Value>): number {
  const names = Object.keys(columns);
  sql.run(
    `UPDATE activities SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE number = ?`,
    ...Object.values(columns),
    number,
  );
  return number;
}

function indexDays(sql: Sql, number: number, {signature}: ImportedActivity): void {
  if (!signature) return;
  const days = new Set<number>();
  for (const sample of decodeSignature(signature).at) days.add(dayOfSample(sample));
  for (const day of days) sql.run('INSERT OR IGNORE INTO days VALUES (?, ?)', day, number);
}

/** Remembers which others are recordings of a new activity's outing. Equal points need no search: what they found, it has. */
function findTwins(sql: Sql, number: number): void {
  const recording = recordingOf(sql, number);
  const {hash} = recording;
  const equal = sql.one(
    "SELECT 1 FROM activities WHERE pointHash = ? AND number < ? AND forgotten = '' LIMIT 1",
    hash,
    number,
  );
  if (equal) return;
  for (const twin of dedupe(recording, candidates(sql, recording))) {
    const first = hash < twin.hash;
    sql.run(
      'INSERT OR REPLACE INTO twins VALUES (?, ?, ?, ?, ?)',
      ...[
        first ? hash : twin.hash,
        first ? twin.hash : hash,
        twin.by,
        twin.share,
        first ? twin.minutes : -twin.minutes,
      ],
    );
  }
}

function remember(sql: Sql, source: SourceFile, file: ImportedFile): void {
  const count = (outcome: Outcome) => file.leftOut.filter((each) => each.outcome === outcome).length;
  const noPosition = count('no-position');
  const notActivity = count('not-activity');
  const reasons = [...file.warnings, ...file.leftOut.map(({reason}) => reason), ...(file.reason ? [file.reason] : [])];
  const twin =
    file.sha256 === ''
      ? undefined
      : sql.one(
          'SELECT path FROM files WHERE sha256 = ? AND path <> ? AND activities > 0 ORDER BY path LIMIT 1',
          file.sha256,
          source.path,
        );
  const columns: Record<string, Value> = {
    path: source.path,
    archive: source.archive ?? null,
    size: source.size,
    modified: source.modified,
    sha256: file.sha256,
    format: file.format ?? null,
    outcome: noPosition > 0 ? 'no-position' : notActivity > 0 ? 'not-activity' : (file.outcome ?? 'not-activity'),
    reason: [...new Set(reasons)].join('; '),
    sameBytes: (twin?.path as string | undefined) ?? null,
    activities: file.activities.length + file.leftOut.length,
    noPosition,
    notActivity,
    points: file.points,
    kept: file.activities.reduce((sum, {kept}) => sum + kept, 0),
    first: file.first,
    last: file.last,
  };
  const names = Object.keys(columns);
  sql.run(
    `INSERT OR REPLACE INTO files (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    ...Object.values(columns),
  );
}
