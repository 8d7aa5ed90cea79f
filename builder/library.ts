import {existsSync, mkdirSync} from 'node:fs';
import path from 'node:path';
import type Database from 'libsql';
import type {ImportedFile} from './import-file.ts';
import {type ActivityFacts, allFacts, factsOf, type OtherRecording, otherRecordings} from './library/facts.ts';
import {type FileRecord, fileRecords, type KnownFile, knownFiles} from './library/file-record.ts';
import {type Access, openDatabase} from './library/open-database.ts';
import {addZone, type CutFacts, cutsIn, putCuts, secretIn, type Zone, zonesIn} from './library/privacy.ts';
import {settle} from './library/settle.ts';
import {bytesOf, numberOf, type Row, type Sql} from './library/sql.ts';
import {forget, storeFile} from './library/store-file.ts';
import type {SourceFile} from './scan.ts';

export type {ActivityFacts, OtherRecording, State} from './library/facts.ts';
export type {FileRecord, KnownFile} from './library/file-record.ts';
export type {Access} from './library/open-database.ts';
export type {CutFacts, Zone} from './library/privacy.ts';

/** One row of an archive as a build takes it: an activity, or what only a duplicate has. */
export type StoredFacts = {
  number: number;
  sport: string;
  name: string;
  gear: string;
  commute: boolean;
  start: number;
  offsetMinutes: number;
  distance: number;
  moving: number;
  ascent: number;
  points: number;
  /** Degrees. */
  bounds: [west: number, south: number, east: number, north: number];
  /** Changes with the tracks. */
  version: string;
};

/** The same with the encoded tracks. */
export type StoredActivity = StoredFacts & {tracks: Uint8Array};

/** Whether a data folder has a library. */
export function hasLibrary(folder: string): boolean {
  return existsSync(libraryPath(folder));
}

function libraryPath(folder: string): string {
  return path.join(folder, 'library.db');
}

/**
 * The library: every imported activity with its whole tracks, in one SQLite file. Each file is stored in one transaction,
 * so that a kill loses at most the files in hand. States of an activity: see {@link ActivityFacts}.
 */
export class Library {
  private readonly db: Database.Database;
  private readonly sql: Sql;
  private readonly access: Access;

  /** Opens library.db in a data folder; for writing both are made where they are missing. */
  constructor(folder: string, access: Access = 'write') {
    if (access === 'write') mkdirSync(folder, {recursive: true});
    this.access = access;
    ({db: this.db, sql: this.sql} = openDatabase(libraryPath(folder), access));
  }

  /** Closes the library; what was written lies in library.db alone then. */
  close(): void {
    try {
      if (this.access === 'write') this.sql.all('PRAGMA wal_checkpoint(TRUNCATE)');
    } finally {
      this.db.close();
    }
  }

  /** Stores what importing a file gave, in one transaction. How the file ended is known when all are stored: {@link files}. */
  store(source: SourceFile, file: ImportedFile): void {
    this.change(() => storeFile(this.sql, source, file));
  }

  /** Rows of an archive by number: active activities, and what only duplicates have. Tracks are read by {@link activity} alone. */
  drawn(): StoredFacts[] {
    return this.sql.all(`SELECT ${factColumns} FROM drawn ORDER BY number`).map(storedFacts);
  }

  /** One of {@link drawn}, with its tracks; undefined where it has been taken off the map since. */
  activity(number: number): StoredActivity | undefined {
    const row = this.sql.one(`SELECT ${factColumns}, tracks FROM drawn WHERE number = ?`, number);
    return row && {...storedFacts(row), tracks: bytesOf(row, 'tracks')};
  }

  /** Time of the newest import of what {@link drawn} gives, ms since 1970 UTC; undefined where that is nothing. */
  newestImport(): number | undefined {
    const row = this.sql.one('SELECT max(imported) newest FROM drawn') as Row;
    return (row.newest as number | null) ?? undefined;
  }

