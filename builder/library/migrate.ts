import type Database from 'libsql';
import {activitiesByPath, drawnView, indicesByPlace, libraryVersion, privacyTables, schema} from './schema.ts';
import {describeRemaindersAnew} from './settle.ts';
import type {Sql} from './sql.ts';

/** What makes a library of a version one of the next. */
const steps: Record<number, string> = {
  2: privacyTables,
  3: `
    DROP INDEX activitiesByPath; ${activitiesByPath}
    DROP INDEX activitiesByPlace; ${indicesByPlace}
    ALTER TABLE remainders ADD COLUMN hash TEXT NOT NULL DEFAULT '';
    DROP VIEW drawn;`,
  4: `
    ALTER TABLE remainders ADD COLUMN start REAL; ALTER TABLE remainders ADD COLUMN offsetMinutes REAL;
    ALTER TABLE activities ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;
    UPDATE activities SET listed = gear <> '' OR commute;
    UPDATE activities SET preferred = 2 WHERE excluded = 1 AND preferred = 1;
    DROP VIEW IF EXISTS drawn; ${drawnView}
    UPDATE facts SET value = CAST(value AS INTEGER) + 1 WHERE key = 'revision'`,
  5: `
    UPDATE activities SET sport = 'other', commute = 0, listed = 0, points = 0, kept = 0, start = NULL, offsetMinutes = NULL,
      duration = NULL, moving = NULL, ascent = NULL WHERE forgotten <> ''`,
};

/** What has to be told anew from tracks then. */
const rewrites: Record<number, (sql: Sql) => void> = {4: describeRemaindersAnew};

/**
 * Brings a library up to this program's version, in one transaction: a new one from nothing, an older one step by step. Throws,
 * with the file's name, where it is newer than the program, or older than the oldest that was ever released.
 */
export function migrate(db: Database.Database, sql: Sql, file: string): void {
  db.exec('CREATE TABLE IF NOT EXISTS facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID');
  if (isCurrent(sql)) return;
  sql.transaction(() => {
    // Another process may have done it while this one waited for its turn.
    const found = versionOf(sql);
    let version = found === undefined ? libraryVersion : Number(found);
    if (version > libraryVersion) {
      throw new Error(
        `${file}: a library of version ${found}, made by a newer program; this one reads ${libraryVersion}`,
      );
    }
    for (; version < libraryVersion; version++) {
      if (!steps[version])
        throw new Error(`${file}: a library of version ${found}, this program reads ${libraryVersion}`);
      db.exec(steps[version]);
      rewrites[version]?.(sql);
    }
    if (found === undefined) db.exec(schema);
    sql.run("INSERT OR REPLACE INTO facts VALUES ('version', ?)", String(libraryVersion));
  });
}

/** Whether a library is of this program's version. */
export function isCurrent(sql: Sql): boolean {
  return versionOf(sql) === String(libraryVersion);
}

function versionOf(sql: Sql): string | undefined {
  return sql.one("SELECT value FROM facts WHERE key = 'version'")?.value as string | undefined;
}
