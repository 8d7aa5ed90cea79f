import {createHash} from 'node:crypto';
import {mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {gunzipSync} from 'node:zlib';
import {gpx as gpxToGeoJson, tcx as tcxToGeoJson} from '@tmcw/togeojson';
import FitParser from 'fit-file-parser';
import type {Feature, FeatureCollection} from 'geojson';
import {parseXmlDocument} from 'slimdom';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type SampleActivity, type Special, sampleActivities, sampleFacts, writeSample} from '../../builder/sample.ts';

/** SHA-256 over path and bytes of all files in order of path: whoever changes the sample on purpose changes this too. */
const digest = '1e41d66bb36fa6a63d5ca804efc3e304940cb2f37b5978d1ee25dd688bd322ba';

const activities = sampleActivities();
const facts = sampleFacts(activities);
let room: string;
let folder: string;

beforeAll(async () => {
  room = await mkdtemp(path.join(tmpdir(), 'trackheat-sample-'));
  folder = path.join(room, 'sample');
  expect(await writeSample(folder)).toEqual({files: activities.length});
});

afterAll(() => rm(room, {recursive: true}));

describe('what the library holds', () => {
  test('65 files hold 62 activities, 2 duplicates, and one without position', () => {
    const {files, activities: distinct, duplicates, withoutPosition, points} = facts;
    expect({files, distinct, duplicates, withoutPosition}).toEqual({
      files: 65,
      distinct: 62,
      duplicates: 2,
      withoutPosition: 1,
    });
    expect(points).toBe(216511);
    expect(facts.list).toHaveLength(65);
    expect(new Set(facts.list.map(({file}) => file)).size).toBe(65);
  });

  test('each format is about a third, and some files are gzipped', () => {
    const count = (format: string) => activities.filter((activity) => activity.format === format).length;
    expect([count('fit'), count('gpx'), count('tcx')]).toEqual([23, 22, 20]);
    expect(activities.filter(({gzip}) => gzip).map(({format}) => format)).toEqual(
      expect.arrayContaining(['fit', 'gpx']),
    );
  });

  test('rides, runs and hikes are as long as such outings are, and fall in every season of three years', () => {
    const usual = activities.filter(({special}) => special !== 'treadmill' && special !== 'short');
    const lengths = (sport: string) =>
      usual.filter((activity) => activity.sport === sport).map(({meters}) => meters / 1000);
    expect(lengths('ride')).toHaveLength(30);
    expect(lengths('run')).toHaveLength(19);
    expect(lengths('hike')).toHaveLength(8);
    expect(Math.min(...lengths('ride'))).toBeGreaterThan(15);
    expect(Math.max(...lengths('ride'))).toBeLessThan(80);
    expect(Math.min(...lengths('run'))).toBeGreaterThan(4);
    expect(Math.max(...lengths('run'))).toBeLessThan(17);
    const quarters = new Set(activities.map(({start}) => new Date(start).toISOString().slice(0, 4) + quarterOf(start)));
    expect(quarters.size).toBe(12);
  });

  test('every point is inland: around the town, or on the trail on the other side of the world', () => {
    for (const {special, tracks} of activities) {
      const [west, south, east, north] = special === 'far' ? [169, -45.6, 170.4, -44.9] : [7.5, 47.8, 8.1, 48.2];
      for (const {lng, lat} of tracks) {
        expect(lng.every((value) => value > west && value < east)).toBe(true);
        expect(lat.every((value) => value > south && value < north)).toBe(true);
      }
    }
  });

  test('times rise and nobody is faster than a downhill ride', () => {
    for (const track of activities.flatMap(({tracks}) => tracks)) {
      const seconds = [...track.time.keys()].slice(1).map((k) => (track.time[k] - track.time[k - 1]) / 1000);
      const speeds = seconds.map((step, k) => metersBetween(track, k, track, k + 1) / step);
      expect(seconds.every((step) => step > 0)).toBe(true);
      expect(speeds.every((speed) => speed < 20)).toBe(true);
    }
  });

  test('the town is the busy place: most activities pass its middle, few a place 12 km away', () => {
    const passing = (lng: number, lat: number, radius: number) =>
      activities.filter(({tracks}) =>
        tracks.some((track) => track.lng.some((_, k) => metersFrom(track, k, lng, lat) < radius)),
      ).length;
    expect(passing(7.8418, 47.9992, 300)).toBeGreaterThan(35);
    expect(passing(7.69, 47.995, 300)).toBeLessThan(6);
  });
});