  /** How many rows {@link drawn} gives. */
  activeCount(): number {
    return (this.sql.one('SELECT count(*) n FROM drawn') as Row).n as number;
  }

  /** How many activities the map shows: the active ones that privacy left something of when the archive was last written. */
  shownCount(): number {
    const hidden = 'SELECT number FROM cuts WHERE points = 0';
    const row = this.sql.one(`SELECT count(*) n FROM activities WHERE state = 'active' AND number NOT IN (${hidden})`);
    return (row as Row).n as number;
  }

  /** Grows with every change of what is active: an archive of the same revision is up to date. */
  revision(): number {
    return Number(this.fact('revision') ?? 0);
  }

  /** A remembered word about the library itself. */
  fact(key: string): string | undefined {
    return this.sql.one('SELECT value FROM facts WHERE key = ?', key)?.value as string | undefined;
  }

  setFact(key: string, value: string): void {
    this.sql.run('INSERT OR REPLACE INTO facts VALUES (?, ?)', key, value);
  }

  /** All activities by number, of any state, without their points. */
  list(): ActivityFacts[] {
    return allFacts(this.sql);
  }

  /** One activity, and the other recordings of its outing; undefined where there is none of that number. */
  show(number: number): {activity: ActivityFacts; others: OtherRecording[]} | undefined {
    const activity = factsOf(this.sql, number);
    return activity && {activity, others: otherRecordings(this.sql, number)};
  }

  /** What was known of all files when they were last read, by path. */
  knownFiles(): Map<string, KnownFile> {
    return knownFiles(this.sql);
  }

  /** The records of files as things stand, by path: of all unless paths are given. */
  files(paths?: string[]): Map<string, FileRecord> {
    return fileRecords(this.sql, paths);
  }

  /** Takes activities off the map. One that stood for its outing takes the outing with it: no duplicate comes forth. */
  exclude(numbers: number[]): void {
    this.edit(numbers, (number) => {
      this.sql.run(
        `UPDATE activities SET excluded = 1, preferred = iif(preferred = 0 AND state = 'active', 2, preferred)
         WHERE number = ? AND forgotten = ''`,
        number,
      );
    });
  }

  /**
   * Brings activities back that were excluded or forgotten. The data of a forgotten one are gone: its file is read again with the
   * next build that comes upon it. Returns the files for which that is so.
   */
  include(numbers: number[]): string[] {
    const reread = new Set<string>();
    this.edit(numbers, (number) => {
      const {path, archive, forgotten} = this.sql.one(
        'SELECT a.path, a.forgotten, f.archive FROM activities a LEFT JOIN files f ON f.path = a.path WHERE number = ?',
        number,
      ) as Row;
      this.sql.run(
        `UPDATE activities SET excluded = 0, preferred = iif(preferred = 2, 0, preferred),
         forgotten = iif(forgotten = '', '', 'file') WHERE number = ?`,
        number,
      );
      if (forgotten === '') return;
      this.sql.run('DELETE FROM files WHERE path = ?', path as string);
      reread.add((archive ?? path) as string);
    });
    return [...reread];
  }

  /** Takes activities out of the library. Their files, and others with the same points, do not bring them back. */
  forget(numbers: number[]): void {
    this.edit(numbers, (number) => forget(this.sql, number, 'user'));
  }

  /** Makes activities stand for their outings instead of the recordings whose duplicates they are. */
  prefer(numbers: number[]): void {
    this.edit(numbers, (number) => {
      for (const {number: other} of otherRecordings(this.sql, number)) {
        this.sql.run('UPDATE activities SET preferred = 0 WHERE number = ?', other);
      }
      this.sql.run('UPDATE activities SET preferred = 1 WHERE number = ?', number);
    });
  }

