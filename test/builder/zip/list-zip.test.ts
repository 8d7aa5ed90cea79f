import {expect, test} from 'vitest';
import {unpackDefaults} from '../../../builder/unpack.ts';
import {memorySource} from '../../../builder/zip/byte-source.ts';
import {listZip} from '../../../builder/zip/list-zip.ts';
import {placeHead, unpackPlace} from '../../../builder/zip/place.ts';
import {type ZipFile, zipBytes} from '../../support/zip-bytes.ts';

const list = (bytes: Buffer, most = 100) => listZip(memorySource(bytes), most);
const names = async (bytes: Buffer) => (await list(bytes)).members.map(({name}) => name);
/** What unpacking the only member of an archive gives. */
const unpackOne = async (file: Omit<ZipFile, 'name'>, options = unpackDefaults) => {
  const bytes = zipBytes([{name: 'a', ...file}]);
  const [{place, reason}] = (await list(bytes)).members;
  const unpacked = unpackPlace(memorySource(bytes), place, options);
  return {listed: reason, ...unpacked, text: Buffer.from(unpacked.bytes).toString()};
};

test('members are listed with their places, stored and deflated', async () => {
  for (const stored of [true, false]) {
    const {text, warnings, reason} = await unpackOne({data: 'hello '.repeat(100), stored});
    expect([text, warnings, reason]).toEqual(['hello '.repeat(100), [], undefined]);
  }
});

test('folders, __MACOSX and names with a dot in front are left out, whatever else is called is listed', async () => {
  const all = [
    'a.fit',
    'd/',
    'd/b.fit',
    '__MACOSX/._a.fit',
    'd/.hidden',
    '.git/c.fit',
    '../../up.gpx',
    '/abs.gpx',
    './e.gpx',
    'C:\\f.gpx',
  ];
  expect(await names(zipBytes(all.map((name) => ({name, data: 'x'}))))).toEqual([
    'a.fit',
    'd/b.fit',
    '../../up.gpx',
    '/abs.gpx',
    './e.gpx',
    'C:/f.gpx',
  ]);
  expect(
    await names(
      zipBytes([
        {name: 'täglich 日.gpx', data: ''},
        {name: 'a\nb\x1b[31m', data: ''},
      ]),
    ),
  ).toEqual(['täglich 日.gpx', 'a\ufffdb\ufffd[31m']);
});

test('bytes behind the archive do no harm', async () => {
  const bytes = zipBytes([{name: 'a', data: 'x'}]);
  expect(await names(Buffer.concat([bytes, Buffer.alloc(1000)]))).toEqual(['a']);
});

test('members that cannot be unpacked say why', async () => {
  expect((await unpackOne({data: 'x', encrypted: true})).listed).toContain('encrypted');
  expect((await unpackOne({data: 'x', method: 9})).listed).toBe(
    'found a member packed by Deflate64 (method 9), expected stored or deflate',
  );
  const bytes = zipBytes([{name: 'a', data: 'x'}]);
  bytes.writeUInt32LE(7, bytes.lastIndexOf('PK\x01\x02', undefined, 'latin1') + 42);
  expect((await list(bytes)).members[0].reason).toBe('found no member at byte 7, where the directory has one');
});

test('an archive that is cut off, or has more members than allowed, says so', async () => {
  const bytes = zipBytes(Array.from({length: 5}, (_, i) => ({name: `${i}`, data: 'x'})));
  expect(await list(bytes.subarray(0, -30))).toEqual({
    members: [],
    reason: 'found a zip archive without its directory, expected that at its end: it is cut off',
  });
  const {members, reason} = await list(bytes, 3);
  expect([members.length, reason]).toEqual([3, 'found more than 3 members, expected fewer (limit: entries)']);
});

test('damaged members give what precedes the damage, or a wrong checksum', async () => {
  const data = Array.from({length: 5000}, (_, i) => `line ${i * 7919}`).join('\n');
  const [{place}] = (await list(zipBytes([{name: 'a', data}]))).members;
  const bytes = zipBytes([{name: 'a', data}]);
  const middle = place.start + Math.trunc(place.packed / 2);
  bytes.fill(0xff, middle, middle + 30);
  const {bytes: found, warnings} = unpackPlace(memorySource(bytes), place);
  expect(found.length).toBeGreaterThan(data.length / 3);
  expect(
    data.startsWith(
      Buffer.from(found)
        .toString()
        .slice(0, data.length / 3),
    ),
  ).toBe(true);
  expect(warnings[0]).toContain('damaged member');
  expect((await unpackOne({data: 'hello', crc: 5})).warnings).toEqual([
    'found checksum 907060870 of the member, expected 5',
  ]);
  expect((await unpackOne({data: 'hello', packed: Buffer.from([7, 7])})).reason).toContain('damaged member');
});

test('a member that unpacks to far more than it is packed in is refused by the limit that it met', async () => {
  const options = {...unpackDefaults, bytes: 1 << 20};
  const zeros = Buffer.alloc(3 << 20);
  expect(await unpackOne({data: zeros, size: 10}, options)).toMatchObject({
    large: true,
    reason: expect.stringContaining('(limit: ratio)'),
  });
  expect(await unpackOne({data: zeros, stored: true}, {...options, heldBytes: 1 << 20})).toMatchObject({
    large: true,
    reason: 'found 3145728 bytes, expected at most 1048576 (limit: heldBytes)',
  });
});

test('the head of a member is read without the rest', async () => {
  for (const stored of [true, false]) {
    const bytes = zipBytes([{name: 'a', data: 'head'.repeat(100_000), stored}]);
    const [{place}] = (await list(bytes)).members;
    const head = placeHead(memorySource(bytes), place, 400);
    expect([head.length, Buffer.from(head).toString('latin1', 0, 8)]).toEqual([400, 'headhead']);
  }
});
