import {createHash} from 'node:crypto';
import {countPoints, type Track} from '../activity.ts';
import {coverage, elect} from '../dedupe/elect.ts';
import {remainder} from '../dedupe/remainder.ts';
import {type Description, describePart} from '../describe.ts';
import {signatureSeconds} from '../signature.ts';
import {decodeTracks, encodeWhole} from '../track-blob.ts';
import {bytesOf, numberOf, type Row, type Sql} from './sql.ts';

/** A recording of the outing that is being settled. */
type Member = {
  number: number;
  hash: string;
  state: string;
  duplicateOf: number | undefined;
  seconds: number;
  meters: number;
  points: number;
  excluded: boolean;
  preferred: boolean;
  /** Whether its file has it no more. */
  gone: boolean;
};

/**
 * Decides again which recordings stand for the outings of the given points (hashes) and writes state, `duplicateOf` and remainders of
 * all that are connected with them. Returns whether anything changed.
 */
export function settle(sql: Sql, hashes: Iterable<string>): boolean {
  const settled = new Set<string>();
  let changed = false;
  for (const hash of hashes) {
    if (settled.has(hash)) continue;
    const outing = connected(sql, hash);
    for (const each of outing) settled.add(each);
    changed = settleOuting(sql, outing) || changed;
  }
  return changed;
}

/** All hashes that are connected with one through twins, itself among them. */
function connected(sql: Sql, hash: string): Set<string> {
  const found = new Set([hash]);
  for (const each of found) {
    const rows = sql.all('SELECT b AS other FROM twins WHERE a = ? UNION SELECT a FROM twins WHERE b = ?', each, each);
    for (const {other} of rows) found.add(other as string);
  }
  return found;
}

function settleOuting(sql: Sql, outing: Set<string>): boolean {
  const known = [...outing].flatMap((hash) => membersOf(sql, hash)).sort((a, b) => a.number - b.number);
  const members = known.filter(({gone}) => !gone);
  const areTwins = (a: string, b: string) =>
    sql.one('SELECT 1 FROM twins WHERE a = ? AND b = ?', a < b ? a : b, a < b ? b : a) !== undefined;
  const verdict = elect(members, areTwins);
  const winners = members.filter(({number}) => verdict.get(number) === undefined);
  for (const wish of known.filter(({gone, excluded, preferred}) => gone && excluded && preferred)) {
    inheritWish(
      sql,
      wish,
      winners.filter(({hash}) => hash === wish.hash || areTwins(hash, wish.hash)),
    );
  }
  let changed = false;
  for (const member of members) {
    const duplicateOf = verdict.get(member.number);
    const state = member.excluded ? 'excluded' : duplicateOf === undefined ? 'active' : 'duplicate';
    if (state === member.state && duplicateOf === member.duplicateOf) continue;
    sql.run(
      'UPDATE activities SET state = ?, duplicateOf = ? WHERE number = ?',
      state,
      duplicateOf ?? null,
      member.number,
    );
    Object.assign(member, {state, duplicateOf});
    changed = true;
  }
  settleRemainders(sql, members);
  return changed;
}

/**
 * Where the recording that stood for an outing was taken off the map, and its file has it no more, the outing stays off: those of its
 * other recordings that stand for it now, or for a part of it, have that wish.
 */
function inheritWish(sql: Sql, wish: Member, heirs: Member[]): void {
  if (heirs.length === 0) return;
  sql.run('UPDATE activities SET excluded = 0, preferred = 0 WHERE number = ?', wish.number);
  for (const heir of heirs) {
    sql.run(
      'UPDATE activities SET excluded = 1, preferred = iif(preferred = 0, 2, preferred) WHERE number = ?',
      heir.number,
    );
    heir.excluded = true;
  }
}

/** The recordings of given points, but those that somebody forgot. */
function membersOf(sql: Sql, hash: string): Member[] {
  const rows = sql.all(
    `SELECT number, pointHash, state, duplicateOf, samples, distance, kept, excluded, preferred, forgotten
     FROM activities WHERE pointHash = ? AND forgotten <> 'user'`,
    hash,
  );
  return rows.map((row) => ({
    number: numberOf(row, 'number'),
    hash,
    state: row.state as string,
    duplicateOf: (row.duplicateOf as number | null) ?? undefined,
    seconds: numberOf(row, 'samples') * signatureSeconds,
    meters: numberOf(row, 'distance'),
    points: numberOf(row, 'kept'),
    excluded: row.excluded === 1,
    preferred: row.preferred !== 0,
    gone: row.forgotten === 'file',
  }));
}

/**
 * Stores what only duplicates have: from the one that covers most on, each against what is drawn of the outing by then. Where
 * the winner was taken off the map, the whole outing was.
 */
function settleRemainders(sql: Sql, members: Member[]): void {
  for (const {number} of members) sql.run('DELETE FROM remainders WHERE number = ?', number);
  const duplicates = members.filter(({state}) => state === 'duplicate');
  if (duplicates.length === 0) return;
  const drawn = members.filter(({state}) => state === 'active');
  const hashes = new Set(drawn.map(({hash}) => hash));
  const active = new Set(drawn.map(({number}) => number));
  const lines = drawn.flatMap(({number}) => tracksOf(sql, number));
  const covers = coverage(duplicates);
  const order = duplicates.map((_, i) => i).sort((i, j) => covers[j] - covers[i] || i - j);
  for (const i of order) {
    const {number, hash, duplicateOf} = duplicates[i];
    if (duplicateOf === undefined || !active.has(duplicateOf) || hashes.has(hash)) continue;
    hashes.add(hash);
    const whole = tracksOf(sql, number);
    const left = remainder(whole, lines);
    if (left.length === 0) continue;
    lines.push(...left);
    const {start, offsetMinutes, distance, moving, ascent, west, south, east, north} = describeRemainder(
      sql,
      number,
      left,
      whole,
    );
    const tracks = encodeWhole(left);
    const hashOfTracks = createHash('sha256').update(tracks).digest('hex');
    sql.run(
      `INSERT INTO remainders
         (number, start, offsetMinutes, distance, moving, ascent, west, south, east, north, points, hash, tracks)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[number, start, offsetMinutes, distance, moving, ascent, west, south, east, north],
      ...[countPoints(left), hashOfTracks, tracks],
    );
  }
}

function describeRemainder(sql: Sql, number: number, left: Track[], whole: Track[]): Description {
  const row = sql.one('SELECT start, offsetMinutes FROM activities WHERE number = ?', number) as Row;
  return describePart(left, whole, {
    start: numberOf(row, 'start'),
    offsetMinutes: numberOf(row, 'offsetMinutes'),
  });
}

/** Migrates to version 5: the start of a remainder was that of its whole recording. */
export function describeRemaindersAnew(sql: Sql): void {
  for (const row of sql.all('SELECT number, tracks FROM remainders')) {
    const number = numberOf(row, 'number');
    const left = decodeTracks(bytesOf(row, 'tracks'));
    const {start, offsetMinutes} = describeRemainder(sql, number, left, tracksOf(sql, number));
    sql.run('UPDATE remainders SET start = ?, offsetMinutes = ? WHERE number = ?', start, offsetMinutes, number);
  }
}

function tracksOf(sql: Sql, number: number): Track[] {
  return decodeTracks(bytesOf(sql.one('SELECT tracks FROM activities WHERE number = ?', number) as Row, 'tracks'));
}
