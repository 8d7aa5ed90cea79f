import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {beforeAll, describe, expect, test} from 'vitest';
import {lockBuild} from '../../builder/build-lock.ts';
import {run} from '../support/cli.ts';
import {temporaryFolder, writeGpx} from '../support/files.ts';
import {copied, go, record, streets} from '../support/outings.ts';
import {morning, seededRandom} from '../support/tracks.ts';

const folder = temporaryFolder();
const activities = path.join(folder, 'activities');
const data = path.join(folder, 'data');
const day = 86_400_000;

const commands = ['list', 'show', 'exclude', 'include', 'forget', 'duplicates', 'stats'];

/** Runs a command on the library and gives what it printed. */
async function says(...args: string[]): Promise<string> {
  const {code, stdout, stderr} = await run([...args, '--data', data]);
  expect(code, stderr).toBe(0);
  return stdout;
}

/** Runs a command on the library and gives the object that it printed. */
async function gives(...args: string[]) {
  return JSON.parse(await says(...args, '--json'));
}

const numbersOf = ({activities: found}: {activities: {number: number}[]}) => found.map(({number}) => number);

beforeAll(async () => {
  mkdirSync(activities);
  const random = seededRandom(1);
  const outing = go(random, streets(random, 6000), 5);
  const ride = record(random, outing);
  // Two wrong times, a spike, a position at 0/0: what show tells about.
  ride.time[50] = 0;
  ride.time[60] = Date.UTC(2085, 0, 1);
  ride.lng[100] += 0.01;
  ride.lng[200] = 0;
  ride.lat[200] = 0;
  writeGpx(activities, 'a.gpx', [ride], {name: 'Über den Pass'});
  writeGpx(activities, 'b.gpx', [copied(record(random, outing, {to: 0.7}), {minutes: 0})], {name: 'Watch'});
  const run1 = record(random, go(random, streets(random, 4000), 3, morning + day));
  writeGpx(activities, 'c.gpx', [run1], {name: 'Evening run', type: 'running'});
  const short = record(random, go(random, streets(random, 1000), 5, morning + 400 * day));
  writeGpx(activities, 'd.gpx', [short], {name: 'To the station'});
  await says('build', activities, '--max-zoom', '4');
});

describe('trackheat list', () => {
  test('lists what is on the map, by number', async () => {
    const text = await says('list');
    const [head, ...lines] = text.trimEnd().split('\n');
    expect(head).toMatch(/^ *ID +START +SPORT +WAY +MOVING +STATE +NAME$/);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^ *1 +2024-05-01 08:00 +ride +\d\.\d km +\d+ min \d+ s +active +Über den Pass$/);
  });

  test.each([
    [['über'], [1]],
    [['gpx', 'EVENING'], [3]],
    [['--sport', 'run,walk'], [3]],
    [
      ['--from', '2024-05-02'],
      [3, 4],
    ],
    [
      ['--to', '2024-05-02'],
      [1, 3],
    ],
    [['--from', '2024-05-02', '--to', '2024-05-02'], [3]],
    [['--state', 'duplicate'], [2]],
    [
      ['--state', 'all'],
      [1, 2, 3, 4],
    ],
    [
      ['--sort', 'distance'],
      [4, 3, 1],
    ],
    [
      ['--sort', 'start', '--reverse', '--limit', '2'],
      [4, 3],
    ],
    [['nowhere'], []],
  ])('with %j gives %j', async (args, numbers) => {
    expect(numbersOf(await gives('list', ...args))).toEqual(numbers);
  });

  test('gives facts with times as ISO 8601 and null where nothing is known', async () => {
    const {activities: found} = await gives('list', '--state', 'duplicate');
    expect(found[0]).toMatchObject({
      number: 2,
      state: 'duplicate',
      duplicateOf: 1,
      remainder: null,
      ascent: null,
      start: new Date(morning).toISOString(),
      path: path.join(activities, 'b.gpx'),
    });
  });
});

describe('trackheat show', () => {
  test('tells where an activity is from, what was taken out and why, and its other recordings', async () => {
    const text = await says('show', '1');
    expect(text).toContain(`file      ${path.join(activities, 'a.gpx')}`);
    expect(text).toContain('1 point taken out: at 0/0');
    expect(text).toContain('1 point taken out: nobody can have been there');
    expect(text).toContain('2 wrong times: their points stayed');
    expect(text).toMatch(/\d+ points taken out: standing still/);
    expect(text).toMatch(/also +2 \(duplicate\), at the same time in the same places \(\d+ %\): .*b\.gpx/);
    expect(await says('show', '2')).toContain('duplicate of 1');
  });

  test('gives the counts as JSON', async () => {
    const {activities: found} = await gives('show', '1', '2');
    expect(found[0].removed).toMatchObject({nullIsland: 1, spikes: 1, times: 2});
    expect(found[1].others).toMatchObject([{number: 1, by: 'time', minutes: 0}]);
  });
});

