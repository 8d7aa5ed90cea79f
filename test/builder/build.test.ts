import {copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {VectorTile} from '@mapbox/vector-tile';
import {PbfReader} from 'pbf';
import {PMTiles} from 'pmtiles';
import {describe, expect, test} from 'vitest';
import {archivePath, build} from '../../builder/build.ts';
import {lockBuild} from '../../builder/build-lock.ts';
import {type FileRecord, Library} from '../../builder/library.ts';
import {verify} from '../../builder/verify.ts';
import {decodeActivityTable} from '../../core/activity-table.ts';
import {dateOfDay} from '../../core/days.ts';
import {quantileZooms, type TrackheatMetadata} from '../../core/metadata.ts';
import {sports} from '../../core/sports.ts';
import {changeArchive} from '../support/change-archive.ts';
import {temporaryFolder, writeGpx} from '../support/files.ts';
import {memorySource} from '../support/memory-source.ts';
import {along, morning, noisy, seededRandom, track} from '../support/tracks.ts';

const folder = temporaryFolder();
const day = 86_400_000;

function outing(seed: number, start: number) {
  const random = seededRandom(seed);
  const corners = Array.from({length: 12}, () => [random() * 8000, random() * 8000] as const);
  return track(noisy(along(corners, 6), 3, random), {start});
}

const activities = path.join(folder, 'activities');
mkdirSync(activities);
for (let i = 0; i < 6; i++) writeGpx(activities, `ride-${i}.gpx`, [outing(i, morning + i * day)], {name: `Ride ${i}`});
writeGpx(activities, 'two.gpx', [outing(20, morning + 40 * day), outing(21, morning + 41 * day)], {type: 'running'});
copyFileSync(path.join(activities, 'ride-1.gpx'), path.join(activities, 'z-copy.gpx'));
writeGpx(activities, 'empty.gpx', [], {});
writeGpx(activities, 'treadmill.gpx', [track([])], {type: 'running'});
writeFileSync(path.join(activities, 'notes.txt'), 'Wax the chain.');

async function built(data: string, workers: number, paths = [activities]) {
  const records: FileRecord[] = [];
  const summary = await build(paths, {data, workers, onFile: (record) => records.push(record)});
  return {summary, records, archive: readFileSync(archivePath(data))};
}

/** An archive's bytes but for the one thing in which two imports of the same files differ: when they were. */
function withoutImportTime(file: string): Buffer {
  const copy = `${file}.copy`;
  changeArchive(file, copy, undefined, (metadata) => {
    metadata.imported = '';
  });
  return readFileSync(copy);
}

describe('build', () => {
  const data = path.join(folder, 'data');

  test('ends every file with an outcome and a reason, and the counts add up', async () => {
    const {summary, records} = await built(data, 2);
    expect(summary.files).toBe(11);
    expect(summary.outcomes).toEqual({
      imported: 7,
      duplicate: 1,
      forgotten: 0,
      'no-position': 1,
      'not-activity': 2,
      unchanged: 0,
      failed: 0,
    });
    expect(Object.values(summary.outcomes).reduce((sum, n) => sum + n, 0)).toBe(summary.files);
    expect(summary.activities).toEqual({imported: 8, duplicate: 1, 'no-position': 1, 'not-activity': 0});
    expect(records.map((record) => path.basename(record.path))).toEqual(
      [...records.map((r) => path.basename(r.path))].sort(),
    );
    for (const {outcome, reason} of records) if (outcome !== 'imported') expect(reason).not.toBe('');
    expect(records.find(({outcome}) => outcome === 'duplicate')?.reason).toContain('same bytes as');
    expect(summary.points).toBe(records.reduce((sum, {points}) => sum + points, 0));
  });

  test('writes an archive that verify finds nothing wrong with', () => {
    const {faults, zooms} = verify(archivePath(data));
    expect(faults).toEqual([]);
    expect([...zooms.keys()]).toEqual(Array.from({length: 16}, (_, zoom) => zoom));
    for (const report of zooms.values()) expect(report.rows).toBe(8);
  });

  test('writes an archive that pmtiles and @mapbox/vector-tile read, with its table and quantiles', async () => {
    const archive = new PMTiles(memorySource(readFileSync(archivePath(data))));
    const {trackheat, vector_layers} = (await archive.getMetadata()) as {
      trackheat: TrackheatMetadata;
      vector_layers: {id: string}[];
    };
    expect(vector_layers.map(({id}) => id)).toEqual(['heat']);
    const table = decodeActivityTable(trackheat.activities, trackheat.sports);
    expect([...table.id]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect([...table.sport].map((index) => sports[index])).toEqual([...Array(6).fill('ride'), 'run', 'run']);
    expect(dateOfDay(table.from[0])).toBe('2024-05-01');
    // 06:00 UTC is 08:00 in the summer of Germany.
    expect(table.details?.startMinute[0]).toBe(480);
    expect(table.details?.name?.[2]).toBe('Ride 2');
    expect(trackheat.quantiles).toHaveLength(quantileZooms);
    for (const zoom of trackheat.quantiles) {
      expect(zoom).toHaveLength(33);
      expect([...zoom].sort((a, b) => a - b)).toEqual(zoom);
    }
    const world = await archive.getZxy(0, 0, 0);
    const layer = new VectorTile(new PbfReader(world?.data ?? new ArrayBuffer(0))).layers.heat;
    expect(layer.length).toBe(8);
    expect(layer.feature(0).properties).toEqual({n: 1, sport: 'ride', from: table.from[0], to: table.from[0]});
  });

  test('reads no unchanged file again and writes the same bytes with one worker, two workers and again', async () => {
    const first = readFileSync(archivePath(data));
    const library = path.join(folder, 'one-worker');
    mkdirSync(library);
    copyFileSync(path.join(data, 'library.db'), path.join(library, 'library.db'));
    const again = await built(library, 1);
    expect(again.summary.outcomes.unchanged).toBe(11);
    expect(again.archive.equals(first)).toBe(true);
    const third = await built(data, 2);
    expect(third.summary.outcomes.unchanged).toBe(11);
    expect(third.archive.equals(first)).toBe(true);
  });

  test('writes the same bytes with 1, 2 and 4 workers, the import included', async () => {
    const archives: Buffer[] = [];
    for (const workers of [1, 2, 4]) {
      const own = path.join(folder, `workers-${workers}`);
      const options = {data: own, workers, maxZoom: 12, budget: 3000};
      await build([activities], options);
      archives.push(withoutImportTime(archivePath(own)));
      // The same library, whose archive is written again from nothing.
      const again = path.join(folder, `workers-${workers}-again`);
      mkdirSync(again);
      copyFileSync(path.join(folder, 'workers-1', 'library.db'), path.join(again, 'library.db'));
      await build([], {...options, data: again});
      expect(readFileSync(archivePath(again)).equals(readFileSync(archivePath(path.join(folder, 'workers-1'))))).toBe(
        true,
      );
    }
    expect(archives[1].equals(archives[0])).toBe(true);
    expect(archives[2].equals(archives[0])).toBe(true);
  });

  test('of a new file adds one activity, of a changed file keeps the numbers of what is still in it', async () => {
    const more = path.join(folder, 'more');
    mkdirSync(more);
    const changing = writeGpx(more, 'export.gpx', [outing(30, morning), outing(31, morning + day)]);
    const own = path.join(folder, 'own');
    await built(own, 2, [more]);
    writeGpx(more, 'export.gpx', [outing(31, morning + day), outing(32, morning + 2 * day)]);
    utimesSync(changing, new Date(), new Date(Date.now() + 5000));
    const {summary, archive} = await built(own, 2, [more]);
    expect(summary.outcomes.imported).toBe(1);
    const metadata = (await new PMTiles(memorySource(archive)).getMetadata()) as {trackheat: TrackheatMetadata};
    expect([...decodeActivityTable(metadata.trackheat.activities).id]).toEqual([2, 3]);
    expect(verify(archivePath(own)).faults).toEqual([]);
  });

  test('keeps the activities of a file that is gone', async () => {
    const {summary} = await built(data, 2, [path.join(activities, 'ride-0.gpx')]);
    expect(summary.files).toBe(1);
    expect(verify(archivePath(data)).zooms.get(0)?.rows).toBe(8);
  });

  test('counts a file that is moved while it runs under its new path alone', async () => {
    const from = path.join(folder, 'moved');
    const data = path.join(folder, 'data-moved');
    mkdirSync(from);
    const before = path.join(from, 'a.gpx');
    writeGpx(from, 'a.gpx', [outing(30, morning)], {});
    await built(data, 1, [from]);
    copyFileSync(before, path.join(from, 'b.gpx'));
    const onProgress = () => rmSync(before, {force: true});
    const summary = await build([from], {data, workers: 1, onProgress});
    expect(summary).toMatchObject({files: 1, outcomes: {imported: 1, unchanged: 0}, activities: {imported: 1}});
  });

  test('of a folder without activities writes no archive', async () => {
    const empty = path.join(folder, 'nothing');
    mkdirSync(empty);
    writeFileSync(path.join(empty, 'a.gpx'), '<html>');
    const none = path.join(folder, 'none');
    const summary = await build([empty], {data: none, workers: 1});
    expect(summary.archive).toBeUndefined();
    expect(existsSync(archivePath(none))).toBe(false);
  });

  test('lets the next build in after a library that it cannot read', async () => {
    const newer = path.join(folder, 'newer');
    mkdirSync(newer);
    const library = new Library(newer);
    library.setFact('version', '99');
    library.close();
    await expect(build([activities], {data: newer})).rejects.toThrow('a library of version 99');
    lockBuild(newer)();
  });

  test('of a path that does not exist is refused with its name', async () => {
    await expect(build([path.join(folder, 'missing')], {data, workers: 1})).rejects.toThrow(
      /missing: no such file or folder/,
    );
  });
});
