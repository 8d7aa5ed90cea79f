import {expect, test} from 'vitest';
import {mostBytes, readBytes} from '../../../client/drop/read-bytes.ts';
import {readDropped} from '../../../client/drop/read-dropped.ts';
import {readFile} from '../../../client/drop/read-file.ts';
import {fileId, fitFile, record, typedRecordDefinition} from '../../support/fit-bytes.ts';

const ride = (lng: number) =>
  fitFile([...fileId(), typedRecordDefinition, ...[0, 1, 2].map((i) => record(i, lng + i * 0.001, 47))]);

function fileOf(...bytes: Uint8Array[]): Blob {
  return new Blob(bytes.map((part) => part.slice()));
}

async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = fileOf(bytes).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

test('a FIT file gives its positions, chained ones an activity each, gzip or not', async () => {
  const chained = await readFile(fileOf(ride(8), ride(9)));
  if (typeof chained === 'string') throw new Error(chained);
  const [[first], [second]] = chained;
  expect(first.map(([lng]) => Math.round(lng * 1000))).toEqual([8000, 8001, 8002]);
  expect(second.map(([lng]) => Math.round(lng * 1000))).toEqual([9000, 9001, 9002]);
  expect(await readFile(fileOf(await gzip(ride(8))))).toEqual([[first]]);
});

test('what is damaged, foreign, empty or a folder is told with what was expected', async () => {
  const whole = ride(8);
  expect(await readFile(fileOf(whole.subarray(0, 60)))).toBe(
    `found 60 bytes, expected ${whole.length - 2} as the header says.`,
  );
  expect(await readFile(fileOf(fitFile(fileId())))).toContain('a FIT file without positions');
  expect(await readFile(fileOf())).toBe('found an empty file, expected GPX, TCX, KML, GeoJSON or FIT.');
  expect(await readFile(fileOf(Uint8Array.of(0x50, 0x4b, 3, 4)))).toContain('found a zip archive');
  expect(await readFile(fileOf(Uint8Array.of(1, 2, 3)))).toContain('found something else');
  expect(await readFile(new Blob(['<html></html>']))).toContain('found <html>');
  const zipped = await gzip(whole);
  expect(await readFile(fileOf(zipped.subarray(0, zipped.length - 20)))).toContain('found gzip data that break off');
});

test('GeoJSON gives the lines of each feature, and nothing of what is no position', async () => {
  const feature = (geometry: unknown) => ({type: 'Feature', properties: {}, geometry});
  const line = (...coordinates: unknown[]) => ({type: 'LineString', coordinates});
  const ways = {
    type: 'FeatureCollection',
    features: [
      feature(line([8, 47, 400], [8.001, 47], 'x', null, ['9', 47], [8.002, 47])),
      feature({type: 'Point', coordinates: [8, 47]}),
      feature(null),
      feature({
        type: 'GeometryCollection',
        geometries: [
          line([9, 47], [9.001, 47]),
          {
            type: 'MultiLineString',
            coordinates: [
              [
                [1, 2],
                [3, 4],
              ],
              5,
            ],
          },
        ],
      }),
    ],
  };
  const first = [
    [8, 47, 400],
    [8.001, 47],
    [8.002, 47],
  ];
  const second = [
    [
      [9, 47],
      [9.001, 47],
    ],
    [
      [1, 2],
      [3, 4],
    ],
    [],
  ];
  expect(await readFile(new Blob([`\ufeff ${JSON.stringify(ways)}`]))).toEqual([[first], second]);
  expect(await readFile(new Blob([JSON.stringify(line([1, 2], [3, 4]))]))).toEqual([
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
  ]);
  expect(await readFile(new Blob(['{"type": "FeatureCollection", "features": 3}']))).toContain('without a line');
  expect(await readFile(new Blob(['{"type": "LineString", "coord']))).toContain('damaged JSON');
});

test('a small file that holds a very large one is given up on the way', async () => {
  const chunk = new Uint8Array(2_000_000);
  const chunks = Array.from({length: mostBytes / chunk.length + 1}, () => chunk);
  const stream = new Blob(chunks).stream().pipeThrough(new CompressionStream('gzip'));
  const bomb = await new Response(stream).blob();
  expect(bomb.size).toBeLessThan(1_000_000);
  expect(await readBytes(bomb)).toMatch(/^found a gzip file of more than 100 MB, expected at most 100 MB/);
});

test('what is shown has a box and a length', async () => {
  const dropped = await readDropped(fileOf(ride(8)));
  if (typeof dropped === 'string') throw new Error(dropped);
  expect(dropped.activities.length).toBe(1);
  expect(dropped.bounds.map((degrees) => Math.round(degrees * 1000))).toEqual([8000, 47_000, 8002, 47_000]);
  expect(dropped.meters).toBeCloseTo(152, -1);
  expect(
    await readDropped(fileOf(fitFile([...fileId(), typedRecordDefinition, record(0, 8, 47), record(1, 0, 0)]))),
  ).toBe('found no two positions that go together, expected a track.');
});