describe('trackheat stats', () => {
  test('sums up what is on the map, by sport and year', async () => {
    const {files, activities: counts, sports, years} = await gives('stats');
    expect(files).toEqual({imported: 3, duplicate: 1});
    expect(counts).toEqual({active: 3, duplicate: 1, excluded: 0, forgotten: 0});
    expect(Object.keys(sports)).toEqual(['ride', 'run']);
    expect(Object.keys(years)).toEqual(['2024', '2025']);
    expect(years[2024].activities).toBe(2);
    expect(await says('stats')).toContain('Activities: 3 active, 1 duplicate');
  });
});

describe('commands that change the library', () => {
  test('exclude and include take activities off the archive and bring them back, at its own zooms', async () => {
    const archive = (await gives('exclude', '3-4')).archive;
    expect(archive.tiles).toBeGreaterThan(0);
    const zooms = JSON.parse((await run(['verify', '--data', data, '--json'])).stdout).zooms;
    expect(Object.keys(zooms)).toEqual(['0', '1', '2', '3', '4']);
    expect(zooms[0].rows).toBe(1);
    expect(numbersOf(await gives('list', '--state', 'excluded'))).toEqual([3, 4]);
    expect(await says('include', '3', '4')).toContain('3: active');
    const back = JSON.parse((await run(['verify', '--data', data, '--json'])).stdout).zooms;
    expect(back[0].rows).toBe(3);
  });

  test('duplicates lists groups and flips a winner', async () => {
    const {groups} = await gives('duplicates');
    expect(groups).toMatchObject([{number: 1, duplicates: [{number: 2, by: 'time'}]}]);
    expect(await says('duplicates')).toMatch(/^1 .*a\.gpx\n {2}2 .*at the same time .*b\.gpx\n$/);
    const flipped = await says('duplicates', '--flip', '2', '--later');
    expect(flipped).toContain('2: active, preferred to its duplicates');
    expect(flipped).toMatch(/the same outing: 1: duplicate of 2, but for \d\.\d km that only it has/);
    await says('duplicates', '--flip', '1');
    expect((await gives('duplicates')).groups[0].number).toBe(1);
    const wrong = await run(['duplicates', '--flip', '3', '--data', data]);
    expect(wrong).toMatchObject({code: 1, stderr: 'trackheat duplicates: activity 3 is active, not a duplicate\n'});
  });

  test('forget takes an activity out until include asks for its file again', async () => {
    expect(await says('forget', '3')).toContain('3: forgotten on request');
    await says('build', activities, '--max-zoom', '4');
    expect(numbersOf(await gives('list'))).toEqual([1, 4]);
    expect(await says('include', '3')).toContain('3: active');
    expect(numbersOf(await gives('list', 'evening'))).toEqual([3]);
  });

  test.each([
    [['exclude', '1']],
    [['forget', '1']],
    [['duplicates', '--flip', '2']],
    [['zone', 'add', '--at', '48.2,8.5', '--radius', '300']],
    [['trim', '200']],
  ])('%j changes nothing while a build is at work, as the archive could not follow', async (args) => {
    const unlock = lockBuild(data);
    const {code, stderr} = await run([...args, '--data', data]);
    unlock();
    expect(code).toBe(1);
    expect(stderr).toContain('another build is at work there; wait until it has ended');
    expect(await gives('list', '--state', 'excluded,forgotten')).toEqual({activities: []});
    expect((await gives('duplicates')).groups[0].number).toBe(1);
    expect(await gives('zone', 'list')).toEqual({zones: []});
    expect(await gives('trim')).toEqual({trim: 0});
  });

  test('change the library with --later while a build is at work', async () => {
    const unlock = lockBuild(data);
    expect(await says('exclude', '4', '--later')).toContain('4: excluded');
    unlock();
    expect(await says('include', '4')).toContain('4: active');
  });

  test('end with 1 and change nothing where there is no such activity or no library', async () => {
    const missing = await run(['exclude', '1', '99', '--data', data]);
    expect(missing).toMatchObject({code: 1, stderr: 'trackheat exclude: no activity 99 in the library\n'});
    expect(numbersOf(await gives('list', '--state', 'excluded'))).toEqual([]);
    const nowhere = await run(['list', '--data', path.join(folder, 'nowhere')]);
    expect(nowhere.code).toBe(1);
    expect(nowhere.stderr).toContain('nowhere: no library here');
  });
});

describe('every command on the library', () => {
  test.each(commands)('%s --help has an example', async (command) => {
    const {code, stdout} = await run([command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`Example: trackheat ${command}`);
  });

  test.each([
    [['show'], 'which activities?'],
    [['exclude', 'all'], "'all': expected the number of an activity"],
    [['forget', '5-2'], "'5-2': expected the number of an activity"],
    [['list', '--sport', 'chess'], '--sport chess: there is no such sport'],
    [['list', '--from', '2024-02-30'], '--from 2024-02-30: expected a date, YYYY-MM-DD'],
    [['list', '--sort', 'luck'], '--sort luck: expected one of number'],
    [['list', '--state', 'lost'], '--state lost: there is no such state'],
    [['duplicates', '2'], 'use --flip ID'],
    [['stats', 'all'], 'stats takes no such argument'],
  ])('ends with 2 and a sentence for %j', async (args, sentence) => {
    const {code, stderr} = await run([...args, '--data', data]);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });
});