  /** Forgets the activities of files that are not there any more, and the files; returns how many of both. */
  prune(isThere: (path: string, archive: string | undefined) => boolean): {files: number; activities: number} {
    const files = this.sql
      .all('SELECT path, archive FROM files ORDER BY path')
      .filter(({path, archive}) => !isThere(path as string, (archive as string | null) ?? undefined));
    let activities = 0;
    this.change(() => {
      const touched = new Set<string>();
      for (const {path} of files) {
        const rows = this.sql.all(
          "SELECT number, pointHash FROM activities WHERE path = ? AND forgotten = ''",
          path as string,
        );
        for (const row of rows) {
          forget(this.sql, numberOf(row, 'number'), 'file');
          touched.add(row.pointHash as string);
        }
        activities += rows.length;
        this.sql.run('DELETE FROM files WHERE path = ?', path as string);
      }
      settle(this.sql, touched);
      return touched.size > 0;
    });
    return {files: files.length, activities};
  }

  /** Privacy zones by number. */
  zones(): Zone[] {
    return zonesIn(this.sql);
  }

  /** Adds a privacy zone and gives its number. */
  addZone(zone: Omit<Zone, 'number'>): number {
    let number = 0;
    this.change(() => {
      number = addZone(this.sql, zone);
      return true;
    });
    return number;
  }

  /** Removes a privacy zone. */
  removeZone(number: number): void {
    this.change(() => {
      if (!this.sql.one('SELECT 1 FROM zones WHERE number = ?', number)) throw new Error(`there is no zone ${number}`);
      this.sql.run('DELETE FROM zones WHERE number = ?', number);
      return true;
    });
  }

  /** Ground metres that are taken off both ends of each activity on its way out of the library. */
  trimMeters(): number {
    return Number(this.fact('trimMeters') ?? 0);
  }

  setTrimMeters(meters: number): void {
    this.change(() => {
      this.setFact('trimMeters', String(meters));
      return true;
    });
  }

  /** What the shapes of zones are made from; it must never leave the library. */
  secret(): Uint8Array {
    return secretIn(this.sql);
  }

  /** What privacy left of rows of the archive when they were last cut, by number. */
  cuts(): Map<number, CutFacts> {
    return cutsIn(this.sql);
  }

  /** Remembers new cuts and forgets those of some numbers. */
  putCuts(fresh: CutFacts[], gone: number[]): void {
    if (fresh.length + gone.length === 0) return;
    this.sql.transaction(() => putCuts(this.sql, fresh, gone));
  }

  /** Does something to each of some activities, in one transaction, and settles their outings. */
  private edit(numbers: number[], work: (number: number) => void): void {
    this.change(() => {
      const hashes = new Set<string>();
      for (const number of numbers) {
        const row = this.sql.one('SELECT pointHash FROM activities WHERE number = ?', number);
        if (!row) throw new Error(`no activity ${number} in the library`);
        hashes.add(row.pointHash as string);
        work(number);
      }
      settle(this.sql, hashes);
      return true;
    });
  }

  /** One transaction; the revision grows where it changed something. */
  private change(work: () => boolean): void {
    this.sql.transaction(() => {
      if (!work()) return;
      this.sql.run(
        `INSERT INTO facts VALUES ('revision', '1')
         ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1`,
      );
    });
  }
}

const factColumns = `number, sport, name, gear, commute, start, offsetMinutes, distance, moving, ascent, points,
  west, south, east, north, version`;

function storedFacts(row: Row): StoredFacts {
  const number = (column: string) => numberOf(row, column);
  return {
    number: number('number'),
    sport: row.sport as string,
    name: row.name as string,
    gear: row.gear as string,
    commute: row.commute === 1,
    start: number('start'),
    offsetMinutes: number('offsetMinutes'),
    distance: number('distance'),
    moving: number('moving'),
    ascent: number('ascent'),
    points: number('points'),
    bounds: [number('west'), number('south'), number('east'), number('north')],
    version: row.version as string,
  };
}
