import {createHash} from 'node:crypto';
import {unknownDay} from '../core/activity-table.ts';
import {sportIndex} from '../core/sports.ts';
import {localDay} from './describe.ts';
import type {Library, StoredActivity} from './library.ts';
import type {RowFacts} from './row-facts.ts';

/** An activity without its tracks, and the key of what its tiles show. */
export type Row = Omit<StoredActivity, 'tracks'> & {key: string};

/** The rows of an archive: a library's active activities by number. */
export function readRows(library: Library): Row[] {
  const rows: Row[] = [];
  for (const {tracks, ...facts} of library.activities()) {
    const hash = createHash('sha1').update(tracks).digest('base64url');
    rows.push({...facts, key: `${hash} ${facts.sport} ${localDay(facts) ?? ''}`});
  }
  return rows;
}

/** What the encoder needs of each row. */
export function rowFacts(rows: Row[]): RowFacts {
  const shared = (bytes: number) => new SharedArrayBuffer(bytes * rows.length);
  const facts = {
    id: new Float64Array(shared(8)),
    sport: new Uint8Array(shared(1)),
    day: new Int32Array(shared(4)),
    unknownDay,
  };
  rows.forEach((row, i) => {
    facts.id[i] = row.number;
    facts.sport[i] = sportIndex(row.sport);
    facts.day[i] = localDay(row) ?? unknownDay;
  });
  return facts;
}
