import {statSync} from 'node:fs';
import {pathToFileURL} from 'node:url';
import Database from 'libsql';
import {isCurrent, migrate} from './migrate.ts';
import {naming, type Sql, sqlOf} from './sql.ts';

/** What is done with a library. */
export type Access = 'read' | 'write';

/** An open library.db. */
export type OpenDatabase = {db: Database.Database; sql: Sql};

/**
 * Opens library.db: for writing it is made where it is missing, and brought up to this program's version. For reading nothing is
 * written to one of this version, so that a folder that can only be read, or a full disk, does no harm. Throws, with the file's
 * name, where it cannot be opened, is newer than the program, or older than the oldest that was ever released.
 */
export function openDatabase(file: string, access: Access): OpenDatabase {
  if (access === 'read') {
    // Beside a library with a log there are files that readers write, too. One that is at rest can be read without them.
    const found =
      tryRead(file, file) ?? (isAtRest(file) ? tryRead(`${pathToFileURL(file)}?immutable=1`, file) : undefined);
    if (found) return found;
  }
  return naming(file, () => {
    const db = new Database(file);
    try {
      db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;');
      // 32 MB of log: with the usual 4 MB, moving it into the library costs a third of all the time of storing.
      db.exec('PRAGMA wal_autocheckpoint = 8000');
      const sql = sqlOf(db, file);
      migrate(db, sql, file);
      return {db, sql};
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

/** Opens a library of this version that can be read as it is, at a path or URI; undefined where it is none. */
function tryRead(at: string, file: string): OpenDatabase | undefined {
  let db: Database.Database | undefined;
  try {
    db = new Database(at);
    db.exec('PRAGMA busy_timeout = 5000');
    const sql = sqlOf(db, file);
    if (isCurrent(sql)) return {db, sql};
  } catch {
    // Opened for writing, it says what is the matter.
  }
  db?.close();
  return undefined;
}

/** Whether all of a library lies in library.db: no log, of a build that is at work or was killed, has more. */
function isAtRest(file: string): boolean {
  return (statSync(`${file}-wal`, {throwIfNoEntry: false})?.size ?? 0) === 0;
}
