import {mkdirSync} from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import {type Candidate, dedupe} from './dedupe.ts';
import type {ImportedActivity, ImportedFile, Outcome} from './import-file.ts';
import type {SourceFile} from './scan.ts';
import {decodeSignature} from './signature.ts';

/** What the library remembers of a source file. Times in ms since 1970 UTC, NaN where there are none. */
export type FileRecord = {
  path: string;
  outcome: Outcome;
  reason: string;
  /** Activities of the file, whatever became of them, and how many of them were imported or are duplicates. */
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

/** One activity as a build takes it: number, facts and the encoded tracks. */
export type StoredActivity = {
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
  tracks: Uint8Array;
};

const schema = `
CREATE TABLE IF NOT EXISTS facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
  path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL, sha256 TEXT NOT NULL, format TEXT,
  outcome TEXT NOT NULL, reason TEXT NOT NULL,
  activities INTEGER NOT NULL, imported INTEGER NOT NULL, duplicates INTEGER NOT NULL,
  noPosition INTEGER NOT NULL, notActivity INTEGER NOT NULL,
  points INTEGER NOT NULL, kept INTEGER NOT NULL, first REAL, last REAL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS filesBySha256 ON files (sha256);
CREATE TABLE IF NOT EXISTS activities (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL, place INTEGER NOT NULL,
  state TEXT NOT NULL, duplicateOf INTEGER,
  pointHash TEXT NOT NULL, firstSample REAL, lastSample REAL, signature BLOB,
  sport TEXT NOT NULL, name TEXT NOT NULL, device TEXT NOT NULL, gear TEXT NOT NULL, commute INTEGER NOT NULL,
  start REAL, offsetMinutes REAL, duration REAL, distance REAL, moving REAL, ascent REAL,
  west REAL NOT NULL, south REAL NOT NULL, east REAL NOT NULL, north REAL NOT NULL,
  points INTEGER NOT NULL, kept INTEGER NOT NULL, imported INTEGER NOT NULL, tracks BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS activitiesByPath ON activities (path);
CREATE INDEX IF NOT EXISTS activitiesByPointHash ON activities (pointHash);
CREATE INDEX IF NOT EXISTS activitiesBySample ON activities (firstSample, lastSample);
`;

/** Version of library.db; a library of another one is refused with a sentence. */
const libraryVersion = '1';

/**
 * The library: every imported activity with its whole tracks, in one SQLite file. Each file is stored in one transaction,
 * so that a kill loses at most the file in hand.
 *
 * States of an activity: `active` (on the map), `duplicate` (of `duplicateOf`), `forgotten` (its file no longer has it).
 */
export class Library {
  private readonly db: Database.Database;

  /** Opens library.db in a data folder, making both where they are missing. */
  constructor(folder: string) {
    mkdirSync(folder, {recursive: true});
    const file = path.join(folder, 'library.db');
    this.db = new Database(file);
    this.db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;');
    this.db.exec(schema);
    const found = this.fact('version');
    if (found === undefined) this.setFact('version', libraryVersion);
    else if (found !== libraryVersion) {
      throw new Error(`${file}: a library of version ${found}, this program reads ${libraryVersion}`);
    }
  }

  /** Closes the library; what is written lies in library.db alone then. */
  close(): void {
    this.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.db.close();
  }

  /** The record of a file that has not changed since it was stored (same path, size and mtime); undefined otherwise. */
  unchanged({path, size, modified}: SourceFile): FileRecord | undefined {
    const row = this.db
      .prepare('SELECT * FROM files WHERE path = ? AND size = ? AND modified = ?')
      .get(path, size, modified);
    return row ? fileRecord(row as Row) : undefined;
  }

  /** Stores what importing a file gave, in one transaction, and returns how the file ended. */
  store(source: SourceFile, file: ImportedFile): FileRecord {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const record = this.storeFile(source, file);
      this.db.exec('COMMIT');
      return record;
    } catch (error) {
      this.db.exec('ROLLBACK');
      throw error;
    }
  }

  /** Active activities by number, a few at a time: the order and content of every archive. */
  *activities(): Generator<StoredActivity> {
    const page = this.db.prepare(
      `SELECT number, sport, name, gear, commute, start, offsetMinutes, distance, moving, ascent, points, tracks
       FROM activities WHERE state = 'active' AND number > ? ORDER BY number LIMIT 100`,
    );
    for (let after = 0; ; ) {
      const rows = page.all(after) as Row[];
      if (rows.length === 0) return;
      for (const row of rows) yield storedActivity(row);
      after = rows[rows.length - 1].number as number;
    }
  }

  /** West, south, east, north of the active activities in degrees; undefined where there are none. */
  bounds(): [number, number, number, number] | undefined {
    const row = this.db
      .prepare("SELECT min(west) w, min(south) s, max(east) e, max(north) n FROM activities WHERE state = 'active'")
      .get() as Record<string, number | null>;
    return row.w === null ? undefined : ([row.w, row.s, row.e, row.n] as [number, number, number, number]);
  }

  /** Time of the newest import of an active activity, ms since 1970 UTC; undefined where there is none. */
  newestImport(): number | undefined {
    const row = this.db.prepare("SELECT max(imported) newest FROM activities WHERE state = 'active'").get() as Row;
    return (row.newest as number | null) ?? undefined;
  }

  /** How many activities are active. */
  activeCount(): number {
    return (this.db.prepare("SELECT count(*) n FROM activities WHERE state = 'active'").get() as Row).n as number;
  }

  /** Grows with every change of what is active: an archive of the same revision is up to date. */
  revision(): number {
    return Number(this.fact('revision') ?? 0);
  }

  /** A remembered word about the library itself. */
  fact(key: string): string | undefined {
    const row = this.db.prepare('SELECT value FROM facts WHERE key = ?').get(key) as {value: string} | undefined;
    return row?.value;
  }

  setFact(key: string, value: string): void {
    this.db.prepare('INSERT OR REPLACE INTO facts VALUES (?, ?)').run(key, value);
  }

  private storeFile(source: SourceFile, file: ImportedFile): FileRecord {
    const record: FileRecord = {
      path: source.path,
      outcome: 'failed',
      reason: '',
      activities: file.activities.length + file.leftOut.length,
      imported: 0,
      duplicates: 0,
      noPosition: 0,
      notActivity: 0,
      points: file.points,
      kept: 0,
      first: file.first,
      last: file.last,
    };
    const reasons = [...file.warnings];
    const before = this.activitiesOf(source.path);
    const twin = before.size === 0 ? this.sameBytes(source.path, file.sha256) : undefined;
    if (twin !== undefined) reasons.push(`same bytes as ${twin}`);
    file.activities.forEach((activity, place) => {
      const known = before.get(activity.pointHash)?.shift();
      const of = known === undefined ? this.duplicateOf(activity) : known.duplicateOf;
      record.kept += activity.kept;
      if (of === undefined) record.imported++;
      else {
        record.duplicates++;
        if (twin === undefined) reasons.push(`the same outing as activity ${of} of ${this.pathOf(of)}`);
      }
      if (known) this.revive(known.number, place);
      else this.insert(activity, source.path, place, of);
    });
    const gone = [...before.values()].flat();
    for (const {number} of gone) this.forget(number);
    if (file.activities.length + gone.length > 0) this.setFact('revision', String(this.revision() + 1));
    for (const {outcome, reason} of file.leftOut) {
      if (outcome === 'no-position') record.noPosition++;
      else record.notActivity++;
      reasons.push(reason);
    }
    if (file.reason) reasons.push(file.reason);
    record.outcome = outcomeOf(record, file);
    record.reason = [...new Set(reasons)].join('; ');
    this.remember(source, file, record);
    return record;
  }

  /** Activities that a file had when it was last stored, by point hash: equal ones keep their number. */
  private activitiesOf(path: string): Map<string, {number: number; duplicateOf: number | undefined}[]> {
    const rows = this.db
      .prepare('SELECT number, pointHash, duplicateOf FROM activities WHERE path = ? ORDER BY number')
      .all(path) as Row[];
    const found = new Map<string, {number: number; duplicateOf: number | undefined}[]>();
    for (const {number, pointHash, duplicateOf} of rows) {
      const list = found.get(pointHash as string) ?? [];
      list.push({number: number as number, duplicateOf: (duplicateOf as number | null) ?? undefined});
      found.set(pointHash as string, list);
    }
    return found;
  }

  private sameBytes(path: string, sha256: string): string | undefined {
    if (sha256 === '') return undefined;
    const row = this.db
      .prepare('SELECT path FROM files WHERE sha256 = ? AND path <> ? AND activities > 0 LIMIT 1')
      .get(sha256, path) as Row | undefined;
    return row?.path as string | undefined;
  }

  private pathOf(number: number): string {
    const row = this.db.prepare('SELECT path FROM activities WHERE number = ?').get(number) as Row;
    return row.path as string;
  }

  /** Number of the activity that a new one repeats: equal points, or the same outing by its signature. */
  private duplicateOf({pointHash, signature}: ImportedActivity): number | undefined {
    const equal = this.db
      .prepare("SELECT number FROM activities WHERE pointHash = ? AND state = 'active' ORDER BY number LIMIT 1")
      .get(pointHash) as Row | undefined;
    if (equal) return equal.number as number;
    if (!signature) return undefined;
    const sample = decodeSignature(signature);
    const last = sample.first + sample.positions.length / 2 - 1;
    const rows = this.db
      .prepare(
        `SELECT number, signature FROM activities
         WHERE firstSample <= ? AND lastSample >= ? AND state = 'active' ORDER BY number`,
      )
      .all(last, sample.first) as Row[];
    const candidates: Candidate[] = rows.map((row) => ({
      number: row.number as number,
      signature: decodeSignature(blob(row.signature)),
    }));
    return dedupe(sample, candidates);
  }

  private insert(activity: ImportedActivity, path: string, place: number, duplicateOf: number | undefined): void {
    const sample = activity.signature && decodeSignature(activity.signature);
    const columns = {
      path,
      place,
      state: duplicateOf === undefined ? 'active' : 'duplicate',
      duplicateOf: duplicateOf ?? null,
      pointHash: activity.pointHash,
      firstSample: sample ? sample.first : null,
      lastSample: sample ? sample.first + sample.positions.length / 2 - 1 : null,
      signature: activity.signature ? Buffer.from(activity.signature) : null,
      sport: activity.sport,
      name: activity.name,
      device: activity.device,
      gear: activity.gear,
      commute: activity.commute ? 1 : 0,
      start: orNull(activity.start),
      offsetMinutes: orNull(activity.offsetMinutes),
      duration: orNull(activity.duration),
      distance: orNull(activity.distance),
      moving: orNull(activity.moving),
      ascent: orNull(activity.ascent),
      west: activity.west,
      south: activity.south,
      east: activity.east,
      north: activity.north,
      points: activity.points,
      kept: activity.kept,
      imported: Date.now(),
      tracks: Buffer.from(activity.tracks),
    };
    const names = Object.keys(columns);
    this.db
      .prepare(`INSERT INTO activities (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
      .run(...Object.values(columns));
  }

  /** An activity that its changed file still has keeps number, name and state; a forgotten one is back. */
  private revive(number: number, place: number): void {
    this.db
      .prepare("UPDATE activities SET place = ?, state = iif(state = 'forgotten', 'active', state) WHERE number = ?")
      .run(place, number);
  }

  private forget(number: number): void {
    this.db.prepare("UPDATE activities SET state = 'forgotten' WHERE number = ?").run(number);
  }

  private remember({path, size, modified}: SourceFile, file: ImportedFile, record: FileRecord): void {
    const columns = {
      path,
      size,
      modified,
      sha256: file.sha256,
      format: file.format ?? null,
      outcome: record.outcome,
      reason: record.reason,
      activities: record.activities,
      imported: record.imported,
      duplicates: record.duplicates,
      noPosition: record.noPosition,
      notActivity: record.notActivity,
      points: record.points,
      kept: record.kept,
      first: orNull(record.first),
      last: orNull(record.last),
    };
    const names = Object.keys(columns);
    this.db
      .prepare(`INSERT OR REPLACE INTO files (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
      .run(...Object.values(columns));
  }
}

type Row = Record<string, unknown>;

/** A file's outcome is the best of its activities'. */
function outcomeOf({imported, duplicates, noPosition, notActivity}: FileRecord, file: ImportedFile): Outcome {
  if (imported > 0) return 'imported';
  if (duplicates > 0) return 'duplicate';
  if (noPosition > 0) return 'no-position';
  if (notActivity > 0) return 'not-activity';
  return file.outcome ?? 'not-activity';
}

function fileRecord(row: Row): FileRecord {
  const number = (key: string) => (row[key] as number | null) ?? Number.NaN;
  return {
    path: row.path as string,
    outcome: row.outcome as Outcome,
    reason: row.reason as string,
    activities: number('activities'),
    imported: number('imported'),
    duplicates: number('duplicates'),
    noPosition: number('noPosition'),
    notActivity: number('notActivity'),
    points: number('points'),
    kept: number('kept'),
    first: number('first'),
    last: number('last'),
  };
}

function storedActivity(row: Row): StoredActivity {
  const number = (key: string) => (row[key] as number | null) ?? Number.NaN;
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
    tracks: blob(row.tracks),
  };
}

/** A BLOB column; libsql gives it as Buffer or as ArrayBuffer, depending on how the row is asked for. */
function blob(value: unknown): Uint8Array {
  return new Uint8Array(value as ArrayBuffer);
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
