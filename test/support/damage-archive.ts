import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect} from 'vitest';
import {archivePath, build} from '../../builder/build.ts';
import {verify} from '../../builder/verify.ts';
import {writeGpx} from './files.ts';
import {along, noisy, seededRandom, track} from './tracks.ts';

const tool = fileURLToPath(new URL('../../../shared/tools/verify_pmtiles.py', import.meta.url));

/** Whether the independent check of PMTiles archives (../shared/tools, Python) can be run here. */
export const hasSecondOpinion = existsSync(tool) && spawnSync('python3', ['--version'], {stdio: 'ignore'}).status === 0;

/** A small good archive, built in a folder. */
export async function goodArchive(folder: string): Promise<string> {
  const random = seededRandom(3);
  const corners = Array.from({length: 6}, () => [random() * 3000, random() * 3000] as const);
  const file = writeGpx(folder, 'ride.gpx', [track(noisy(along(corners, 6), 3, random))]);
  const data = path.join(folder, 'data');
  await build([file], {data, maxZoom: 12, workers: 1});
  return archivePath(data);
}

/**
 * Damages an archive in so many ways: flipped bits anywhere, changed bytes in header and directories, cut-off ends, bytes
 * too many. Whatever the independent check faults, `verify` faults too, and it never throws. Gives how many were faulted.
 */
export function damageArchive(archive: string, folder: string, times: number, seed: number): number {
  const random = seededRandom(seed);
  const good = readFileSync(archive);
  const head = Number(good.readBigUInt64LE(56));
  const file = path.join(folder, 'damaged.pmtiles');
  let faulted = 0;
  for (let i = 0; i < times; i++) {
    let bytes = Buffer.from(good);
    const where = Math.floor(random() * (i % 2 === 0 ? head : bytes.length));
    if (i % 5 === 4) bytes = bytes.subarray(0, where);
    else if (i % 5 === 3) bytes = Buffer.concat([bytes, Buffer.alloc(1 + (where % 40))]);
    else bytes[where] ^= 1 << Math.floor(random() * 8);
    writeFileSync(file, bytes);
    const {faults} = verify(file);
    if (faults.length > 0) faulted++;
    else if (hasSecondOpinion) expect(secondOpinion(file), `damage ${i} at ${where}`).toBe(true);
  }
  return faulted;
}

/** Whether the independent check finds nothing wrong. */
export function secondOpinion(file: string): boolean {
  return spawnSync('python3', [tool, file], {stdio: 'ignore'}).status === 0;
}
