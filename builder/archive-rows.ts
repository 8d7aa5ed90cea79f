import {createHash} from 'node:crypto';
import {unknownDay} from '../core/activity-table.ts';
import {sportIndex} from '../core/sports.ts';
import {localDay} from './describe.ts';
import type {CutFacts, Library, StoredActivity, StoredFacts} from './library.ts';
import {cutActivity, type Privacy, privacyOf, privacyVersion, shapesMet} from './privacy/cut-activity.ts';
import type {RowFacts} from './row-facts.ts';

/** An activity as privacy leaves it, and the key of what its tiles show. */
export type Row = Omit<StoredFacts, 'version'> & {key: string};

/**
 * The rows of an archive: what privacy leaves of a library's active activities, by number. What was cut is remembered in the
 * library and cut again only where it, or what it is cut by, has changed: tracks are read of no other.
 */
export function readRows(library: Library): Row[] {
  const privacy = privacyOf(library);
  const known = library.cuts();
  const fresh: CutFacts[] = [];
  const rows: Row[] = [];
  for (const {version, ...facts} of library.drawn()) {
    const meets = cutKey(facts, version, privacy);
    if (meets === undefined) {
      rows.push({...facts, key: rowKey(facts, version)});
      continue;
    }
    let cut = known.get(facts.number);
    known.delete(facts.number);
    if (cut?.key !== meets) {
      const whole = library.activity(facts.number);
      if (!whole) continue;
      cut = cutFacts(whole, cutActivity(whole, privacy), meets);
      fresh.push(cut);
    }
    if (cut.points === 0) continue;
    const {key, hash, ...changed} = cut;
    const row = {...facts, ...changed};
    rows.push({...row, key: rowKey(row, hash)});
  }
  library.putCuts(fresh, [...known.keys()]);
  return rows;
}

/** Changes with everything that the tiles show of a row; `version` changes with its tracks. */
function rowKey(facts: Pick<StoredFacts, 'sport' | 'start' | 'offsetMinutes'>, version: string): string {
  return `${version} ${facts.sport} ${localDay(facts) ?? ''}`;
}

/** Changes with everything that decides how an activity is cut; undefined where nothing cuts it. */
function cutKey(facts: Omit<StoredFacts, 'version'>, version: string, privacy: Privacy): string | undefined {
  const shapes = shapesMet(facts, privacy);
  if (privacy.trimMeters <= 0 && shapes.length === 0) return undefined;
  const corners = shapes.map(({lng, cornerLng, cornerLat}) => [lng, ...cornerLng, ...cornerLat].join(' ')).join('; ');
  const {start, offsetMinutes, distance, moving, ascent, points} = facts;
  const told = [start, offsetMinutes, distance, moving, ascent, points].join(' ');
  return hashOf(Buffer.from(`${privacyVersion}; ${version}; ${told}; ${privacy.trimMeters} m; ${corners}`));
}

function cutFacts(whole: StoredActivity, left: StoredActivity | undefined, key: string): CutFacts {
  const {number} = whole;
  if (left) {
    const {start, offsetMinutes, distance, moving, ascent, points, bounds} = left;
    const hash = left === whole ? whole.version : hashOf(left.tracks);
    return {number, key, hash, start, offsetMinutes, distance, moving, ascent, points, bounds};
  }
  const none = Number.NaN;
  const facts = {start: none, offsetMinutes: none, distance: none, moving: none, ascent: none, points: 0};
  return {number, key, hash: '', ...facts, bounds: [none, none, none, none]};
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('base64url');
}

/** West, south, east, north of rows, in degrees; undefined where there are none. */
export function rowBounds(rows: Row[]): StoredFacts['bounds'] | undefined {
  if (rows.length === 0) return undefined;
  const bounds: StoredFacts['bounds'] = [180, 90, -180, -90];
  for (const {bounds: each} of rows) {
    bounds[0] = Math.min(bounds[0], each[0]);
    bounds[1] = Math.min(bounds[1], each[1]);
    bounds[2] = Math.max(bounds[2], each[2]);
    bounds[3] = Math.max(bounds[3], each[3]);
  }
  return bounds;
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
