import {createHash} from 'node:crypto';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {deflateRawSync, gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {contentDefaults, withContent} from '../../builder/content.ts';
import {readings} from '../../builder/readings.ts';
import type {Place} from '../../builder/zip/place.ts';
import {temporaryFolder} from '../support/files.ts';
import {seededRandom} from '../support/tracks.ts';

const folder = temporaryFolder();
let files = 0;

/** Files above 64 kB count as large. */
const small = {...contentDefaults, wholeBytes: 1 << 16, bytes: 1 << 22, heldBytes: 1 << 21};

async function readAll(bytes: Uint8Array, options = small, place?: Place, within?: Uint8Array) {
  const file = path.join(folder, `${files++}`);
  writeFileSync(file, bytes);
  return withContent(
    {path: file, archive: place && file, place, within},
    async (content) => {
      const all = [];
      for await (const reading of readings(content, options)) all.push(reading);
      const [reading] = all;
      return {
        all,
        streamed: content.stream !== undefined,
        points: all.reduce((sum, {points}) => sum + points, 0),
        activities: all.flatMap(({activities}) => activities),
        warnings: [...content.warnings, ...all.flatMap(({warnings}) => warnings)],
        reason: content.reason ?? reading?.reason,
        sha256: content.sha256(),
      };
    },
    options,
  );
}
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const random = seededRandom(5);
const trks = Array.from({length: 100}, (_, i) => {
  const points = Array.from({length: 30}, () => `<trkpt lat="${random() * 80}" lon="${random() * 170}"/>`);
  return `<trk><name>Número ${i}</name><trkseg>${points.join('')}</trkseg></trk>\n`;
});
const gpx = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><gpx creator="x">${trks.join('')}</gpx>`);

test('a large file reads the same plain, gzipped, in an archive and in UTF-16, and its hash is that of the file', async () => {
  const whole = await readAll(gpx, contentDefaults);
  expect([whole.streamed, whole.points, whole.activities.length]).toEqual([false, 3000, 100]);
  const packed = deflateRawSync(gpx);
  const place: Place = {start: 7, packed: packed.length, size: gpx.length, crc: 0, packing: 'deflate'};
  const stored: Place = {start: 7, packed: gpx.length, size: gpx.length, crc: 0, packing: 'stored'};
  const lead = Buffer.alloc(7);
  const utf16 = Buffer.from(`\ufeff${gpx.toString().replace('UTF-8', 'UTF-16')}`, 'utf16le');
  const wide = gzipSync(gpx);
  const found = [
    await readAll(gpx),
    await readAll(wide),
    await readAll(gzipSync(wide)),
    await readAll(Buffer.concat([lead, packed]), small, place),
    await readAll(Buffer.concat([lead, gpx]), small, stored),
    await readAll(lead, small, place, Buffer.concat([lead, packed])),
    await readAll(utf16),
  ];
  for (const {streamed, activities, warnings} of found) {
    expect([streamed, warnings]).toEqual([true, []]);
    expect(activities).toEqual(whole.activities);
  }
  expect(found.slice(0, 3).map((each) => each.sha256)).toEqual([gpx, wide, gzipSync(wide)].map(sha256));
  expect(found.slice(3, 6).map((each) => each.sha256)).toEqual(Array(3).fill(sha256(gpx)));
});

test('a large file of another format is read as a whole, within a limit', async () => {
  const line = Array.from({length: 9000}, () => [random() * 170, random() * 80]);
  const geojson = Buffer.from(JSON.stringify({type: 'LineString', coordinates: line}));
  expect(await readAll(geojson)).toMatchObject({streamed: true, points: 9000, warnings: []});
  expect(await readAll(geojson, {...small, heldBytes: 100_000})).toMatchObject({
    points: 0,
    reason: 'found more bytes of GeoJSON, expected at most 100000 (limit: heldBytes)',
  });
  const video = Buffer.from(Array.from({length: 100_000}, () => random() * 256));
  video.write('\0\0\0\x18ftypmp42', 'latin1');
  expect(await readAll(video)).toMatchObject({
    points: 0,
    reason: expect.stringContaining('found a video or a picture'),
  });
});

test('large streams that are cut, damaged or bombs give what precedes, with a warning', async () => {
  const packed = gzipSync(gpx);
  const cut = await readAll(packed.subarray(0, packed.length / 2));
  expect(cut.points).toBeGreaterThan(1000);
  expect(cut.warnings.join()).toContain('expected </gpx>');
  const broken = Buffer.from(packed);
  broken.fill(0xff, Math.trunc(packed.length * 0.8), Math.trunc(packed.length * 0.8) + 30);
  const damaged = await readAll(broken, {...small, wholeBytes: 1000});
  expect(damaged.warnings[0]).toContain('damaged gzip stream');
  const bomb = gzipSync(Buffer.concat([Buffer.from('<gpx><trk><trkseg>'), Buffer.alloc(30 << 20, ' ')]));
  const {warnings, points} = await readAll(bomb, {...small, bytes: 1 << 20});
  expect([points, warnings[0]]).toEqual([0, expect.stringContaining('(limit: ratio)')]);
});
