import {closeSync, mkdirSync, openSync, readFileSync, writeSync} from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import {expect, test} from 'vitest';
import {build} from '../../builder/build.ts';
import {Library} from '../../builder/library.ts';
import {namedError} from '../../builder/named-error.ts';
import {temporaryFolder, writeGpx} from '../support/files.ts';
import {along, morning, track} from '../support/tracks.ts';

const folder = temporaryFolder();

/** What a call throws. */
function errorOf(call: () => void): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}

test('namedError names what an error is about where neither SQLite nor the system does', () => {
  const fd = openSync(folder, 'r');
  const nameless = errorOf(() => writeSync(fd, 'x'));
  closeSync(fd);
  expect(namedError('heat.pmtiles', nameless)).toMatchObject({
    message: 'heat.pmtiles: EBADF: bad file descriptor, write',
    cause: nameless,
  });
  const missing = errorOf(() => readFileSync(path.join(folder, 'nothing')));
  expect(namedError('heat.pmtiles', missing)).toBe(missing);
  const own = new Error('no activity 99 in the library');
  expect(namedError('heat.pmtiles', own)).toBe(own);
});

/** Lets SQLite take a transaction back by itself, as it does on a full disk, where it comes to write to a table. */
function fail(data: string, table: string): void {
  const db = new Database(path.join(data, 'library.db'));
  db.exec(`CREATE TRIGGER full BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ROLLBACK, 'no room'); END`);
  db.close();
}

test('what SQLite says when it takes a change back by itself is told with the name of the library', () => {
  const data = path.join(folder, 'change');
  new Library(data).close();
  fail(data, 'zones');
  const library = new Library(data);
  expect(() => library.addZone({name: '', lng: 8.5, lat: 48.2, radius: 300})).toThrow(`${data}/library.db: no room`);
  expect(library.zones()).toEqual([]);
  library.close();
});

test('what SQLite says when it takes an update of the archive back by itself is told with the data folder', async () => {
  const files = path.join(folder, 'files');
  const data = path.join(folder, 'update');
  mkdirSync(files);
  const ride = (days: number) => {
    const way = along(
      [
        [0, days * 500],
        [1000, days * 500],
      ],
      5,
    );
    writeGpx(files, `${days}.gpx`, [track(way, {start: morning + days * 86_400_000})]);
  };
  ride(0);
  await build([files], {data, workers: 1, maxZoom: 3});
  fail(data, 'archiveTiles');
  ride(1);
  await expect(build([files], {data, workers: 1, maxZoom: 3})).rejects.toThrow(`${data}: no room`);
});
