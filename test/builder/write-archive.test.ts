import {readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import {describe, expect, test} from 'vitest';
import {archivePath, build} from '../../builder/build.ts';
import {editLibrary, fromNothing} from '../support/edit-library.ts';
import {temporaryFolder, writeGpx} from '../support/files.ts';
import {along, track} from '../support/tracks.ts';

const folder = temporaryFolder();

function inDatabase(data: string, sql: string): void {
  const db = new Database(path.join(data, 'library.db'));
  db.exec(sql);
  db.close();
}

describe('an update of the archive', () => {
  test.each([
    ['whole tiles', 500_000],
    ['tiles over budget', 600],
  ])('gives the bytes of an archive written from nothing after each of 12 random edits, %s', async (name, budget) => {
    const partly = await editLibrary(folder, name, budget, 12);
    expect(partly).toBeGreaterThan(2);
  });

  test('leaves no temporary file behind', () => {
    for (const name of ['whole tiles', 'tiles over budget']) {
      // libsql takes the (empty) log away when the last statement of a closed library is collected.
      const names = readdirSync(path.join(folder, name)).filter((each) => !/^library\.db-(wal|shm)$/.test(each));
      expect(names.sort()).toEqual(['.build-lock', 'heat.pmtiles', 'library.db']);
    }
  });

  test('does not trust an archive that is not the one it wrote', async () => {
    const data = path.join(folder, 'whole tiles');
    const good = readFileSync(archivePath(data));
    const options = {data, maxZoom: 13, workers: 1};
    const activities = path.join(folder, 'whole tiles-activities');
    for (const damage of [good.subarray(0, good.length - 50), Buffer.from('PMTiles'), Buffer.alloc(0)]) {
      writeFileSync(archivePath(data), damage);
      await build([activities], options);
      expect(readFileSync(archivePath(data)).equals(good)).toBe(true);
    }
    rmSync(archivePath(data));
    await build([activities], options);
    expect(readFileSync(archivePath(data)).equals(good)).toBe(true);
  });

  test('says what went wrong after the archive was in its place, and mends it the next time', async () => {
    const data = path.join(folder, 'whole tiles');
    const good = readFileSync(archivePath(data));
    const late = `CREATE TRIGGER late BEFORE INSERT ON archive BEGIN SELECT RAISE(ABORT, 'no room left'); END`;
    const options = {data, maxZoom: 13, workers: 1};
    const another = writeGpx(folder, 'another.gpx', [
      track(
        along(
          [
            [0, 0],
            [900, 400],
          ],
          5,
        ),
        {start: 0},
      ),
    ]);
    inDatabase(data, late);
    await expect(build([another], options)).rejects.toThrow('no room left');
    inDatabase(data, 'DROP TRIGGER late');
    await build([], options);
    expect((await fromNothing(data, path.join(folder, 'late'), options)).equals(readFileSync(archivePath(data)))).toBe(
      true,
    );
    expect(readFileSync(archivePath(data)).equals(good)).toBe(false);
  });

  test('spills lines to files where memory is short, with the same result', async () => {
    const data = path.join(folder, 'whole tiles');
    const spilled = await fromNothing(data, path.join(folder, 'spilled'), {maxZoom: 13, memory: 4});
    expect(spilled.equals(readFileSync(archivePath(data)))).toBe(true);
  });
});
