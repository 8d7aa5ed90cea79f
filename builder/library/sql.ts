import type Database from 'libsql';
import {namedError} from '../named-error.ts';

/** A row as the database gives it. */
export type Row = Record<string, unknown>;

/** A value for a `?`. */
export type Value = string | number | null | Uint8Array;

/** A database by statements that are prepared once each. */
export type Sql = {
  all(text: string, ...values: Value[]): Row[];
  one(text: string, ...values: Value[]): Row | undefined;
  run(text: string, ...values: Value[]): void;
  /** Runs an INSERT and gives the number of the row. */
  insert(text: string, ...values: Value[]): number;
  /** Does all of it or, where it throws, nothing. */
  transaction<T>(work: () => T): T;
};

/** Does something with a database; what SQLite says against it names the file. */
export function naming<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw namedError(file, error);
  }
}

/**
 * Statements on the database in a file. Rows are always fetched to the end: libsql's `get` leaves a statement half run, and the next call of
 * it then gives a row of the call before. Values go in as one array: a single Buffer would be taken for named values.
 */
export function sqlOf(db: Database.Database, file: string): Sql {
  const prepared = new Map<string, Database.Statement>();
  const prepare = (text: string) => {
    let statement = prepared.get(text);
    if (!statement) {
      statement = db.prepare(text);
      prepared.set(text, statement);
    }
    return statement;
  };
  const all = (text: string, ...values: Value[]) => naming(file, () => prepare(text).all(values.map(bound)) as Row[]);
  const run = (text: string, ...values: Value[]) => naming(file, () => prepare(text).run(values.map(bound)));
  const exec = (text: string) => naming(file, () => db.exec(text));
  return {
    all,
    one: (text, ...values) => all(text, ...values)[0],
    run(text, ...values) {
      run(text, ...values);
    },
    insert: (text, ...values) => Number(run(text, ...values).lastInsertRowid),
    transaction(work) {
      exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        exec('COMMIT');
        return result;
      } catch (error) {
        // After some faults, as of a full disk, SQLite has taken all back by itself.
        if (db.inTransaction) exec('ROLLBACK');
        throw error;
      }
    },
  };
}

/** Unknown numbers are NaN in the program and NULL in the database. */
function bound(value: Value): string | number | null | Buffer {
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return typeof value === 'number' && Number.isNaN(value) ? null : value;
}

/** A number of a row, NaN where it is NULL. */
export function numberOf(row: Row, column: string): number {
  return (row[column] as number | null) ?? Number.NaN;
}

/** A BLOB of a row; libsql gives it as Buffer or as ArrayBuffer, depending on how the row is asked for. */
export function bytesOf(row: Row, column: string): Uint8Array {
  return new Uint8Array(row[column] as ArrayBuffer);
}
