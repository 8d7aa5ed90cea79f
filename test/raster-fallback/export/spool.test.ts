import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdirSync, readdirSync} from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import {expect, test} from 'vitest';
import {openSpool} from '../../../raster-fallback/export/spool.ts';
import {temporaryFolder} from '../../support/files.ts';

const folder = temporaryFolder();

/** Reads a database in a process of its own, says so, and lets go of it a moment later. */
const reader = `
const db = new (require('libsql'))(process.argv[1], {readonly: true});
db.exec('BEGIN');
db.prepare('SELECT * FROM spool').all();
process.stdout.write('reads');
setTimeout(() => db.close(), 300);
`;

test('openSpool(…): a program that reads the half-written file makes a commit wait, and does not end it', async () => {
  const file = path.join(folder, 'read.mbtiles');
  const spool = openSpool(file, 'key', 'CREATE TABLE tiles (id INTEGER)', 1);
  spool.insert(1);
  const other = spawn(process.execPath, ['-e', reader, `${file}.part`], {stdio: ['ignore', 'pipe', 'inherit']});
  const ended = once(other, 'close');
  await once(other.stdout, 'data');
  spool.commit(1);
  spool.finish();
  await ended;
  expect(existsSync(`${file}.part`)).toBe(false);
  const db = new Database(file, {readonly: true});
  expect(db.prepare('SELECT id FROM tiles').all()).toEqual([{id: 1}]);
  db.close();
});

test('openSpool(…): a file that cannot be put in its place is removed, and closing it after that does nothing', () => {
  const place = path.join(folder, 'place');
  const file = path.join(place, 'a.mbtiles');
  mkdirSync(file, {recursive: true});
  const spool = openSpool(file, 'key', 'CREATE TABLE tiles (id INTEGER)', 1);
  spool.insert(1);
  expect(() => spool.finish()).toThrow('EISDIR');
  spool.close();
  expect(readdirSync(place)).toEqual(['a.mbtiles']);
});

test('openSpool(…): a half-written file that another program holds is not taken for something else, and stays', () => {
  const file = path.join(folder, 'held.mbtiles');
  const spool = openSpool(file, 'key', 'CREATE TABLE tiles (id INTEGER)', 1);
  spool.insert(1);
  spool.commit(1);
  spool.close();
  const other = new Database(`${file}.part`);
  other.exec('BEGIN EXCLUSIVE');
  expect(() => openSpool(file, 'key', 'CREATE TABLE tiles (id INTEGER)', 1)).toThrow(
    `${file}.part: database is locked`,
  );
  other.close();
  const again = openSpool(file, 'key', 'CREATE TABLE tiles (id INTEGER)', 1);
  expect(again.done).toBe(1);
  again.close();
});
