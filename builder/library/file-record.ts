import type {Outcome} from '../import-file.ts';
import {numberOf, type Sql} from './sql.ts';

/** What the library remembers of a source file. Times in ms since 1970 UTC, NaN where there are none. */
export type FileRecord = {
  path: string;
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

/**
 * The record of a file as things stand: what was imported from it may have become a duplicate of what came later. A file's outcome
 * is the best of its activities'. Undefined where the file is unknown.
 */
export function fileRecord(sql: Sql, path: string): FileRecord | undefined {
  const row = sql.one('SELECT * FROM files WHERE path = ?', path);
  if (!row) return undefined;
  const known = sql.all(
    `SELECT a.number, a.state, a.duplicateOf, a.forgotten, w.path AS winner
     FROM activities a LEFT JOIN activities w ON w.number = a.duplicateOf
     WHERE a.path = ? AND a.forgotten <> 'file' ORDER BY a.place`,
    path,
  );
  const duplicates = known.filter(({state}) => state === 'duplicate');
  const reasons = row.reason === '' ? [] : [row.reason as string];
  if (row.sameBytes !== null && duplicates.length > 0) reasons.unshift(`same bytes as ${row.sameBytes}`);
  else
    reasons.push(
      ...shortened(duplicates.map((each) => `the same outing as activity ${each.duplicateOf} of ${each.winner}`)),
    );
  const forgotten = known.filter((each) => each.forgotten === 'user');
  reasons.push(...shortened(forgotten.map(({number}) => `activity ${number} was forgotten on request`)));
  const imported = known.length - duplicates.length;
  return {
    path,
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
