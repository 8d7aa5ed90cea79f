import {mkdirSync, utimesSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {Library} from '../../builder/library.ts';
import {members} from '../../builder/members.ts';
import {scan} from '../../builder/scan.ts';
import {unpackDefaults} from '../../builder/unpack.ts';
import {temporaryFolder} from '../support/files.ts';
import {type ZipFile, zipBytes} from '../support/zip-bytes.ts';

const folder = temporaryFolder();
const gpx = '<gpx><trk><trkseg><trkpt lat="47" lon="8"/></trkseg></trk></gpx>';
let folders = 0;

/** The files that stand for one archive, by path below its folder. */
async function found(bytes: Uint8Array, options = unpackDefaults, name = 'a.zip') {
  const at = path.join(folder, `${folders++}`);
  mkdirSync(at);
  writeFileSync(path.join(at, name), bytes);
  const library = new Library(path.join(at, 'data'));
  try {
    const files = await members(scan([path.join(at, name)]), library, library.knownFiles(), options);
    // What is remembered of it is the same.
    expect(await members(scan([path.join(at, name)]), library, library.knownFiles(), options)).toEqual(files);
    return files.map((file) => ({...file, path: file.path.slice(at.length + 1)}));
  } finally {
    library.close();
  }
}
const paths = async (bytes: Uint8Array, name?: string) =>
  (await found(bytes, unpackDefaults, name)).map((file) => file.path);
const ended = async (bytes: Uint8Array, options = unpackDefaults) => {
  const files = await found(bytes, options);
  return files.map((file) => [file.path, file.ended?.outcome, file.ended?.reason]);
};

test('members stand for an archive, whatever it is called, those of inner archives too', async () => {
  const inner = zipBytes([
    {name: 'x.fit', data: 'x'},
    {name: 'deep/y.gpx', data: gpx},
  ]);
  const files: ZipFile[] = [
    {name: 'b.gpx', data: gpx},
    {name: 'photo.jpg', data: 'x'},
    {name: 'inner.zip', data: inner},
    {name: 'stored.bin', data: inner, stored: true},
    {name: 'squeezed.zip.gz', data: gzipSync(inner)},
  ];
  const wanted = [
    'b.gpx',
    'inner.zip!deep/y.gpx',
    'inner.zip!x.fit',
    'photo.jpg',
    'squeezed.zip.gz!deep/y.gpx',
    'squeezed.zip.gz!x.fit',
    'stored.bin!deep/y.gpx',
    'stored.bin!x.fit',
  ];
  for (const name of ['a.zip', 'a.dat', 'a.gpx']) {
    expect(await paths(zipBytes(files), name)).toEqual(wanted.map((member) => `${name}!${member}`));
  }
  expect(await paths(gzipSync(zipBytes(files)), 'a.zip.gz')).toEqual(wanted.map((member) => `a.zip.gz!${member}`));
  expect(
    await paths(
      zipBytes([
        {name: 'doc.kml', data: '<kml/>'},
        {name: 'images/i.png', data: 'x'},
      ]),
      'a.kmz',
    ),
  ).toEqual(['a.kmz!doc.kml', 'a.kmz!images/i.png']);
});

test('equal names are told apart, and no name becomes a path', async () => {
  const bytes = zipBytes(['a.gpx', 'a.gpx', '../../b.gpx', '/c.gpx'].map((name) => ({name, data: gpx})));
  expect(await paths(bytes)).toEqual(['a.zip!../../b.gpx', 'a.zip!/c.gpx', 'a.zip!a.gpx', 'a.zip!a.gpx (2)']);
});

test('a member is known by its size and checksum', async () => {
  const [a, b] = await found(
    zipBytes([
      {name: 'a.gpx', data: gpx},
      {name: 'b.gpx', data: `${gpx} `},
    ]),
  );
  expect([a.size, b.size]).toEqual([gpx.length, gpx.length + 1]);
  const [again] = await found(
    zipBytes([
      {name: 'first.gpx', data: ''},
      {name: 'a.gpx', data: gpx},
    ]),
  );
  expect([again.size, again.modified]).toEqual([a.size, a.modified]);
});

test('an archive without activities, an empty one and a damaged one end as one file', async () => {
  const letter = zipBytes([
    {name: 'word/document.xml', data: '<w:document/>'},
    {name: 'empty.doc', data: ''},
  ]);
  const none = 'none with activities, expected FIT, GPX, TCX, KML, GeoJSON or NMEA';
  expect(await ended(letter)).toEqual([['a.zip', 'not-activity', `found a zip archive of 2 files, ${none}`]]);
  expect(await ended(zipBytes([]))).toEqual([
    ['a.zip', 'not-activity', expect.stringContaining('an empty zip archive')],
  ]);
  expect(await ended(zipBytes([{name: 'a.gpx', data: gpx}]).subarray(0, 90))).toEqual([
    ['a.zip', 'failed', expect.stringContaining('it is cut off')],
  ]);
  // Content decides where names do not, and a name is enough where the content is damaged.
  expect(await ended(zipBytes([{name: 'data', data: gpx}]))).toEqual([['a.zip!data', undefined, undefined]]);
  expect(await ended(zipBytes([{name: 'a.fit', data: 'no'}]))).toEqual([['a.zip!a.fit', undefined, undefined]]);
  expect(
    await ended(
      zipBytes([
        {name: 'a.gpx', data: gpx},
        {name: 'letter.docx', data: letter},
      ]),
    ),
  ).toEqual([
    ['a.zip!a.gpx', undefined, undefined],
    ['a.zip!letter.docx', 'not-activity', `found a zip archive of 2 files, ${none}`],
  ]);
  expect(await ended(zipBytes([{name: 'a.fit', data: 'x', encrypted: true}]))).toEqual([
    ['a.zip!a.fit', 'failed', expect.stringContaining('encrypted')],
  ]);
});

test('bombs are refused by depth, number, size and ratio, and the reason names the limit', async () => {
  let nested = zipBytes([{name: 'a.gpx', data: gpx}]);
  for (let depth = 2; depth <= 5; depth++) nested = zipBytes([{name: `${depth}.zip`, data: nested}]);
  expect(await ended(nested)).toEqual([
    ['a.zip!5.zip!4.zip!3.zip!2.zip', 'failed', 'found an archive inside 4 others, expected fewer (limit: depth)'],
  ]);
  const many = zipBytes(Array.from({length: 30}, (_, i) => ({name: `${i}.gpx`, data: gpx})));
  const two = zipBytes([
    {name: 'one.zip', data: many},
    {name: 'two.zip', data: many},
  ]);
  const few = await ended(two, {...unpackDefaults, entries: 40});
  expect(few.filter(([, outcome]) => outcome)).toEqual([
    ['a.zip!two.zip', 'failed', 'found more than 8 members, expected fewer (limit: entries)'],
  ]);
  const claims = zipBytes([{name: 'a.gpx', data: gpx, size: 0xfff0_0000}]);
  expect(await ended(claims)).toEqual([['a.zip', 'failed', expect.stringContaining('(limits: archiveBytes, ratio)')]]);
  const wide = zipBytes([
    {name: 'wide.zip', data: zipBytes([{name: 'a.gpx', data: Buffer.alloc(5 << 20), stored: true}])},
  ]);
  expect(await ended(wide, {...unpackDefaults, bytes: 1 << 20})).toEqual([
    ['a.zip!wide.zip', 'failed', expect.stringContaining('(limit: ratio)')],
  ]);
});

test('an archive is opened again only when it has changed', async () => {
  const file = path.join(folder, 'changing.zip');
  const library = new Library(path.join(folder, 'changing'));
  const look = async () =>
    (await members(scan([file]), library, library.knownFiles())).map(({path: at}) => at.slice(file.length));
  const write = (name: string) => {
    writeFileSync(file, zipBytes([{name, data: gpx}]));
    utimesSync(file, 1000, 1000);
  };
  write('a.gpx');
  expect(await look()).toEqual(['!a.gpx']);
  // Other content under the same size and time is not looked at.
  write('b.gpx');
  expect(await look()).toEqual(['!a.gpx']);
  write('longer.gpx');
  expect(await look()).toEqual(['!longer.gpx']);
  library.close();
});

test('the table of an export in an archive tells of its members, and a changed row changes the member', async () => {
  const table = (name: string) => `Activity Name,Activity Type,Filename\n${name},Ride,activities/1.gpx\n`;
  const make = (name: string) =>
    zipBytes([
      {name: 'activities/1.gpx', data: gpx},
      {name: 'activities.csv', data: table(name)},
    ]);
  const [csv, one] = await found(make('One'));
  expect([csv.path, csv.facts]).toEqual(['a.zip!activities.csv', undefined]);
  expect([one.path, one.facts]).toEqual([
    'a.zip!activities/1.gpx',
    {name: 'One', sport: 'Ride', gear: '', commute: false},
  ]);
  const [, two] = await found(make('Two'));
  expect(two.modified).not.toBe(one.modified);
});
