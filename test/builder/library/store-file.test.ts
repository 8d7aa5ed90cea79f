import path from 'node:path';
import Database from 'libsql';
import {expect, test} from 'vitest';
import {build} from '../../../builder/build.ts';
import {Library} from '../../../builder/library.ts';
import {temporaryFolder, writeGpx} from '../../support/files.ts';
import {along, morning, track} from '../../support/tracks.ts';

const folder = temporaryFolder();
const data = path.join(folder, 'data');
const ride = (north: number, start: number) =>
  track(
    along(
      [
        [0, north],
        [3000, north + 400],
      ],
      5,
    ),
    {start},
  );

function inLibrary(work: (library: Library) => void): void {
  const library = new Library(data);
  work(library);
  library.close();
}

/** The row of an activity, and the numbers of those whose cuts are remembered. */
function rowOf(number: number): {row: Record<string, unknown>; cuts: unknown[]} {
  const db = new Database(path.join(data, 'library.db'), {readonly: true});
  const row = db.prepare('SELECT * FROM activities WHERE number = ?').all([number])[0] as Record<string, unknown>;
  const cuts = db.prepare('SELECT number FROM cuts ORDER BY number').pluck().all();
  db.close();
  return {row, cuts};
}

test('a forgotten activity keeps nothing that was recorded, and has all of it again when it is wanted', async () => {
  const files = ['a.gpx', 'b.gpx'].map((name, i) => writeGpx(folder, name, [ride(i * 5000, morning + i * 86_400_000)]));
  const imports = () => build(files, {data, maxZoom: 0, workers: 1});
  inLibrary((library) => library.setTrimMeters(100));
  await imports();
  const before = rowOf(2);
  expect(before.cuts).toEqual([1, 2]);
  inLibrary((library) => library.forget([2]));
  const {row, cuts} = rowOf(2);
  expect(cuts).toEqual([1]);
  const told = Object.entries(row).filter(([, value]) => value !== null && value !== 0 && value !== '');
  expect(Object.fromEntries(told)).toEqual({
    number: 2,
    path: files[1],
    state: 'forgotten',
    forgotten: 'user',
    sport: 'other',
    removed: '{}',
    imported: before.row.imported,
    pointHash: before.row.pointHash,
  });
  inLibrary((library) => library.include([2]));
  await imports();
  expect(rowOf(2).row).toEqual({...before.row, imported: expect.any(Number)});
  // Its number stays its own.
  inLibrary((library) => library.forget([2]));
  files.push(writeGpx(folder, 'c.gpx', [ride(10_000, morning + 2 * 86_400_000)]));
  await imports();
  inLibrary((library) =>
    expect(library.list().map(({number, state}) => [number, state])).toEqual([
      [1, 'active'],
      [2, 'forgotten'],
      [3, 'active'],
    ]),
  );
});
