import {mkdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {beforeAll, describe, expect, test} from 'vitest';
import {archivePath} from '../../builder/build.ts';
import {Library} from '../../builder/library.ts';
import {run} from '../support/cli.ts';
import {temporaryFolder, writeGpx} from '../support/files.ts';
import {along, morning, noisy, seededRandom, track} from '../support/tracks.ts';

const folder = temporaryFolder();
const data = path.join(folder, 'data');
const activities = path.join(folder, 'activities');
const day = 86_400_000;

/** Runs a command on the library and gives what it printed. */
async function says(...args: string[]): Promise<string> {
  const {code, stdout, stderr} = await run([...args, '--data', data]);
  expect(code, stderr).toBe(0);
  return stdout;
}

beforeAll(async () => {
  mkdirSync(activities);
  const random = seededRandom(1);
  const ways = [
    [
      [0, 0],
      [3000, 500],
      [0, 0],
    ] as const,
    [
      [0, 0],
      [120, 60],
    ] as const,
    [
      [5000, 5000],
      [8000, 5000],
    ] as const,
  ];
  for (const [i, way] of ways.entries()) {
    writeGpx(activities, `${i}.gpx`, [track(noisy(along(way, 5), 2, random), {start: morning + i * day})]);
  }
  await says('build', activities, '--max-zoom', '5');
});

describe('trackheat zone', () => {
  test('add keeps a place off the map, and says how many activities that touches', async () => {
    const text = await says('zone', 'add', '--at', '48.2,8.5', '--radius', '300', '--name', 'Home');
    expect(text).toContain('zone 1: 300 m around 48.2,8.5 (Home)\n2 activities come near it\n');
    expect(text).toContain('1 activity lies wholly within zones and trimmed ends, and not on the map\n');
    expect(await says('list')).toMatch(/\n *2 .* active, hidden +A ride\n/);
    expect(await says('show', '2')).toContain(
      'state     active, but not on the map: it lies wholly within privacy zones',
    );
    expect(JSON.parse(await says('verify', '--json')).zooms[5].rows).toBe(2);
  });

  test('what lies wholly within it, or was excluded, is not among the activities that build counts on the map', async () => {
    const counts = async () => (await run(['build', activities, '--max-zoom', '5', '--data', data])).stderr;
    expect(await counts()).toMatch(
      /\n3 activities: 3 imported, 0 duplicate; .*heat\.pmtiles: 2 activities, \d+ kB in/s,
    );
    await says('exclude', '1');
    expect(await counts()).toMatch(/\n3 activities: 3 imported, 0 duplicate; .*heat\.pmtiles: 1 activity, \d+ kB in/s);
    await says('include', '1');
  });

  test('add warns of a place that no activity comes near, also south of the equator', async () => {
    const text = await says('zone', 'add', '--at', '-33.9,18.4', '--radius', '300');
    expect(text).toContain('zone 2: 300 m around -33.9,18.4\nNo activity comes near it. Is latitude first');
  });

  test('list tells the zones, and nothing of what their shapes are made from', async () => {
    expect(await says('zone', 'list')).toMatch(
      /^ZONE +LAT,LNG +RADIUS +NAME\n +1 +48.2,8.5 +300 m +Home\n +2 +-33.9,18.4 +300 m\n$/,
    );
    const library = new Library(data);
    const secret = Buffer.from(library.secret()).toString('hex');
    library.close();
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    const {stdout, stderr} = await run(['zone', 'list', '--data', data, '--json']);
    expect(JSON.parse(stdout).zones).toEqual([
      {number: 1, name: 'Home', lng: 8.5, lat: 48.2, radius: 300},
      {number: 2, name: '', lng: 18.4, lat: -33.9, radius: 300},
    ]);
    const told = [
      stdout,
      stderr,
      await says('list', '--json'),
      await says('stats', '--json'),
      await says('build', '--json'),
    ];
    expect(told.join('\n')).not.toContain(secret);
  });

  test('remove with --later leaves the archive to the next build', async () => {
    const before = readFileSync(archivePath(data));
    expect(await says('zone', 'remove', '1', '--later')).toBe('zone 1 is removed\n');
    expect(readFileSync(archivePath(data)).equals(before)).toBe(true);
    await says('build', '--max-zoom', '5');
    expect(JSON.parse(await says('verify', '--json')).zooms[5].rows).toBe(3);
    expect(await says('list')).not.toContain('hidden');
  });

  test('remove ends with 1 where there is no such zone', async () => {
    const {code, stderr} = await run(['zone', 'remove', '1', '--data', data]);
    expect(code).toBe(1);
    expect(stderr).toBe('trackheat zone: there is no zone 1\n');
  });
});

describe('trackheat trim', () => {
  test('takes the ends off the map, and puts them back', async () => {
    expect(await says('trim')).toBe('Nothing is taken off the ends of activities.\n');
    const text = await says('trim', '200');
    expect(text).toBe(
      '200 m are taken off both ends of each activity.\n1 activity lies wholly within zones and trimmed ends, and not on the map\n',
    );
    expect(JSON.parse(await says('trim', '--json'))).toEqual({trim: 200});
    expect(JSON.parse(await says('verify', '--json')).zooms[5].rows).toBe(2);
    expect(await says('trim', '0')).toBe('Nothing is taken off the ends of activities.\n');
    expect(JSON.parse(await says('verify', '--json')).zooms[5].rows).toBe(3);
  });
});

describe('the commands of privacy', () => {
  test.each(['zone', 'trim'])('%s --help has an example', async (command) => {
    const {code, stdout} = await run([command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`Example: trackheat ${command}`);
  });

  test.each([
    [['zone'], "'': expected add, list or remove NUMBER"],
    [['zone', 'move'], "'move': expected add, list or remove NUMBER"],
    [['zone', 'add', '--radius', '200'], 'a zone needs --at and --radius'],
    [['zone', 'add', '--at', '48.2', '--radius', '200'], '--at 48.2: expected latitude,longitude in degrees'],
    [['zone', 'add', '--at', '98,8', '--radius', '200'], '--at 98,8: expected latitude,longitude in degrees'],
    [['zone', 'add', '--at', '48,8', '--radius', '20'], '--radius 20: expected a whole number from 50 to 50000'],
    [['zone', 'remove', 'home'], 'which zone?'],
    [['trim', '-5'], "Unknown option '-5'"],
    [['trim', '2.5'], "'2.5': expected a whole number of metres from 0 to 100000"],
    [['trim', '100', '200'], "'100 200': expected a whole number of metres"],
  ])('end with 2 and a sentence for %j', async (args, sentence) => {
    const {code, stderr} = await run([...args, '--data', data]);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });

  test.each([['zone', 'list'], ['trim']])('%s end with 1 where there is no library', async (...args) => {
    const {code, stderr} = await run([...args, '--data', path.join(folder, 'nowhere')]);
    expect(code).toBe(1);
    expect(stderr).toContain('nowhere: no library here');
  });
});