describe('the special activities', () => {
  test('the far trip takes three days in a row, where the local date is not that of UTC', () => {
    const days = specials('far');
    expect(days.map(({start, offsetMinutes}) => localTime(start, offsetMinutes).slice(0, 10))).toEqual([
      '2024-02-10',
      '2024-02-11',
      '2024-02-12',
    ]);
    expect(new Date(days[0].start).toISOString().slice(0, 10)).toBe('2024-02-09');
  });

  test('local time follows summer time', () => {
    const offsets = facts.list
      .filter(({special}) => special !== 'far')
      .map(({start, offsetMinutes}) => [start, offsetMinutes]);
    for (const [start, offset] of offsets) {
      const zone = new Intl.DateTimeFormat('en', {timeZone: 'Europe/Berlin', hour: '2-digit', hourCycle: 'h23'});
      expect(zone.format(start)).toBe(localTime(start, offset).slice(11, 13));
    }
  });

  test('the stop at a café is ten minutes of jitter around one place', () => {
    const [{rest, tracks}] = specials('stop');
    const track = tracks[0];
    const close = [...track.lng.keys()].filter((k) => metersFrom(track, k, rest!.lng, rest!.lat) < 25);
    expect(rest!.seconds).toBe(600);
    expect(close.length).toBeGreaterThanOrEqual(600);
    expect(close.length).toBeLessThan(650);
    let wandered = 0;
    for (let k = close[0] + 1; k <= close[close.length - 1]; k++) wandered += metersBetween(track, k - 1, track, k);
    expect(wandered).toBeGreaterThan(500);
  });

  test('the laps go around the park ten times', () => {
    const [{tracks}] = specials('laps');
    const {lng, lat} = tracks[0];
    const [parkLng, parkLat] = [7.852 - 1700 / 74560, 47.995 + 1000 / 111190];
    const bearings = [...lng].map((_, k) => Math.atan2(lng[k] - parkLng, (lat[k] - parkLat) * 1.49));
    let turned = 0;
    for (let k = 1; k < bearings.length; k++) {
      const step = bearings[k] - bearings[k - 1];
      turned += step - 2 * Math.PI * Math.round(step / (2 * Math.PI));
    }
    expect(Math.abs(turned) / (2 * Math.PI)).toBeCloseTo(10, 0);
  });

  test('the out-and-back comes home the way it went', () => {
    const [{tracks, distances}] = specials('out-and-back');
    const [track, covered] = [tracks[0], distances[0]];
    const total = covered[covered.length - 1];
    for (const part of [0.1, 0.2, 0.3, 0.4]) {
      const out = covered.findIndex((meters) => meters >= part * total);
      const home = covered.findIndex((meters) => meters >= (1 - part) * total);
      expect(metersBetween(track, out, track, home)).toBeLessThan(60);
    }
  });

  test('the twins are one outing at equal times, and the GPX is the shorter of the two', () => {
    const [fit, gpx] = specials('twin');
    expect([fit.format, gpx.format, gpx.duplicateOf]).toEqual(['fit', 'gpx', fit.file]);
    expect(gpx.seconds).toBeLessThan(fit.seconds);
    const first = new Map([...fit.tracks[0].time].map((time, k) => [time, k]));
    const away = [...gpx.tracks[0].time].map((time, k) =>
      metersBetween(gpx.tracks[0], k, fit.tracks[0], first.get(time)!),
    );
    expect(Math.max(...away)).toBeLessThan(25);
    expect(Math.max(...away)).toBeGreaterThan(1);
  });

  test('the copy has the bytes of its original', async () => {
    const [original, copy] = specials('copy');
    expect(copy.duplicateOf).toBe(original.file);
    expect(await bytesOf(copy)).toEqual(await bytesOf(original));
  });

  test('the tunnel is a gap in time and place within one track, the pause one between two tracks', () => {
    const [{tracks: tunnel}] = specials('tunnel');
    expect(tunnel).toHaveLength(1);
    const gaps = [...tunnel[0].time.keys()].slice(1).filter((k) => tunnel[0].time[k] - tunnel[0].time[k - 1] > 5000);
    expect(gaps).toHaveLength(1);
    expect(metersBetween(tunnel[0], gaps[0] - 1, tunnel[0], gaps[0])).toBeGreaterThan(500);

    const [{tracks: pause}] = specials('pause');
    expect(pause).toHaveLength(2);
    const last = pause[0].lng.length - 1;
    expect((pause[1].time[0] - pause[0].time[last]) / 1000).toBe(901);
    expect(metersBetween(pause[0], last, pause[1], 0)).toBeLessThan(30);
  });

  test('the treadmill has no track, the shortest walk 200 m', () => {
    expect(specials('treadmill').map(({tracks, format}) => [tracks, format])).toEqual([[[], 'fit']]);
    const [{meters}] = specials('short');
    expect(meters).toBeCloseTo(200, 0);
  });
});

