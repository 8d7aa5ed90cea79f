import {existsSync, renameSync, rmSync, statSync} from 'node:fs';
import Database from 'libsql';

/** A half-written SQLite file beside the one that it becomes. */
export type Spool = {
  /** Tiles of the plan that are done. */
  readonly done: number;
  /** Adds a row to the table `tiles`. */
  insert(...values: (number | Uint8Array)[]): void;
  exec(sql: string): void;
  run(sql: string, ...values: (string | number)[]): void;
  all(sql: string, ...values: number[]): Record<string, unknown>[];
  commit(done: number): void;
  /** Puts the file in its place without the traces of its making, or removes it where that fails; gives its size in bytes. */
  finish(): number;
  /** Removes it: what it held is elsewhere now. */
  discard(): void;
  /** Leaves what is committed, where it is not finished yet. */
  close(): void;
};

/**
 * Opens `FILE.part` for an export. What another export (another `key`) or another program left there is removed; what this
 * one left is gone on with. One export at a time: cli/lock-export.ts keeps others away. `tables` makes the table `tiles`, and
 * others; `columns` is how many columns `tiles` has.
 */
export function openSpool(file: string, key: string, tables: string, columns: number): Spool {
  const part = `${file}.part`;
  let db = openKnown(part, key);
  const known = db !== undefined;
  db ??= new Database(part);
  // A log of its own would have to be moved in before the file can be renamed. Without one, a commit waits for readers.
  db.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000');
  if (!known) {
    db.exec(`CREATE TABLE spool (key TEXT NOT NULL, done INTEGER NOT NULL); ${tables}`);
    db.prepare('INSERT INTO spool VALUES (?, 0)').run([key]);
  }
  const {done} = db.prepare('SELECT done FROM spool').all()[0] as {done: number};
  const row = db.prepare(`INSERT OR REPLACE INTO tiles VALUES (${Array(columns).fill('?').join()})`);
  const advance = db.prepare('UPDATE spool SET done = ?');
  db.exec('BEGIN');
  const close = () => {
    // Whatever is asked of a closed database ends the whole process.
    if (!db.open) return;
    if (db.inTransaction) db.exec('ROLLBACK');
    db.close();
  };
  return {
    done,
    insert(...values) {
      row.run(values.map((value) => (typeof value === 'number' ? value : Buffer.from(value))));
    },
    exec: (sql) => db.exec(sql),
    run: (sql, ...values) => db.prepare(sql).run(values),
    all: (sql, ...values) => db.prepare(sql).all(values) as Record<string, unknown>[],
    commit(done) {
      advance.run([done]);
      db.exec('COMMIT; BEGIN');
    },
    finish() {
      db.exec('COMMIT; DROP TABLE spool');
      close();
      try {
        renameSync(part, file);
      } catch (error) {
        // Without the table it could not be gone on with.
        rmSync(part);
        throw error;
      }
      return statSync(file).size;
    },
    discard() {
      close();
      rmSync(part);
    },
    close,
  };
}

/** The half-written file of an earlier run of the same export. */
function openKnown(part: string, key: string): Database.Database | undefined {
  if (!existsSync(part)) return undefined;
  let db: Database.Database | undefined;
  try {
    db = new Database(part);
    const rows = db.prepare('SELECT key FROM spool').all() as {key: string}[];
    if (rows[0]?.key === key) return db;
  } catch (error) {
    if (!isForeign(error)) {
      db?.close();
      throw new Error(`${part}: ${(error as Error).message}`, {cause: error});
    }
  }
  db?.close();
  rmSync(part);
  rmSync(`${part}-journal`, {force: true});
  return undefined;
}

/** Whether an error says that a file is not ours: it has no such table, is no database, or is one that is torn. */
function isForeign(error: unknown): boolean {
  return ['SQLITE_ERROR', 'SQLITE_NOTADB', 'SQLITE_CORRUPT'].includes((error as {code?: string}).code ?? '');
}
