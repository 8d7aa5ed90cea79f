import {copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import {describe, expect, test} from 'vitest';
import type {Track} from '../../builder/activity.ts';
import {archivePath, type BuildOptions, build} from '../../builder/build.ts';
import {nearLine} from '../../builder/dedupe/near-line.ts';
import {type FileRecord, Library} from '../../builder/library.ts';
import {decodeTracks} from '../../builder/track-blob.ts';
import {verify} from '../../builder/verify.ts';
import {distance} from '../../core/mercator.ts';
import {temporaryFolder, writeGpx} from '../support/files.ts';
import {copied, go, type Outing, record, streets} from '../support/outings.ts';
import {along, morning, seededRandom} from '../support/tracks.ts';

const folder = temporaryFolder();
const hour = 3_600_000;
let folders = 0;

/** A folder of activities and one for the library, both empty. */
function empty(): {activities: string; data: string} {
  const at = path.join(folder, String(++folders));
  const activities = path.join(at, 'activities');
  mkdirSync(activities, {recursive: true});
  return {activities, data: path.join(at, 'data')};
}

/** An outing of about 20 minutes. */
function someOuting(seed: number, start = morning): Outing {
  const random = seededRandom(seed);
  return go(random, streets(random, 6000), 5, start);
}

/** Imports into a library; the archive is of one tile. */
function imports(data: string, paths: string[], options: Partial<BuildOptions> = {}) {
  return build(paths, {data, maxZoom: 0, workers: 1, ...options});
}

function inLibrary<T>(data: string, work: (library: Library) => T): T {
  const library = new Library(data);
  try {
    return work(library);
  } finally {
    library.close();
  }
}

/** Number, state and winner of all activities. */
function statesIn(data: string): string[] {
  return inLibrary(data, (library) =>
    library
      .list()
      .map(({number, state, duplicateOf}) => `${number} ${state}${duplicateOf ? ` of ${duplicateOf}` : ''}`),
  );
}

/** Numbers that the archive draws. */
function drawnIn(data: string): number[] {
  return inLibrary(data, (library) => library.drawn().map(({number}) => number));
}

/** A changed file has another mtime. */
function touch(file: string): void {
  const later = new Date(Date.now() + 5000 * ++folders);
  utimesSync(file, later, later);
}

/** Two recordings of one outing: the receiver of the longer one, 1, drew a straight line where the other one, `whole`, has a corner. */
async function lostWay(): Promise<{activities: string; data: string; whole: Track}> {
  const {activities, data} = empty();
  const way = along(
    [
      [0, 0],
      [2500, 0],
      [2500, 800],
      [5000, 800],
    ],
    4,
  );
  const outing = {start: morning, places: way};
  const random = seededRandom(5);
  const whole = record(random, outing);
  const cut = {
    ...outing,
    places: [
      ...way,
      ...along(
        [
          [5000, 800],
          [9000, 800],
        ],
        4,
      ),
    ],
  };
  const gap = record(random, cut);
  const there = (i: number) => i < 500 || i > 750;
  const pick = (values: Float64Array) => values.filter((_, i) => there(i));
  writeGpx(activities, 'longer.gpx', [
    {lng: pick(gap.lng), lat: pick(gap.lat), time: pick(gap.time), elevation: pick(gap.elevation)},
  ]);
  writeGpx(activities, 'whole.gpx', [whole]);
  await imports(data, [activities]);
  return {activities, data, whole};
}

describe('Library, of outings recorded more than once', () => {
  test('lets a better recording that comes later win: states flip, numbers stay', async () => {
    const {activities, data} = empty();
    const outing = someOuting(1);
    const random = seededRandom(1);
    writeGpx(activities, 'a.gpx', [record(random, outing, {to: 0.5})]);
    await imports(data, [activities]);
    expect(statesIn(data)).toEqual(['1 active']);
    writeGpx(activities, 'b.gpx', [record(random, outing)]);
    const records: FileRecord[] = [];
    const summary = await imports(data, [activities], {onFile: (each) => records.push(each)});
    expect(statesIn(data)).toEqual(['1 duplicate of 2', '2 active']);
    expect(summary.activities).toMatchObject({imported: 1, duplicate: 1});
    expect(records[0]).toMatchObject({outcome: 'duplicate', imported: 0, duplicates: 1});
    expect(records[0].reason).toContain(`the same outing as activity 2 of ${path.join(activities, 'b.gpx')}`);
    expect(verify(archivePath(data)).faults).toEqual([]);
  });

  test('in one build tells of each file how it ended, not how it looked on the way', async () => {
    const {activities, data} = empty();
    const outing = someOuting(2);
    const random = seededRandom(2);
    writeGpx(activities, 'a.gpx', [record(random, outing, {to: 0.6})]);
    writeGpx(activities, 'b.gpx', [record(random, outing)]);
    const outcomes: string[] = [];
    const {activities: counts} = await imports(data, [activities], {onFile: ({outcome}) => outcomes.push(outcome)});
    expect(outcomes).toEqual(['duplicate', 'imported']);
    expect(counts).toMatchObject({imported: 1, duplicate: 1});
  });

  test('makes legs duplicates of the file that has both, whichever comes first', async () => {
    const there = someOuting(3);
    const back = someOuting(4, morning + 5 * hour);
    const random = seededRandom(3);
    const legs = [record(random, there), record(random, back)];
    const both = legs.map((leg) => copied(leg, {}));
    for (const order of ['both, legs', 'legs, both']) {
      const {activities, data} = empty();
      const first = order === 'both, legs';
      for (const [i, leg] of legs.entries()) writeGpx(activities, `${first ? 'z' : 'a'}${i}.gpx`, [leg]);
      // One track of two segments is one activity.
      const merged = writeGpx(activities, 'm.gpx', [joined(both)]);
      expect(existsSync(merged)).toBe(true);
      await imports(data, [activities]);
      expect(statesIn(data), order).toEqual(
        first
          ? ['1 active', '2 duplicate of 1', '3 duplicate of 1']
          : ['1 duplicate of 3', '2 duplicate of 3', '3 active'],
      );
      expect(drawnIn(data), order).toHaveLength(1);
    }
  });

  test('keeps a stretch on the map that only a duplicate has, under its own number', async () => {
    const {activities, data, whole} = await lostWay();
    expect(statesIn(data)).toEqual(['1 active', '2 duplicate of 1']);
    expect(drawnIn(data)).toEqual([1, 2]);
    const rows = inLibrary(data, (library) => library.drawn());
    expect(rows[1].distance).toBeGreaterThan(700);
    expect(rows[1].distance).toBeLessThan(1000);
    expect(inLibrary(data, (library) => library.show(2)?.activity.remainder)).toBe(rows[1].distance);
    // It begins where the other one lost its way, not where the whole recording begins.
    expect(Math.abs(rows[1].start - whole.time[495])).toBeLessThan(30_000);
    expect(verify(archivePath(data)).zooms.get(0)?.rows).toBe(2);
    const hill = whole.time.map((_, i) => 400 + i / 4);
    writeGpx(activities, 'whole.gpx', [{...whole, elevation: hill}]);
    touch(path.join(activities, 'whole.gpx'));
    await imports(data, [activities]);
    expect(inLibrary(data, (library) => library.drawn()[1].ascent)).toBeGreaterThan(20);
    inLibrary(data, (library) => library.exclude([2]));
    expect(drawnIn(data)).toEqual([1]);
  });

  test('loses no stretch over 500 m of three recordings of parts of one outing', async () => {
    for (let seed = 1; seed <= 8; seed++) {
      const {activities, data} = empty();
      const random = seededRandom(seed);
      const outing = go(random, streets(random, 12_000), 6);
      const parts = [
        {from: 0, to: 0.75},
        {from: 0.2, to: 0.85},
        {from: 0.3 + 0.2 * random(), to: 1},
      ];
      const recordings = parts.map((part) => record(random, outing, {...part, noise: 3}));
      for (const [i, track] of recordings.entries()) writeGpx(activities, `${i}.gpx`, [track]);
      await imports(data, [activities]);
      const drawn = inLibrary(data, (library) =>
        library.drawn().map(({number}) => decodeTracks(library.activity(number)?.tracks as Uint8Array)),
      );
      const isDrawn = nearLine(drawn.flat(), 60);
      for (const track of recordings) expect(longestMissing(track, isDrawn), `seed ${seed}`).toBeLessThan(520);
    }
  });

  test('finds the same winners in any order of the files, and by any number of workers', async () => {
    const random = seededRandom(11);
    const recordings: [string, Track][] = [];
    for (let i = 0; i < 6; i++) {
      const outing = someOuting(20 + i, morning + i * 30 * hour);
      recordings.push([`${i} watch`, record(random, outing)]);
      recordings.push([`${i} computer`, record(random, outing, {from: 0.05, to: i % 2 ? 1 : 0.5, every: 3})]);
      recordings.push([`${i} copy`, copied(recordings[recordings.length - 2][1], {minutes: 60, every: 2})]);
      recordings.push([`${i} route`, copied(recordings[recordings.length - 3][1], {timed: false})]);
    }
    const winners = new Set<string>();
    for (const [workers, order] of [
      [1, 1],
      [2, 1],
      [2, -1],
      [1, 7],
    ]) {
      const {activities, data} = empty();
      recordings.forEach(([name, track], i) => {
        const rank = String((i * (order > 0 ? order : recordings.length - 1)) % recordings.length).padStart(2, '0');
        writeGpx(activities, `${rank}.gpx`, [track], {name});
      });
      await imports(data, [activities], {workers});
      const active = inLibrary(data, (library) => library.list().filter(({state}) => state === 'active'));
      winners.add(
        active
          .map(({name}) => name)
          .sort()
          .join(),
      );
    }
    expect([...winners]).toEqual([[0, 1, 2, 3, 4, 5].map((i) => `${i} watch`).join()]);
  });

  test('takes twenty copies of a file for one recording, and another device for its twin', async () => {
    const {activities, data} = empty();
    const random = seededRandom(12);
    const outing = someOuting(12);
    const original = record(random, outing, {to: 0.9});
    for (let i = 0; i < 20; i++) writeGpx(activities, `${String(i).padStart(2, '0')}.gpx`, [original]);
    writeGpx(activities, 'watch.gpx', [record(random, outing)]);
    await imports(data, [activities]);
    expect(statesIn(data)).toEqual([...Array.from({length: 20}, (_, i) => `${i + 1} duplicate of 21`), '21 active']);
    inLibrary(data, (library) => library.forget([21, 1]));
    expect(statesIn(data).slice(0, 3)).toEqual(['1 forgotten', '2 active', '3 duplicate of 2']);
  });
});

describe('Library, of what people want', () => {
  /** Two recordings of one outing, the second one better, and another outing. */
  async function three() {
    const {activities, data} = empty();
    const random = seededRandom(31);
    const outing = someOuting(31);
    writeGpx(activities, 'a.gpx', [record(random, outing, {from: 0.05})]);
    writeGpx(activities, 'b.gpx', [record(random, outing)]);
    writeGpx(activities, 'c.gpx', [record(random, someOuting(32, morning + 24 * hour))]);
    await imports(data, [activities]);
    return {activities, data};
  }

  test('takes an excluded outing off the map with all its recordings, and brings it back', async () => {
    const {data} = await three();
    const revision = inLibrary(data, (library) => library.revision());
    inLibrary(data, (library) => library.exclude([2]));
    expect(statesIn(data)).toEqual(['1 duplicate of 2', '2 excluded', '3 active']);
    expect(inLibrary(data, (library) => library.revision())).toBeGreaterThan(revision);
    const {archive} = await imports(data, []);
    expect(archive?.encodedTiles).toBe(1);
    expect(verify(archivePath(data)).zooms.get(0)?.rows).toBe(1);
    inLibrary(data, (library) => library.include([2]));
    await imports(data, []);
    expect(statesIn(data)).toEqual(['1 duplicate of 2', '2 active', '3 active']);
    expect(inLibrary(data, (library) => library.show(2)?.activity.preferred)).toBe(false);
    expect(verify(archivePath(data)).zooms.get(0)?.rows).toBe(2);
  });

  test('keeps an excluded outing off the map when the file of its recording is gone, or has it with a point less', async () => {
    const {activities, data} = await three();
    inLibrary(data, (library) => library.exclude([2, 3]));
    rmSync(path.join(activities, 'b.gpx'));
    const [{lng, lat, time, elevation}] = [record(seededRandom(9), someOuting(32, morning + 24 * hour))];
    const shorter = (values: Float64Array) => values.slice(0, -1);
    writeGpx(activities, 'c.gpx', [
      {lng: shorter(lng), lat: shorter(lat), time: shorter(time), elevation: shorter(elevation)},
    ]);
    await imports(data, [activities], {prune: true});
    expect(statesIn(data)).toEqual(['1 excluded', '2 forgotten', '3 forgotten', '4 excluded']);
    inLibrary(data, (library) => library.include([1]));
    expect(statesIn(data)[0]).toBe('1 active');
  });

  test('keeps both legs of an excluded file off the map when it is gone, and leaves other outings alone', async () => {
    const {activities, data} = empty();
    const random = seededRandom(33);
    const legs = [record(random, someOuting(33)), record(random, someOuting(34, morning + 5 * hour))];
    writeGpx(activities, 'both.gpx', [joined(legs.map((leg) => copied(leg, {})))]);
    await imports(data, [activities]);
    inLibrary(data, (library) => library.exclude([1]));
    rmSync(path.join(activities, 'both.gpx'));
    legs.forEach((leg, i) => {
      writeGpx(activities, `leg${i}.gpx`, [leg]);
    });
    await imports(data, [activities], {prune: true});
    expect(statesIn(data)).toEqual(['1 forgotten', '2 excluded', '3 excluded']);
    inLibrary(data, (library) => library.include([2]));
    rmSync(path.join(activities, 'leg1.gpx'));
    // The file of both still connects the legs; what was wanted of one says nothing of the other.
    await imports(data, [activities], {prune: true});
    expect(statesIn(data)).toEqual(['1 forgotten', '2 active', '3 forgotten']);
  });

  test('does not let a new recording of an excluded outing onto the map', async () => {
    const {activities, data} = await three();
    inLibrary(data, (library) => library.exclude([2]));
    writeGpx(activities, 'd.gpx', [record(seededRandom(5), someOuting(31), {noise: 2})]);
    await imports(data, [activities]);
    expect(statesIn(data)).toEqual(['1 duplicate of 2', '2 excluded', '3 active', '4 duplicate of 2']);
  });

  test('lets a duplicate stand for its outing when told to, also after the next build', async () => {
    const {activities, data} = await three();
    inLibrary(data, (library) => library.prefer([1]));
    expect(statesIn(data)).toEqual(['1 active', '2 duplicate of 1', '3 active']);
    writeGpx(activities, 'd.gpx', [record(seededRandom(6), someOuting(31))]);
    await imports(data, [activities]);
    expect(statesIn(data)).toEqual(['1 active', '2 duplicate of 1', '3 active', '4 duplicate of 1']);
    inLibrary(data, (library) => library.prefer([4]));
    expect(statesIn(data)).toEqual(['1 duplicate of 4', '2 duplicate of 4', '3 active', '4 active']);
  });

  test('forgets an activity for good, in its file and under another name, until it is wanted again', async () => {
    const {activities, data} = await three();
    const file = path.join(activities, 'c.gpx');
    inLibrary(data, (library) => library.forget([3]));
    const forgotten = inLibrary(data, (library) => library.show(3)?.activity);
    expect(forgotten).toMatchObject({state: 'forgotten', forgotten: 'user', name: '', bounds: undefined});
    touch(file);
    copyFileSync(file, path.join(activities, 'e.gpx'));
    const {outcomes, activities: counts, archive} = await imports(data, [activities]);
    expect(statesIn(data).slice(2)).toEqual(['3 forgotten', '4 forgotten']);
    expect(drawnIn(data)).toEqual([2]);
    // The two unchanged files are the duplicate and the one that stands for it.
    expect(outcomes).toMatchObject({forgotten: 2, unchanged: 2, imported: 0});
    expect(counts).toMatchObject({imported: 1, duplicate: 1});
    expect(archive?.activities).toBe(1);
    expect(inLibrary(data, (library) => library.include([3]))).toEqual([file]);
    await imports(data, [activities]);
    expect(statesIn(data).slice(2)).toEqual(['3 active', '4 forgotten']);
    expect(inLibrary(data, (library) => library.show(3)?.activity.name)).toBe('A ride');
    expect(drawnIn(data)).toEqual([2, 3]);
  });

  test('lets the other recording onto the map when one is forgotten', async () => {
    const {data} = await three();
    inLibrary(data, (library) => library.forget([2]));
    expect(statesIn(data)).toEqual(['1 active', '2 forgotten', '3 active']);
  });

  test('refuses a number that there is not, and then changes nothing', async () => {
    const {data} = await three();
    expect(() => inLibrary(data, (library) => library.exclude([3, 99]))).toThrow('no activity 99 in the library');
    expect(statesIn(data)).toEqual(['1 duplicate of 2', '2 active', '3 active']);
  });
});

describe('Library, of files that change', () => {
  test('lets a duplicate take over from an activity that its file has no more, and gives way when it is back', async () => {
    const {activities, data} = empty();
    const original = record(seededRandom(41), someOuting(41));
    writeGpx(activities, 'a.gpx', [original], {name: 'Kept'});
    writeGpx(activities, 'b.gpx', [original]);
    const file = path.join(activities, 'a.gpx');
    await imports(data, [activities]);
    expect(statesIn(data)).toEqual(['1 active', '2 duplicate of 1']);
    writeGpx(activities, 'a.gpx', []);
    touch(file);
    await imports(data, [activities]);
    expect(statesIn(data)).toEqual(['1 forgotten', '2 active']);
    writeGpx(activities, 'a.gpx', [original], {name: 'Kept'});
    touch(file);
    await imports(data, [activities]);
    expect(statesIn(data)).toEqual(['1 active', '2 duplicate of 1']);
  });

  test('keeps activities of a file that is gone, and with prune forgets them', async () => {
    const {activities, data} = empty();
    writeGpx(activities, 'a.gpx', [record(seededRandom(42), someOuting(42))]);
    writeGpx(activities, 'b.gpx', [record(seededRandom(43), someOuting(43, morning + 24 * hour))]);
    await imports(data, [activities]);
    inLibrary(data, (library) => library.exclude([1]));
    const away = path.join(folder, 'away.gpx');
    renameSync(path.join(activities, 'a.gpx'), away);
    await imports(data, [activities]);
    expect(statesIn(data)).toEqual(['1 excluded', '2 active']);
    const {pruned} = await imports(data, [activities], {prune: true});
    expect(pruned).toEqual({files: 1, activities: 1});
    expect(statesIn(data)).toEqual(['1 forgotten', '2 active']);
    renameSync(away, path.join(activities, 'a.gpx'));
    await imports(data, [activities], {prune: true});
    expect(statesIn(data)).toEqual(['1 excluded', '2 active']);
  });

  test('takes over what a corrected file tells of an activity with the same points, but for the name it has', async () => {
    const {activities, data} = empty();
    const original = record(seededRandom(44), someOuting(44));
    const file = writeGpx(activities, 'a.gpx', [original], {name: 'Kept'});
    await imports(data, [activities]);
    const shown = () => inLibrary(data, (library) => library.show(1)?.activity);
    expect(shown()).toMatchObject({number: 1, name: 'Kept', sport: 'ride', ascent: Number.NaN});
    const hill = original.time.map((_, i) => 400 + Math.min(i, 100));
    writeGpx(activities, 'a.gpx', [{...original, elevation: hill}], {name: 'New', type: 'running'});
    touch(file);
    const {archive} = await imports(data, [activities]);
    expect(shown()).toMatchObject({number: 1, name: 'Kept', sport: 'run', ascent: 100});
    expect(archive?.encodedTiles).toBe(1);
    const revision = inLibrary(data, (library) => library.revision());
    touch(file);
    await imports(data, [activities]);
    expect(inLibrary(data, (library) => library.revision())).toBe(revision);
  });

  test('keeps the sport that a table told where the table is gone, and takes over what another one tells', async () => {
    const {activities, data} = empty();
    mkdirSync(path.join(activities, 'activities'));
    writeGpx(path.join(activities, 'activities'), '1.gpx', [record(seededRandom(45), someOuting(45))]);
    const table = (type: string, gear: string, commute: boolean) =>
      writeFileSync(
        path.join(activities, 'activities.csv'),
        `Activity ID,Activity Date,Activity Name,Activity Type,Commute,Activity Gear,Filename\n1,"May 1, 2024",Row it,${type},${commute},${gear},activities/1.gpx\n`,
      );
    const told = async () => {
      await imports(data, [activities]);
      const activity = inLibrary(data, (library) => library.show(1)?.activity);
      return [activity?.sport, activity?.gear, activity?.commute];
    };
    table('Kayaking', 'Canoe', true);
    expect(await told()).toEqual(['paddle', 'Canoe', true]);
    rmSync(path.join(activities, 'activities.csv'));
    expect(await told()).toEqual(['paddle', 'Canoe', true]);
    table('Ride', 'Bike', false);
    expect(await told()).toEqual(['ride', 'Bike', false]);
  });

  test('knows files again that were moved, by their bytes', async () => {
    const {activities, data} = empty();
    for (let i = 0; i < 3; i++) {
      writeGpx(activities, `${i}.gpx`, [record(seededRandom(50 + i), someOuting(50 + i, morning + i * 24 * hour))]);
    }
    await imports(data, [activities]);
    inLibrary(data, (library) => library.exclude([2]));
    const moved = `${activities}-moved`;
    mkdirSync(moved);
    for (const name of readdirSync(activities)) renameSync(path.join(activities, name), path.join(moved, `x${name}`));
    const {outcomes} = await imports(data, [moved]);
    expect(outcomes.imported).toBe(3);
    expect(statesIn(data)).toEqual(['1 active', '2 excluded', '3 active']);
    expect(inLibrary(data, (library) => library.show(1)?.activity.path)).toBe(path.join(moved, 'x0.gpx'));
    rmSync(moved, {recursive: true});
  });

  test.each([
    ['1', /library\.db: a library of version 1, this program reads 6$/],
    ['7', /library\.db: a library of version 7, made by a newer program; this one reads 6$/],
  ])('refuses a library of version %s with its name', (version, sentence) => {
    const {data} = empty();
    inLibrary(data, (library) => library.setFact('version', version));
    expect(() => new Library(data)).toThrow(sentence);
    expect(() => new Library(data)).toThrow(sentence);
  });
});

describe('Library, of an older version', () => {
  /** A library of one activity as version 2 had it: without what came later. */
  async function oldLibrary(): Promise<string> {
    const {activities, data} = empty();
    writeGpx(activities, 'a.gpx', [record(seededRandom(1), someOuting(1))]);
    await imports(data, [activities]);
    change(data, 'DROP INDEX activitiesByPath; CREATE INDEX activitiesByPath ON activities (path)');
    change(data, 'DROP INDEX untimedByPlace; DROP INDEX activitiesByPlace');
    change(data, 'CREATE INDEX activitiesByPlace ON activities (west, south)');
    change(data, 'DROP VIEW drawn; ALTER TABLE remainders DROP COLUMN hash; ALTER TABLE remainders DROP COLUMN start;');
    change(
      data,
      'ALTER TABLE remainders DROP COLUMN offsetMinutes; ALTER TABLE activities DROP COLUMN listed; CREATE VIEW drawn AS SELECT number FROM activities',
    );
    change(data, "DROP TABLE zones; DROP TABLE cuts; UPDATE facts SET value = '2' WHERE key = 'version'");
    return data;
  }

  function change(data: string, statements: string): void {
    const db = new Database(path.join(data, 'library.db'));
    db.exec(statements);
    db.close();
  }

  test('becomes one of this version that has its activities, its archive and room for zones', async () => {
    const data = await oldLibrary();
    inLibrary(data, (library) => {
      expect(library.fact('version')).toBe('6');
      expect(library.zones()).toEqual([]);
    });
    expect(statesIn(data)).toEqual(['1 active']);
    expect((await imports(data, [])).archive?.encodedTiles).toBe(0);
    inLibrary(data, (library) => library.addZone({lng: 8.5, lat: 48.2, radius: 100, name: 'Home'}));
    expect(inLibrary(data, (library) => library.zones())).toHaveLength(1);
  });

  test('of version 4 with remainders that had the start of their whole recording tells their own', async () => {
    const {data} = await lostWay();
    const begins = () => inLibrary(data, (library) => library.drawn()[1].start);
    const start = begins();
    const revision = inLibrary(data, (library) => library.revision());
    change(data, 'DROP VIEW drawn; ALTER TABLE remainders DROP COLUMN start');
    change(
      data,
      'ALTER TABLE remainders DROP COLUMN offsetMinutes; ALTER TABLE activities DROP COLUMN listed; CREATE VIEW drawn AS SELECT number FROM activities',
    );
    change(data, "UPDATE facts SET value = '4' WHERE key = 'version'");
    change(data, 'UPDATE activities SET excluded = 1, preferred = 1 WHERE number = 2');
    expect(begins()).toBe(start);
    expect(inLibrary(data, (library) => library.revision())).toBe(revision + 1);
    // Taking an activity off the map was a preference for it then, which stayed when it came back.
    inLibrary(data, (library) => library.include([2]));
    expect(inLibrary(data, (library) => library.show(2)?.activity.preferred)).toBe(false);
  });

  test('of version 5 keeps nothing that was recorded of what was forgotten before', async () => {
    const {data} = await lostWay();
    inLibrary(data, (library) => library.forget([1]));
    const stub = inLibrary(data, (library) => library.show(1));
    const left = 'start = 9, offsetMinutes = 9, duration = 9, moving = 9, ascent = 9, points = 9, kept = 9';
    change(data, `UPDATE activities SET ${left}, sport = 'ride', commute = 1 WHERE number = 1`);
    change(data, "UPDATE facts SET value = '5' WHERE key = 'version'");
    expect(inLibrary(data, (library) => library.show(1))).toEqual(stub);
  });

  test('stays one where becoming another fails halfway', async () => {
    const data = await oldLibrary();
    change(data, 'CREATE TABLE cuts (a)');
    expect(() => new Library(data)).toThrow('cuts');
    change(data, 'DROP TABLE cuts');
    const db = new Database(path.join(data, 'library.db'));
    expect(db.prepare("SELECT value FROM facts WHERE key = 'version'").all()).toEqual([{value: '2'}]);
    expect(db.prepare("SELECT name FROM sqlite_master WHERE name = 'zones'").all()).toEqual([]);
    db.close();
    inLibrary(data, (library) => expect(library.fact('version')).toBe('6'));
  });
});

/** Two tracks as one, with a gap between. */
function joined([a, b]: Track[]): Track {
  const join = (x: Float64Array, y: Float64Array) => Float64Array.of(...x, ...y);
  return {
    lng: join(a.lng, b.lng),
    lat: join(a.lat, b.lat),
    time: join(a.time, b.time),
    elevation: join(a.elevation, b.elevation),
  };
}

/** Metres of the longest stretch of a track that is not near to something. */
function longestMissing({lng, lat}: Track, isNear: (lng: number, lat: number) => boolean): number {
  let longest = 0;
  let length = 0;
  for (let i = 1; i < lng.length; i++) {
    length = isNear(lng[i], lat[i]) ? 0 : length + distance(lng[i - 1], lat[i - 1], lng[i], lat[i]);
    longest = Math.max(longest, length);
  }
  return longest;
}
