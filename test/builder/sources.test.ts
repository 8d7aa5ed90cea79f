import {mkdirSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import Database from 'libsql';
import {describe, expect, test} from 'vitest';
import {type BuildOptions, build} from '../../builder/build.ts';
import type {FileRecord} from '../../builder/library.ts';
import {gpxText, temporaryFolder} from '../support/files.ts';
import {along, home, morning, track} from '../support/tracks.ts';
import {zipBytes} from '../support/zip-bytes.ts';

const folder = temporaryFolder();
let runs = 0;

/** A ride of its own day and place. */
const gpx = (number: number, about: {name?: string; type?: string} = {}) => {
  const at = {lng: home.lng + number / 10, lat: home.lat};
  const line = along(
    [
      [0, 0],
      [900, 300],
      [1500, -200],
    ],
    10,
  );
  return gpxText([track(line, {at, start: morning + number * 86_400_000})], {name: '', type: '', ...about});
};
const table = (...rows: string[]) =>
  `Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Commute,Activity Gear,Filename\n${rows.join('\n')}\n`;

type Row = {name: string; sport: string; gear: string; commute: number; path: string; state: string};

/** Builds paths and gives the records of their files, below `folder`, with the activities of the library. */
async function run(paths: string[], options: Partial<BuildOptions> = {}, data = path.join(folder, `data${runs++}`)) {
  const records: (FileRecord & {unchanged: boolean})[] = [];
  const summary = await build(paths, {
    data,
    maxZoom: 6,
    workers: 2,
    onFile: (record, unchanged) => records.push({...record, unchanged, path: record.path.slice(folder.length + 1)}),
    ...options,
  });
  records.sort((a, b) => (a.path < b.path ? -1 : 1));
  const db = new Database(path.join(data, 'library.db'), {readonly: true});
  const rows = db
    .prepare('SELECT name, sport, gear, commute, path, state FROM activities ORDER BY number')
    .all() as Row[];
  db.close();
  const activities = rows.map((row) => ({...row, path: row.path.slice(folder.length + 1)}));
  return {data, summary, records, outcomes: records.map(({path: at, outcome}) => [at, outcome]), activities};
}

describe('exports', () => {
  const rows = [
    '1,x,"Over the ""hill""\nand back",Gravel Ride,,9,1,true,Blue bike,activities/1.gpx.gz',
    '2,x,Abendrunde,Lauf,,9,1,false,,activities/2.gpx',
    '3,x,Watopia,Virtual Ride,,9,1,false,,activities/3.gpx',
    '4,x,By hand,Ride,,9,1,false,,',
  ];
  const files: [string, Buffer | string][] = [
    ['activities.csv', table(...rows)],
    ['activities/1.gpx.gz', gzipSync(gpx(1, {type: 'cycling'}))],
    ['activities/2.gpx', gpx(2, {name: 'from the device'})],
    ['activities/3.gpx', gpx(3)],
    ['activities/5.gpx', gpx(5, {name: 'Lunch Walk'})],
    ['media/a.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0])],
  ];
  const wanted = [
    {name: 'Over the "hill" and back', sport: 'gravel', gear: 'Blue bike', commute: 1},
    {name: 'Abendrunde', sport: 'run', gear: '', commute: 0},
    {name: 'Lunch Walk', sport: 'walk', gear: '', commute: 0},
  ];

  test('that of Strava is read as a zip and as a folder: names, sports, gear and commutes are those of its table', async () => {
    const zip = path.join(folder, 'strava.zip');
    writeFileSync(zip, zipBytes(files.map(([name, data]) => ({name, data}))));
    const unpacked = path.join(folder, 'strava');
    for (const [name, data] of files) {
      mkdirSync(path.dirname(path.join(unpacked, name)), {recursive: true});
      writeFileSync(path.join(unpacked, name), data);
    }
    for (const [from, separator] of [
      [zip, '!'],
      [unpacked, '/'],
    ]) {
      const {summary, outcomes, activities, data} = await run([from]);
      const name = `${path.basename(from)}${separator}`;
      expect(summary.files).toBe(6);
      expect(outcomes).toEqual([
        [`${name}activities.csv`, 'not-activity'],
        [`${name}activities/1.gpx.gz`, 'imported'],
        [`${name}activities/2.gpx`, 'imported'],
        [`${name}activities/3.gpx`, 'not-activity'],
        [`${name}activities/5.gpx`, 'imported'],
        [`${name}media/a.jpg`, 'not-activity'],
      ]);
      expect(activities).toMatchObject(wanted);
      expect((await run([from], {}, data)).summary.outcomes).toMatchObject({unchanged: 6});
    }
  });

  test('a row that changes is read again, the others are not', async () => {
    const zip = path.join(folder, 'changing.zip');
    const write = (...changed: string[]) => {
      const all = [
        ...files.slice(1, 3).map(([name, data]) => ({name, data})),
        {name: 'activities.csv', data: table(...changed)},
      ];
      writeFileSync(zip, zipBytes(all));
    };
    write(rows[0], rows[1]);
    const {data} = await run([zip]);
    write(rows[0], rows[1].replace('Abendrunde', 'Abendrunde am See'));
    const again = await run([zip], {}, data);
    expect(again.records.map(({path: at, unchanged}) => [at, unchanged])).toEqual([
      ['changing.zip!activities.csv', false],
      ['changing.zip!activities/1.gpx.gz', true],
      ['changing.zip!activities/2.gpx', false],
    ]);
    expect(again.activities.filter(({state}) => state === 'active')).toHaveLength(2);
  });

  test('that of Garmin, archives in an archive, is read as it is, deflated and stored', async () => {
    const parts = [0, 1].map((part) =>
      zipBytes(Array.from({length: 3}, (_, i) => ({name: `me_${part}${i}.gpx`, data: gpx(10 * part + i + 20)}))),
    );
    const zip = path.join(folder, 'garmin.zip');
    writeFileSync(
      zip,
      zipBytes([
        {name: 'DI_CONNECT/DI-Connect-Fitness/summarizedActivities.json', data: '[{"a":1}]'},
        {name: 'DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip', data: parts[0]},
        {name: 'DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part2.zip', data: parts[1], stored: true},
      ]),
    );
    const {summary, outcomes, data} = await run([zip]);
    expect(summary.outcomes).toMatchObject({imported: 6, 'not-activity': 1, failed: 0});
    expect(outcomes[1][0]).toBe('garmin.zip!DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip!me_00.gpx');
    expect((await run([zip], {}, data)).summary.outcomes).toMatchObject({unchanged: 7});
  });
});

test('an archive in three layers, the inner ones deflated and gzipped, is read', async () => {
  const inner = zipBytes([{name: 'a.gpx', data: gpx(40)}]);
  const zip = path.join(folder, 'layers.bin');
  writeFileSync(zip, zipBytes([{name: 'two.zip', data: zipBytes([{name: 'one.zip.gz', data: gzipSync(inner)}])}]));
  expect((await run([zip])).outcomes).toEqual([['layers.bin!two.zip!one.zip.gz!a.gpx', 'imported']]);
});

test('a damaged or empty archive ends as one file with a reason, and a rebuilt one is read again', async () => {
  const zip = path.join(folder, 'mended.zip');
  const good = zipBytes([{name: 'a.gpx', data: gpx(41)}]);
  writeFileSync(zip, good.subarray(0, -10));
  const {summary, records, data} = await run([zip]);
  expect(summary).toMatchObject({files: 1, outcomes: {failed: 1}, archive: undefined});
  expect(records[0].reason).toContain('it is cut off');
  expect((await run([zip], {}, data)).summary.outcomes).toMatchObject({unchanged: 1});
  writeFileSync(zip, good);
  expect((await run([zip], {}, data)).outcomes).toEqual([['mended.zip!a.gpx', 'imported']]);
});

test('an archive that holds something else than was remembered of it fails with a reason', async () => {
  const zip = path.join(folder, 'replaced.zip');
  writeFileSync(zip, zipBytes([{name: 'a.gpx', data: gpx(42)}]));
  utimesSync(zip, 1000, 1000);
  const {data} = await run([zip]);
  const db = new Database(path.join(data, 'library.db'));
  db.exec('DELETE FROM files');
  db.close();
  writeFileSync(zip, Buffer.alloc(statSync(zip).size, 0xff));
  utimesSync(zip, 1000, 1000);
  const {outcomes, records} = await run([zip], {}, data);
  expect(outcomes).toEqual([['replaced.zip!a.gpx', 'failed']]);
  expect(records[0].reason).toContain('damaged member');
});

describe('routes', () => {
  const planned = `<?xml version="1.0"?><gpx creator="StravaGPX" version="1.1"><rte><name>Plan</name>${Array.from(
    {length: 30},
    (_, i) => `<rtept lat="47.${100 + i}" lon="8.5"/>`,
  ).join('')}</rte><trk><type>Hike</type><trkseg>${Array.from(
    {length: 30},
    (_, i) => `<trkpt lat="46.${100 + i}" lon="8.5"/>`,
  ).join('')}</trkseg></trk></gpx>`;

  test('are left out, brought in when asked for, and left out again, without touching other files', async () => {
    const at = path.join(folder, 'plans');
    mkdirSync(at);
    writeFileSync(path.join(at, 'plan.gpx'), planned);
    writeFileSync(path.join(at, 'ride.gpx'), gpx(50));
    const first = await run([at]);
    expect(first.outcomes).toEqual([
      ['plans/plan.gpx', 'not-activity'],
      ['plans/ride.gpx', 'imported'],
    ]);
    expect(first.records[0]).toMatchObject({reason: 'a planned route, not an activity', points: 30, activities: 2});
    const second = await run([at], {routes: true}, first.data);
    expect(second.records.map(({outcome, unchanged}) => [outcome, unchanged])).toEqual([
      ['imported', false],
      ['imported', true],
    ]);
    expect(second.records[0]).toMatchObject({points: 60, reason: 'a planned route, as asked for'});
    expect(second.activities.map(({sport}) => sport)).toEqual(['ride', 'other', 'hike']);
    expect((await run([at], {routes: true}, first.data)).summary.outcomes).toMatchObject({unchanged: 2});
    const third = await run([at], {}, first.data);
    expect(third.records[0]).toMatchObject({outcome: 'not-activity', unchanged: false});
    expect(third.activities.filter(({state}) => state === 'active')).toHaveLength(1);
  });
});