describe('the files', () => {
  test('the folder holds these files and nothing else, and is under 12 MB', async () => {
    const files = await filesIn(folder);
    expect(files).toEqual(facts.list.map(({file}) => file).sort());
    const sizes = await Promise.all(files.map(async (file) => (await stat(path.join(folder, file))).size));
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(12_000_000);
    expect(await readdir(room)).toEqual(['sample']);
  });

  test('every byte is the same on every run and machine', async () => {
    const hash = createHash('sha256');
    for (const file of await filesIn(folder)) {
      hash.update(file);
      hash.update(await readFile(path.join(folder, file)));
    }
    expect(hash.digest('hex')).toBe(digest);
  });

  test('another reader finds every point, time, name and sport of every FIT file, and its checksums right', async () => {
    const sports: Record<string, string> = {
      ride: 'cycling',
      gravel: 'cycling',
      run: 'running',
      'trail-run': 'running',
      hike: 'hiking',
    };
    for (const activity of ofFormat('fit')) {
      const parser = new FitParser({force: false, mode: 'list', lengthUnit: 'm', speedUnit: 'm/s'});
      const fit = await parser.parseAsync(await bytesOf(activity));
      const records = fit.records ?? [];
      if (activity.tracks.length === 0) {
        expect(records).toHaveLength(activity.seconds + 1);
        expect(records.every((record) => record.position_lat === undefined)).toBe(true);
        expect(fit.sessions?.[0]).toMatchObject({sport: 'running', sub_sport: 'treadmill'});
        continue;
      }
      expect(records.map(({position_long}) => position_long)).toEqual(joined(activity, 'lng'));
      expect(records.map(({position_lat}) => position_lat)).toEqual(joined(activity, 'lat'));
      expect(records.map(({timestamp}) => Date.parse(String(timestamp)))).toEqual(joined(activity, 'time'));
      const heights = joined(activity, 'elevation');
      expect(records.every(({altitude}, k) => Math.abs(altitude! - heights[k]) < 1e-6)).toBe(true);
      expect(records[records.length - 1].distance).toBeCloseTo(activity.meters, 2);
      expect(fit.sessions).toHaveLength(1);
      expect(fit.laps).toHaveLength(1);
      expect(fit.sessions?.[0].sport).toBe(sports[activity.sport]);
      expect(fit.sessions?.[0].total_elapsed_time).toBe(activity.seconds);
      expect(fit.events?.map(({event_type}) => event_type)).toEqual(
        activity.tracks.flatMap(() => ['start', 'stop_all']),
      );
      expect(fit.workout?.wkt_name).toBe(activity.name);
    }
  });

  test('another reader finds every point, time and name of every GPX file', async () => {
    for (const activity of ofFormat('gpx')) {
      const [feature, ...others] = features(gpxToGeoJson, await textOf(activity));
      expect(others).toEqual([]);
      expect(feature.properties?.name).toBe(activity.name);
      expectPoints(feature, activity);
    }
  });

  test('another reader finds every point and time of every TCX file, and the notes hold its name', async () => {
    for (const activity of ofFormat('tcx')) {
      const text = await textOf(activity);
      const [feature, ...others] = features(tcxToGeoJson, text);
      expect(others).toEqual([]);
      expectPoints(feature, activity);
      const root = parseXmlDocument(text);
      expect(root.getElementsByTagName('Notes')[0].textContent).toBe(activity.name);
      expect(root.getElementsByTagName('Activity')[0].getAttribute('Sport')).toBe(
        activity.sport === 'ride' ? 'Biking' : 'Running',
      );
    }
  });

  test('names keep their accents and ampersands', () => {
    const names = facts.list.map(({name}) => name);
    expect(names).toContain('Café ride');
    expect(names).toContain('Wind & rain');
  });
});

