import {mkdirSync} from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import {naming} from './library/sql.ts';
import {namedError} from './named-error.ts';

/**
 * Makes sure that no other build works on a data folder, and returns how to let the next one in. The lock is SQLite's on
 * an empty file, so the system takes it back by itself when the process that holds it is killed.
 */
export function lockBuild(folder: string): () => void {
  mkdirSync(folder, {recursive: true});
  const file = path.join(folder, '.build-lock');
  const db = naming(file, () => new Database(file));
  try {
    db.exec('PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (!(error as Error).message.includes('locked')) throw namedError(file, error);
    throw new Error(`${folder}: another build is at work there; wait until it has ended`);
  }
  return () => db.close();
}
