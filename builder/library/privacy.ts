import {randomBytes} from 'node:crypto';
import {numberOf, type Row, type Sql} from './sql.ts';

/** A privacy zone as it was asked for: a circle of ground metres around a place in degrees. Numbers are never used again. */
export type Zone = {number: number; name: string; lng: number; lat: number; radius: number};

/** Zones by number. */
export function zonesIn(sql: Sql): Zone[] {
  return sql.all('SELECT number, name, lng, lat, radius FROM zones ORDER BY number').map((row) => ({
    number: numberOf(row, 'number'),
    name: row.name as string,
    lng: numberOf(row, 'lng'),
    lat: numberOf(row, 'lat'),
    radius: numberOf(row, 'radius'),
  }));
}

/** Adds a zone and gives its number; with the first one the library gets its secret. */
export function addZone(sql: Sql, {name, lng, lat, radius}: Omit<Zone, 'number'>): number {
  sql.run("INSERT OR IGNORE INTO facts VALUES ('secret', ?)", randomBytes(32).toString('hex'));
  sql.run('INSERT INTO zones (name, lng, lat, radius) VALUES (?, ?, ?, ?)', name, lng, lat, radius);
  return numberOf(sql.one('SELECT max(number) AS number FROM zones') as Row, 'number');
}

/** What the shapes of zones are made from. It never leaves library.db: who has it knows the places from the shapes. */
export function secretIn(sql: Sql): Uint8Array {
  const row = sql.one("SELECT value FROM facts WHERE key = 'secret'");
  if (!row) throw new Error('library.db has zones but no secret: it was changed by another program');
  return Buffer.from(row.value as string, 'hex');
}

/**
 * What privacy left of a row of the archive when it was last cut: remembered, so that an update need not cut everything to know
 * what has changed. `key` is that of all it depends on, `hash` tells the tracks that are left; `points` is 0 where nothing is.
 */
export type CutFacts = {
  number: number;
  key: string;
  hash: string;
  start: number;
  offsetMinutes: number;
  distance: number;
  moving: number;
  ascent: number;
  points: number;
  bounds: [west: number, south: number, east: number, north: number];
};

/** What is remembered of cut rows, by number. */
export function cutsIn(sql: Sql): Map<number, CutFacts> {
  const rows = sql.all('SELECT * FROM cuts');
  return new Map(
    rows.map((row) => {
      const value = (column: string) => numberOf(row, column);
      const facts: CutFacts = {
        number: value('number'),
        key: row.key as string,
        hash: row.hash as string,
        start: value('start'),
        offsetMinutes: value('offsetMinutes'),
        distance: value('distance'),
        moving: value('moving'),
        ascent: value('ascent'),
        points: value('points'),
        bounds: [value('west'), value('south'), value('east'), value('north')],
      };
      return [facts.number, facts];
    }),
  );
}

/** Remembers what is new of cut rows, and forgets those of numbers that are not cut any more. */
export function putCuts(sql: Sql, fresh: CutFacts[], gone: number[]): void {
  for (const number of gone) sql.run('DELETE FROM cuts WHERE number = ?', number);
  for (const {number, key, hash, start, offsetMinutes, distance, moving, ascent, points, bounds} of fresh) {
    sql.run(
      'INSERT OR REPLACE INTO cuts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      ...[number, key, hash, start, offsetMinutes, distance, moving, ascent, points, ...bounds],
    );
  }
}