describe('writeSample', () => {
  test('refuses a folder that holds something, names it, and leaves it as it is', async () => {
    const taken = path.join(room, 'taken');
    await mkdir(taken);
    await writeFile(path.join(taken, 'mine.gpx'), 'mine');
    await expect(writeSample(taken)).rejects.toThrow(/taken: found 1 .*expected a new or empty folder/);
    expect(await readdir(taken)).toEqual(['mine.gpx']);
    await rm(taken, {recursive: true});
  });

  test('fills an empty folder, and takes the place of a half-written sample of an earlier run', async () => {
    const empty = path.join(room, 'empty');
    await mkdir(empty);
    await mkdir(`${empty}.partial`);
    await writeFile(path.join(`${empty}.partial`, 'left over.gpx'), '');
    await writeSample(empty);
    expect(await filesIn(empty)).toEqual(await filesIn(folder));
    expect((await readdir(room)).sort()).toEqual(['empty', 'sample']);
    await rm(empty, {recursive: true});
  });

  test('leaves nothing behind where it cannot write', async () => {
    await writeFile(path.join(room, 'file'), '');
    await expect(writeSample(path.join(room, 'file', 'sample'))).rejects.toThrow(/ENOTDIR/);
    await rm(path.join(room, 'file'));
    expect(await readdir(room)).toEqual(['sample']);
  });
});

function specials(special: Special): SampleActivity[] {
  return activities.filter((activity) => activity.special === special);
}

function ofFormat(format: string): SampleActivity[] {
  return activities.filter((activity) => activity.format === format);
}

function joined({tracks}: SampleActivity, key: 'lng' | 'lat' | 'time' | 'elevation'): number[] {
  return tracks.flatMap((track) => [...track[key]]);
}

async function bytesOf({file, gzip}: SampleActivity): Promise<Buffer<ArrayBuffer>> {
  const bytes = await readFile(path.join(folder, file));
  return Buffer.from(gzip ? gunzipSync(bytes) : bytes);
}

async function textOf(activity: SampleActivity): Promise<string> {
  return (await bytesOf(activity)).toString('utf8');
}

async function filesIn(root: string): Promise<string[]> {
  const entries = await readdir(root, {recursive: true, withFileTypes: true});
  const files = entries.filter((entry) => entry.isFile());
  return files
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

/** slimdom's documents are no `Document` of a browser, but all of it that is used here. */
function features(read: typeof gpxToGeoJson, text: string): Feature[] {
  const document: unknown = parseXmlDocument(text);
  const collection: FeatureCollection = read(document as Parameters<typeof gpxToGeoJson>[0]);
  return collection.features;
}

function expectPoints({geometry, properties}: Feature, activity: SampleActivity): void {
  if (geometry.type !== 'LineString') throw new Error(`${activity.file}: found ${geometry.type}, expected LineString.`);
  expect(geometry.coordinates.map(([lng]) => lng)).toEqual(joined(activity, 'lng'));
  expect(geometry.coordinates.map(([, lat]) => lat)).toEqual(joined(activity, 'lat'));
  expect(geometry.coordinates.map(([, , elevation]) => elevation)).toEqual(joined(activity, 'elevation'));
  const times: string[] = properties?.coordinateProperties.times;
  expect(times.map((time) => Date.parse(time))).toEqual(joined(activity, 'time'));
}

type Places = {lng: Float64Array; lat: Float64Array};

function metersBetween(a: Places, i: number, b: Places, k: number): number {
  return metersFrom(a, i, b.lng[k], b.lat[k]);
}

function metersFrom(track: Places, k: number, lng: number, lat: number): number {
  const east = (track.lng[k] - lng) * 111195 * Math.cos((lat * Math.PI) / 180);
  return Math.hypot(east, (track.lat[k] - lat) * 111195);
}

function localTime(start: number, offsetMinutes: number): string {
  return new Date(start + offsetMinutes * 60_000).toISOString();
}

function quarterOf(time: number): number {
  return Math.floor(new Date(time).getUTCMonth() / 3);
}
