import {copyFileSync, cpSync, mkdirSync, rmSync, symlinkSync} from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import {expect, test} from 'vitest';
import {libraryVersion} from '../../../builder/library/schema.ts';
import {Library} from '../../../builder/library.ts';
import {run} from '../../support/cli.ts';
import {temporaryFolder} from '../../support/files.ts';

const folder = temporaryFolder();

const made = new Library(path.join(folder, 'made'));
made.setTrimMeters(7);
made.close();

/** A data folder with a library, at rest, in which 7 m are taken off: a copy, which SQLite does not know in this process. */
function library(name: string): string {
  const data = path.join(folder, name);
  mkdirSync(data);
  copyFileSync(path.join(folder, 'made', 'library.db'), path.join(data, 'library.db'));
  return data;
}

/** As in a folder that can only be read: what SQLite shares between those who use a library cannot be written. */
function block(data: string): void {
  rmSync(path.join(data, 'library.db-shm'), {force: true});
  symlinkSync('library.db-shm', path.join(data, 'library.db-shm'));
}

test('a library is read where nothing can be written beside it, and refused for writing with its name', () => {
  const data = library('blocked');
  block(data);
  const read = new Library(data, 'read');
  expect(read.trimMeters()).toBe(7);
  expect(() => read.setTrimMeters(8)).toThrow(`${data}/library.db: attempt to write a readonly database`);
  read.close();
  expect(() => new Library(data)).toThrow(`${data}/library.db: `);
});

test('a library whose log cannot be read is refused, not read without what the log has', () => {
  const writer = new Library(library('logging'));
  writer.setTrimMeters(9);
  const data = path.join(folder, 'logged');
  cpSync(path.join(folder, 'logging'), data, {recursive: true});
  writer.close();
  block(data);
  expect(() => new Library(data, 'read')).toThrow(`${data}/library.db: `);
});

test('a library that others write to is read with what they wrote', () => {
  const data = library('shared');
  const writer = new Library(data);
  writer.setTrimMeters(9);
  const read = new Library(data, 'read');
  expect(read.trimMeters()).toBe(9);
  read.close();
  writer.close();
});

test('an older library is brought up to this version by reading it, too', () => {
  const data = library('older');
  const db = new Database(path.join(data, 'library.db'));
  db.exec(`DROP VIEW drawn; CREATE VIEW drawn AS SELECT number FROM activities;
    ALTER TABLE remainders DROP COLUMN start; ALTER TABLE remainders DROP COLUMN offsetMinutes;
    ALTER TABLE activities DROP COLUMN listed; UPDATE facts SET value = '4' WHERE key = 'version'`);
  db.close();
  const read = new Library(data, 'read');
  expect(read.fact('version')).toBe(String(libraryVersion));
  expect(read.list()).toEqual([]);
  read.close();
});

test('commands that only read do so where nothing can be written; others name what cannot be', async () => {
  const data = library('commands');
  block(data);
  for (const args of [['list'], ['stats'], ['duplicates'], ['zone', 'list'], ['trim']]) {
    expect(await run([...args, '--data', data]), args.join(' ')).toMatchObject({code: 0, stderr: ''});
  }
  for (const args of [['trim', '100'], ['exclude', '1'], ['build']]) {
    const {code, stderr} = await run([...args, '--data', data]);
    expect([code, stderr], args.join(' ')).toEqual([1, expect.stringContaining(`${data}/library.db: `)]);
  }
});
