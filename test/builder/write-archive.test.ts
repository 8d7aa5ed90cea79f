import {copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {archivePath, type BuildOptions, build} from '../../builder/build.ts';
import {verify} from '../../builder/verify.ts';
import {gpxText, temporaryFolder, writeGpx} from '../support/files.ts';
import {along, morning, noisy, seededRandom, track} from '../support/tracks.ts';

const folder = temporaryFolder();
const day = 86_400_000;

/** A ride through a small town of a few streets, so that rides share tiles. */
function ride(seed: number) {
  const random = seededRandom(seed);
  const corners = Array.from(
    {length: 8},
    () => [Math.floor(random() * 5) * 700, Math.floor(random() * 5) * 700] as const,
  );
  return track(noisy(along(corners, 8), 3, random), {start: morning + seed * day});
}

/** The archive of the same library.db written from nothing by another number of workers. */
async function fromNothing(data: string, name: string, options: Partial<BuildOptions>): Promise<Buffer> {
  const fresh = path.join(folder, name);
  mkdirSync(fresh);
  copyFileSync(path.join(data, 'library.db'), path.join(fresh, 'library.db'));
  await build([], {...options, data: fresh, workers: 1});
  return readFileSync(archivePath(fresh));
}

describe('an update of the archive', () => {
  test.each([
    ['whole tiles', 500_000],
    ['tiles over budget', 600],
  ])('gives the bytes of an archive written from nothing after each of 12 random edits, %s', async (name, budget) => {
    const activities = path.join(folder, `${name}-activities`);
    mkdirSync(activities);
    const data = path.join(folder, name);
    const random = seededRandom(budget);
    const options = {data, maxZoom: 13, budget, workers: 2};
    for (let i = 0; i < 12; i++) writeGpx(activities, `${i}.gpx`, [ride(i)]);
    await build([activities], options);
    let clock = Date.now();
    let partly = 0;
    for (let edit = 0; edit < 12; edit++) {
      const file = path.join(activities, `${Math.floor(random() * 14)}.gpx`);
      // New, changed and emptied files: what was in them is forgotten, what is in them is new.
      const tracks =
        random() < 0.25 ? [] : [ride(100 + edit), ...(random() < 0.3 ? [ride(Math.floor(random() * 12))] : [])];
      writeFileSync(file, gpxText(tracks));
      clock += 10_000;
      utimesSync(file, clock / 1000, clock / 1000);
      const {archive} = await build([activities], options);
      if (archive && archive.encodedTiles > 0 && archive.encodedTiles < archive.tiles) partly++;
      if (edit % 4 !== 3) continue;
      const fresh = await fromNothing(data, `${name}-${edit}`, {maxZoom: 13, budget});
      expect(fresh.equals(readFileSync(archivePath(data))), `edit ${edit}`).toBe(true);
      expect(verify(archivePath(data)).faults).toEqual([]);
    }
    expect(partly).toBeGreaterThan(4);
  });

  test('leaves no temporary file behind', () => {
    for (const name of ['whole tiles', 'tiles over budget']) {
      expect(readdirSync(path.join(folder, name)).sort()).toEqual(['.build-lock', 'heat.pmtiles', 'library.db']);
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

  test('spills lines to files where memory is short, with the same result', async () => {
    const data = path.join(folder, 'whole tiles');
    const spilled = await fromNothing(data, 'spilled', {maxZoom: 13, memory: 4});
    expect(spilled.equals(readFileSync(archivePath(data)))).toBe(true);
  });
});
