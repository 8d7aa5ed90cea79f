import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect} from 'vitest';
import {archivePath, build} from '../../builder/build.ts';
import {verify} from '../../builder/verify.ts';
import {writeGpx} from './files.ts';
import {along, morning, noisy, seededRandom, track} from './tracks.ts';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/**
 * Kills builds at random moments, `kills` times: after each the archive is a valid old or new one and the library opens; the
 * next run ends as one that was never killed, with the same activities and the same bytes but for the time of import.
 */
export async function killBuilds(folder: string, kills: number, seed: number): Promise<void> {
  const random = seededRandom(seed);
  const activities = path.join(folder, 'activities');
  mkdirSync(activities, {recursive: true});
  for (let i = 0; i < 60; i++) writeOuting(activities, i, random);
  const start = path.join(folder, 'start');
  await build([activities], {data: start, maxZoom: 13});
  for (let i = 60; i < 90; i++) writeOuting(activities, i, random);
  const seconds = await timeBuild(activities, start, path.join(folder, 'timed'));
  const before = readFileSync(archivePath(start));
  let cut = 0;
  for (let kill = 0; kill < kills; kill++) {
    const data = path.join(folder, `kill-${kill}`);
    // Half of the builds begin with an archive, half from nothing.
    if (kill % 2 === 0) cpSync(start, data, {recursive: true});
    const child = spawnBuild(activities, data);
    const timer = setTimeout(() => child.kill('SIGKILL'), random() * seconds * 1000 * (kill % 2 === 0 ? 1 : 1.6));
    const [code] = (await once(child, 'close')) as [number | null];
    clearTimeout(timer);
    if (code === null) cut++;
    if (existsSync(archivePath(data))) {
      expect(verify(archivePath(data)).faults, `kill ${kill}`).toEqual([]);
      if (code === null && kill % 2 === 0) {
        const now = readFileSync(archivePath(data));
        expect(now.equals(before) || verify(archivePath(data)).zooms.get(0)?.rows === 90, `kill ${kill}`).toBe(true);
      }
    }
    const summary = await build([activities], {data, maxZoom: 13});
    expect(summary.activities, `kill ${kill}`).toMatchObject({imported: 90, duplicate: 0});
    const finished = readFileSync(archivePath(data));
    expect(verify(archivePath(data)).faults).toEqual([]);
    const fresh = path.join(folder, 'fresh');
    mkdirSync(fresh);
    copyFileSync(path.join(data, 'library.db'), path.join(fresh, 'library.db'));
    await build([], {data: fresh, maxZoom: 13});
    expect(readFileSync(archivePath(fresh)).equals(finished), `kill ${kill}`).toBe(true);
    rmSync(fresh, {recursive: true});
    rmSync(data, {recursive: true});
  }
  expect(cut).toBeGreaterThan(kills / 3);
}

function writeOuting(activities: string, i: number, random: () => number): void {
  const corners = Array.from({length: 8}, () => [random() * 5000, random() * 5000] as const);
  const start = morning + i * 86_400_000;
  writeGpx(activities, `${String(i).padStart(3, '0')}.gpx`, [track(noisy(along(corners, 6), 3, random), {start})]);
}

function spawnBuild(activities: string, data: string): ChildProcess {
  return spawn(process.execPath, [main, 'build', activities, '--data', data, '--max-zoom', '13'], {stdio: 'ignore'});
}

/** Seconds that a whole build takes here and now, so that kills fall into it. */
async function timeBuild(activities: string, start: string, data: string): Promise<number> {
  cpSync(start, data, {recursive: true});
  const began = performance.now();
  await once(spawnBuild(activities, data), 'close');
  return (performance.now() - began) / 1000;
}
