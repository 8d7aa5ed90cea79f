import Database from 'libsql';
import {naming} from './library/sql.ts';
import {namedError} from './named-error.ts';

/**
 * Takes the lock on a file, and returns how to let go of it; undefined where somebody else holds it. The lock is SQLite's on an empty
 * file, so the system takes it back by itself when the process that holds it is killed.
 */
export function lockFile(file: string): (() => void) | undefined {
  const db = naming(file, () => new Database(file));
  try {
    // In memory, since nothing is ever written: a journal would be one more file to be left behind.
    db.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if ((error as Error).message.includes('locked')) return undefined;
    throw namedError(file, error);
  }
  return () => db.close();
}
