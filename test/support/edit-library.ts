import {copyFileSync, mkdirSync, readFileSync, utimesSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect} from 'vitest';
import {archivePath, type BuildOptions, build} from '../../builder/build.ts';
import {Library} from '../../builder/library.ts';
import {verify} from '../../builder/verify.ts';
import {gpxText, writeGpx} from './files.ts';
import {along, morning, noisy, seededRandom, track} from './tracks.ts';

const day = 86_400_000;

/** Metres from one town to the next. */
const townMeters = 9000;

/** A ride through one of three small towns of a few streets, so that rides share tiles. */
function ride(seed: number) {
  const random = seededRandom(seed);
  const corners = Array.from(
    {length: 8},
    () => [(seed % 3) * townMeters + Math.floor(random() * 5) * 700, Math.floor(random() * 5) * 700] as const,
  );
  return track(noisy(along(corners, 8), 3, random), {start: morning + seed * day});
}

/** The archive of a data folder's library written from nothing, into another folder and by one worker. */
export async function fromNothing(data: string, fresh: string, options: Partial<BuildOptions>): Promise<Buffer> {
  mkdirSync(fresh);
  copyFileSync(path.join(data, 'library.db'), path.join(fresh, 'library.db'));
  // What was cut before is cut anew, too.
  inLibrary(fresh, (library) => library.putCuts([], [...library.cuts().keys()]));
  await build([], {...options, data: fresh, workers: 1});
  return readFileSync(archivePath(fresh));
}

function inLibrary(data: string, work: (library: Library) => void): void {
  const library = new Library(data);
  try {
    work(library);
  } finally {
    library.close();
  }
}

/** New, changed and emptied files: what was in them is forgotten, what is in them is new. */
function editFile(file: string, random: () => number, edit: number, clock: number): void {
  const tracks =
    random() < 0.25 ? [] : [ride(100 + edit), ...(random() < 0.3 ? [ride(Math.floor(random() * 12))] : [])];
  writeFileSync(file, gpxText(tracks));
  utimesSync(file, clock / 1000, clock / 1000);
}

/** New and removed zones at crossings of a town, and now and then other ends that are trimmed. */
function editPrivacy(library: Library, random: () => number): void {
  const zones = library.zones();
  const kind = random();
  if (kind < 0.15) library.setTrimMeters(Math.floor(random() * 3) * 60);
  else if (kind < 0.5 && zones.length > 0) library.removeZone(zones[Math.floor(random() * zones.length)].number);
  else {
    const town = Math.floor(random() * 3) * townMeters;
    const at = track([[town + Math.floor(random() * 5) * 700 + 30, Math.floor(random() * 5) * 700]]);
    library.addZone({lng: at.lng[0], lat: at.lat[0], radius: 50 + Math.floor(random() * 70), name: ''});
  }
}

/**
 * Makes a library in `folder/name`, edits it `edits` times at random and compares the updated archive with one written
 * from nothing now and then; gives how many updates left tiles alone.
 */
export async function editLibrary(folder: string, name: string, budget: number, edits: number): Promise<number> {
  const activities = path.join(folder, `${name}-activities`);
  mkdirSync(activities);
  const data = path.join(folder, name);
  const random = seededRandom(budget);
  const options = {data, maxZoom: 13, budget, workers: 2};
  for (let i = 0; i < 12; i++) writeGpx(activities, `${i}.gpx`, [ride(i)]);
  await build([activities], options);
  inLibrary(data, (library) => library.setFact('secret', '5e'.repeat(32)));
  let clock = Date.now();
  let partly = 0;
  for (let edit = 0; edit < edits; edit++) {
    clock += 10_000;
    if (random() < 0.35) inLibrary(data, (library) => editPrivacy(library, random));
    else editFile(path.join(activities, `${Math.floor(random() * 14)}.gpx`), random, edit, clock);
    const {archive} = await build([activities], options);
    if (archive && archive.encodedTiles > 0 && archive.encodedTiles < archive.tiles) partly++;
    if (edit % 4 !== 3 && edit !== edits - 1) continue;
    const fresh = await fromNothing(data, path.join(folder, `${name}-${edit}`), {maxZoom: 13, budget});
    expect(fresh.equals(readFileSync(archivePath(data))), `edit ${edit}`).toBe(true);
    expect(verify(archivePath(data)).faults).toEqual([]);
  }
  return partly;
}
