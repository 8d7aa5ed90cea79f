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
  /** Activities of the file, whatever became of them, and how many of them are in the library or are duplicates. */
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

/** What became of an activity of a file. */
type KnownActivity = {number: number; state: string; duplicateOf: number | null; forgotten: string};

/**
 * The records of all files by path as things stand: what was imported from a file may have become a duplicate of what came later. A
 * file's outcome is the best of its activities'. Two queries: thousands of single ones would take most of a build with nothing new.
 */
export function fileRecords(sql: Sql): Map<string, FileRecord> {
  const activities = new Map<string, KnownActivity[]>();
  const pathOf = new Map<number, string>();
  for (const row of sql.all(
    'SELECT path, number, state, duplicateOf, forgotten FROM activities ORDER BY path, place',
  )) {
    const path = row.path as string;
    pathOf.set(row.number as number, path);
    const others = activities.get(path);
    if (others) others.push(row as KnownActivity);
    else activities.set(path, [row as KnownActivity]);
  }
  const records = new Map<string, FileRecord>();
  for (const row of sql.all('SELECT * FROM files ORDER BY path')) {
    const path = row.path as string;
    records.set(
      path,
      recordOf(row, activities.get(path) ?? [], (number) => pathOf.get(number) as string),
    );
  }
  return records;
}

/** The record of a row of `files`; `pathOf` gives the file of another activity. */
function recordOf(row: Row, activities: KnownActivity[], pathOf: (number: number) => string): FileRecord {
  const known = activities.filter(({forgotten}) => forgotten !== 'file');
  const duplicates = known.filter(({state}) => state === 'duplicate');
  const reasons = row.reason === '' ? [] : [row.reason as string];
  if (row.sameBytes !== null && duplicates.length > 0) reasons.unshift(`same bytes as ${row.sameBytes}`);
  else {
    const winners = duplicates.map(({duplicateOf}) => duplicateOf as number);
    reasons.push(...shortened(winners.map((winner) => `the same outing as activity ${winner} of ${pathOf(winner)}`)));
  }
  const forgotten = known.filter((each) => each.forgotten === 'user');
  reasons.push(...shortened(forgotten.map(({number}) => `activity ${number} was forgotten on request`)));
  const imported = known.length - duplicates.length;
  return {
    path: row.path as string,
    size: numberOf(row, 'size'),
    modified: numberOf(row, 'modified'),
    outcome: imported > 0 ? 'imported' : duplicates.length > 0 ? 'duplicate' : (row.outcome as Outcome),
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

function shortened(reasons: string[]): string[] {
  const different = [...new Set(reasons)];
  const more = different.length - mostReasons;
  return more > 1 ? [...different.slice(0, mostReasons), `and ${more} more`] : different;
}
