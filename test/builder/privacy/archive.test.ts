import {mkdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {gunzipSync} from 'node:zlib';
import {PMTiles} from 'pmtiles';
import {beforeAll, describe, expect, test} from 'vitest';
import {ArchiveReader} from '../../../builder/archive-reader.ts';
import {archivePath, build} from '../../../builder/build.ts';
import {Library} from '../../../builder/library.ts';
import {verify} from '../../../builder/verify.ts';
import {decodeActivityTable} from '../../../core/activity-table.ts';
import {decodeHeatTile} from '../../../core/heat-tile.ts';
import {distance, unprojectX, unprojectY, worldMeters} from '../../../core/mercator.ts';
import type {TrackheatMetadata} from '../../../core/metadata.ts';
import {tileOfId} from '../../../core/tile-id.ts';
import {temporaryFolder, writeGpx} from '../../support/files.ts';
import {memorySource} from '../../support/memory-source.ts';
import {along, morning, home as near, noisy, seededRandom, track} from '../../support/tracks.ts';

const folder = temporaryFolder();
const activities = path.join(folder, 'activities');
const data = path.join(folder, 'data');
const day = 86_400_000;
/** A place with as many digits as people copy from a map. */
const home = {lng: near.lng + 0.00012345, lat: near.lat + 0.00023456};
const radius = 500;
const name = 'Where I live';
const options = {data, workers: 1};
let before: Buffer;
let after: Buffer;
let secret: Buffer;

function inLibrary<T>(work: (library: Library) => T): T {
  const library = new Library(data);
  try {
    return work(library);
  } finally {
    library.close();
  }
}

/** All tiles of the archive, decoded. */
function* tilesOf(file: string) {
  const reader = new ArchiveReader(file);
  for (const entry of reader.entries) {
    const bytes = gunzipSync(reader.tileBytes(entry));
    for (let id = entry.tileId; id < entry.tileId + entry.runLength; id++)
      yield {id, bytes, tile: decodeHeatTile(bytes)};
  }
  reader.close();
}

async function metadataOf(archive: Buffer): Promise<TrackheatMetadata> {
  return ((await new PMTiles(memorySource(archive)).getMetadata()) as {trackheat: TrackheatMetadata}).trackheat;
}

beforeAll(async () => {
  mkdirSync(activities);
  const random = seededRandom(5);
  for (let i = 0; i < 10; i++) {
    const turn = random() * 2 * Math.PI;
    const out: [number, number] = [Math.cos(turn) * 4000, Math.sin(turn) * 4000];
    const way = along([[0, 0], out, [out[0] + 700, out[1]], [0, 0]], 6);
    writeGpx(activities, `round-${i}.gpx`, [track(noisy(way, 3, random), {start: morning + i * day})]);
  }
  // Never leaves the zone, and never comes near it.
  writeGpx(activities, 'x-errand.gpx', [
    track(
      along(
        [
          [0, 0],
          [200, 100],
          [0, 0],
        ],
        4,
      ),
      {start: morning + 20 * day},
    ),
  ]);
  const far = along(
    [
      [9000, 9000],
      [12_000, 9000],
      [12_000, 11_000],
    ],
    6,
  );
  writeGpx(activities, 'y-far.gpx', [track(noisy(far, 3, random), {start: morning + 21 * day})]);
  await build([activities], options);
  before = readFileSync(archivePath(data));
  inLibrary((library) => library.addZone({...home, radius, name}));
  await build([], options);
  after = readFileSync(archivePath(data));
  secret = Buffer.from(inLibrary((library) => library.secret()));
});

describe('an archive after a zone was added', () => {
  test('has no vertex inside the asked circle, but for the width of a cell where cells are coarse', () => {
    const nearest = new Map<number, number>();
    for (const {id, tile} of tilesOf(archivePath(data))) {
      const [z, x, y] = tileOfId(id);
      const {segments, extent} = tile;
      for (let at = 0; at < segments.length; at += 2) {
        const lng = unprojectX((x + segments[at] / extent) / 2 ** z);
        const lat = unprojectY((y + segments[at + 1] / extent) / 2 ** z);
        const away = distance(home.lng, home.lat, lng, lat);
        nearest.set(z, Math.min(nearest.get(z) ?? Number.POSITIVE_INFINITY, away));
      }
    }
    expect(nearest.size).toBe(16);
    for (const [zoom, away] of nearest) {
      const cell = (worldMeters * Math.cos((home.lat * Math.PI) / 180)) / 512 / 2 ** zoom;
      // A vertex is the centre of a cell that a line outside crosses: at most a diagonal's half nearer than the line.
      expect(away, `zoom ${zoom}`).toBeGreaterThan(zoom === 15 ? 1.04 * radius : 1.04 * radius - 0.75 * cell);
      if (zoom >= 11) expect(away, `zoom ${zoom}`).toBeGreaterThan(radius);
    }
  });

  test('tells neither the secret nor the zone', () => {
    const reader = new ArchiveReader(archivePath(data));
    const {jsonMetadataOffset: start, jsonMetadataLength: length} = reader.header;
    reader.close();
    const parts = [after, gunzipSync(after.subarray(start, start + length))];
    for (const {bytes} of tilesOf(archivePath(data))) parts.push(bytes);
    const all = Buffer.concat(parts);
    expect(secret.length).toBeGreaterThanOrEqual(16);
    for (const text of [secret.toString('hex'), secret.toString('base64'), name, String(home.lng), String(home.lat)]) {
      expect(all.includes(text), text).toBe(false);
    }
    expect(all.includes(secret)).toBe(false);
    for (const degrees of [home.lng, home.lat]) {
      const bytes = Buffer.alloc(8);
      bytes.writeInt32LE(Math.round(degrees * 1e7));
      expect(all.includes(bytes.subarray(0, 4))).toBe(false);
      bytes.writeDoubleLE(degrees);
      expect(all.includes(bytes)).toBe(false);
    }
  });

  test('has neither the activity that lies wholly within, nor facts of what was cut', async () => {
    const then = await metadataOf(before);
    const now = await metadataOf(after);
    const tableThen = decodeActivityTable(then.activities);
    const table = decodeActivityTable(now.activities);
    expect([...tableThen.id]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect([...table.id]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12]);
    expect(now.counts.activities).toBe(11);
    expect(now.counts.points).toBeLessThan(then.counts.points);
    for (let i = 0; i < 10; i++) {
      expect(table.details?.distance[i]).toBeLessThan((tableThen.details?.distance[i] ?? 0) - 2 * radius);
      expect(table.details?.moving[i]).toBeLessThan((tableThen.details?.moving[i] ?? 0) - 100);
      expect(table.details?.startMinute[i]).toBeGreaterThan(tableThen.details?.startMinute[i] ?? 0);
    }
    expect(table.details?.distance[10]).toBe(tableThen.details?.distance[11]);
    expect(verify(archivePath(data)).faults).toEqual([]);
    const shown = inLibrary((library) => library.list());
    expect(shown.filter(({hidden}) => hidden).map(({number, state}) => `${number} ${state}`)).toEqual(['11 active']);
  });

  test('has bounds and quantiles of what is left', async () => {
    const only = path.join(folder, 'only');
    mkdirSync(only);
    writeGpx(only, 'a.gpx', [
      track(
        along(
          [
            [0, 0],
            [3000, 20],
          ],
          5,
        ),
      ),
    ]);
    const own = path.join(folder, 'own');
    await build([only], {data: own, workers: 1});
    const library = new Library(own);
    library.addZone({...home, radius, name: ''});
    library.close();
    await build([], {data: own, workers: 1});
    const {bounds, quantiles} = await metadataOf(readFileSync(archivePath(own)));
    // Only the east of the way is left: the west of the bounds is where the zone's edge cuts it, but for the usual 10⁻⁴ degrees.
    expect(distance(home.lng, home.lat, bounds[0], home.lat)).toBeGreaterThan(radius);
    expect(bounds[2]).toBeGreaterThan(home.lng + 0.03);
    expect(quantiles[15]).not.toEqual((await metadataOf(before)).quantiles[15]);
  });

  test('is the archive from before, byte for byte, when the zone is removed, and another one no more when it is added again', async () => {
    inLibrary((library) => library.removeZone(1));
    await build([], options);
    expect(readFileSync(archivePath(data)).equals(before)).toBe(true);
    expect(inLibrary((library) => library.addZone({...home, radius, name}))).toBe(2);
    const {archive} = await build([], options);
    expect(readFileSync(archivePath(data)).equals(after)).toBe(true);
    expect(archive?.encodedTiles).toBeGreaterThan(0);
  });

  test('keeps its tiles where no activity comes into a new zone', async () => {
    inLibrary((library) => library.addZone({lng: home.lng + 0.05, lat: home.lat - 0.1, radius: 300, name: ''}));
    // In the box of activities, but beside their ways.
    inLibrary((library) => library.addZone({lng: home.lng + 0.125, lat: home.lat + 0.096, radius: 60, name: ''}));
    const {archive} = await build([], options);
    expect(archive?.encodedTiles).toBe(0);
    expect(readFileSync(archivePath(data)).equals(after)).toBe(true);
  });

  test('loses all that lies within a zone large enough, and gets it back', async () => {
    inLibrary((library) => library.addZone({...home, radius: 40_000, name: 'All'}));
    await build([], options);
    const now = await metadataOf(readFileSync(archivePath(data)));
    expect(now.counts).toEqual({activities: 0, lines: 0, points: 0});
    expect(now.bounds).toEqual([-180, -85, 180, 85]);
    inLibrary((library) => library.removeZone(5));
    await build([], options);
    expect(readFileSync(archivePath(data)).equals(after)).toBe(true);
  });
});
