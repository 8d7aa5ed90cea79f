import type {Outcome} from '../import-file.ts';
import {numberOf, type Row, type Sql} from './sql.ts';

/** What the library remembers of a source file. Times in ms since 1970 UTC, NaN where there are none. */
export type FileRecord = {
  path: string;
  /** As the scan found the file when it was stored. */
  size: number;
  modified: number;
  outcome: Outcome;
  reason: string;
  /** Activities of the file, whatever became of them, and how many of them are in the library, as duplicates or not. */
  activities: number;
  imported: number;
  duplicates: number;
  noPosition: number;
  notActivity: number;
  points: number;
  kept: number;
  first: number;
  last: number;
};

/** A file of 4,000 duplicates does not name each. */
const mostReasons = 5;

/** What became of an activity of a file; `winner` is the file of the recording that stands for its outing. */
type KnownActivity = {number: number; state: string; duplicateOf: number | null; forgotten: string; winner: string};

/** What tells whether a file is to be read again. */
export type KnownFile = Pick<FileRecord, 'size' | 'modified' | 'reason' | 'points'>;

/** All files by path as they were stored, without what became of their activities since. */
export function knownFiles(sql: Sql): Map<string, KnownFile> {
  const rows = sql.all('SELECT path, size, modified, reason, points FROM files');
  return new Map(rows.map(({path, ...known}) => [path as string, known as KnownFile]));
}

/**
 * The records of files (of all unless paths are given) by path as things stand: what was imported from a file may have become a
 * duplicate of what came later. A file's outcome is the best of its activities'. Two queries, however many files.
 */
export function fileRecords(sql: Sql, paths?: string[]): Map<string, FileRecord> {
  const wanted = paths ? 'WHERE a.path IN (SELECT value FROM json_each(?))' : '';
  const values = paths ? [JSON.stringify(paths)] : [];
  const activities = new Map<string, KnownActivity[]>();
  for (const row of sql.all(
    `SELECT a.path, a.number, a.state, a.duplicateOf, a.forgotten, w.path AS winner
     FROM activities a LEFT JOIN activities w ON w.number = a.duplicateOf ${wanted} ORDER BY a.path, a.place`,
    ...values,
  )) {
    const others = activities.get(row.path as string);
    if (others) others.push(row as KnownActivity);
    else activities.set(row.path as string, [row as KnownActivity]);
  }
  const rows = sql.all(`SELECT * FROM files a ${wanted} ORDER BY path`, ...values);
  return new Map(rows.map((row) => [row.path as string, recordOf(row, activities.get(row.path as string) ?? [])]));
}

/** The record of a row of `files`. */
function recordOf(row: Row, activities: KnownActivity[]): FileRecord {
  const known = activities.filter(({forgotten}) => forgotten === '');
  const duplicates = known.filter(({state}) => state === 'duplicate');
  const reasons = row.reason === '' ? [] : [row.reason as string];
  if (row.sameBytes !== null && duplicates.length > 0) reasons.unshift(`same bytes as ${row.sameBytes}`);
  else {
    reasons.push(
      ...shortened(duplicates.map((each) => `the same outing as activity ${each.duplicateOf} of ${each.winner}`)),
    );
  }
  const forgotten = activities.filter((each) => each.forgotten === 'user');
  reasons.push(...shortened(forgotten.map(({number}) => `activity ${number} was forgotten on request`)));
  const imported = known.length - duplicates.length;
  return {
    path: row.path as string,
    size: numberOf(row, 'size'),
    modified: numberOf(row, 'modified'),
    outcome: outcomeOf(row, imported, duplicates.length, forgotten.length),
    reason: reasons.join('; '),
    activities: numberOf(row, 'activities'),
    imported,
    duplicates: duplicates.length,
    noPosition: numberOf(row, 'noPosition'),
    notActivity: numberOf(row, 'notActivity'),
    points: numberOf(row, 'points'),
    kept: numberOf(row, 'kept'),
    first: numberOf(row, 'first'),
    last: numberOf(row, 'last'),
  };
}

/** The best outcome of a file's activities, of these three first. */
function outcomeOf(row: Row, imported: number, duplicates: number, forgotten: number): Outcome {
  if (imported > 0) return 'imported';
  if (duplicates > 0) return 'duplicate';
  return forgotten > 0 ? 'forgotten' : (row.outcome as Outcome);
}

/** The record of a file that could not be read, which is in no library. */
export function unreadRecord(path: string, reason: string): FileRecord {
  return {
    path,
    size: Number.NaN,
    modified: Number.NaN,
    outcome: 'failed',
    reason,
    activities: 0,
    imported: 0,
    duplicates: 0,
    noPosition: 0,
    notActivity: 0,
    points: 0,
    kept: 0,
    first: Number.NaN,
    last: Number.NaN,
  };
}

function shortened(reasons: string[]): string[] {
  const different = [...new Set(reasons)];
  const more = different.length - mostReasons;
  return more > 1 ? [...different.slice(0, mostReasons), `and ${more} more`] : different;
}
