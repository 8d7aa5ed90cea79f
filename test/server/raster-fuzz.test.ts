import {afterAll, beforeAll, expect, test} from 'vitest';
import {styleKeyNames} from '../../core/style.ts';
import {type Listening, listen} from '../../server/listen.ts';
import {temporaryFolder} from '../support/files.ts';
import {heatFeature} from '../support/heat-feature.ts';
import {writeSmallArchive} from '../support/small-archive.ts';
import {seededRandom} from '../support/tracks.ts';

let server: Listening;

beforeAll(async () => {
  const archive = `${temporaryFolder()}/heat.pmtiles`;
  const lines: [number, number][][] = [
    [
      [0, 0],
      [4096, 4096],
    ],
  ];
  writeSmallArchive(archive, [{z: 4, x: 8, y: 7, features: [heatFeature({id: 1, lines})]}]);
  server = await listen({archive, hosts: [], origins: [], public: false}, {host: '127.0.0.1', port: 0});
});
afterAll(() => server.close());

const random = seededRandom(6);
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)];

const coordinates = [
  '0',
  '1',
  '-1',
  '1.5',
  '1e3',
  '',
  '%20',
  '99999999999',
  'NaN',
  '0x1',
  '4194304',
  '..',
  '%2e%2e',
  '٣',
];
const zooms = ['0', '4', '22', '23', '99', '-1', 'z', '1e1', '0x4', '4 '];
const endings = [
  '.png',
  '@2x.png',
  '.webp',
  '@3x.png',
  '.PNG',
  '.png.png',
  '',
  '.gif',
  '@2x',
  '.png/',
  '%00.png',
  '.mvt',
];
const roots = ['raster', 'tms', 'raster/512', 'Raster', 'raster/', 'tiles'];
const values = [
  '',
  '0',
  '-1',
  '1e9',
  'NaN',
  'Infinity',
  'auto',
  '%',
  '%E0%A4%A',
  '%00',
  '1,2',
  '2024-13-01',
  '0:zz',
  '"><x>',
  'fire,cool',
  '٣',
];
const keys = [
  ...styleKeyNames,
  'style',
  'size',
  'Style',
  '__proto__',
  'constructor',
  'toString',
  '',
  'ramp[]',
  'width ',
];

/** A URL that is wrong in at least one place, or happens to be right. */
function strangeUrl(): string {
  const tile = `${pick(zooms)}/${pick(coordinates)}/${pick(coordinates)}${pick(endings)}`;
  const query = Array.from({length: Math.floor(random() * 4)}, () => `${pick(keys)}=${pick(values)}`).join('&');
  return `/${pick(roots)}/${tile}${query && `?${query}`}`;
}

test('2,000 strange URLs get a tile, or 4xx with a sentence, and nothing else', async () => {
  const counts: Record<number, number> = {};
  for (let i = 0; i < 2000; i++) {
    const at = strangeUrl();
    const answer = await fetch(server.url + at);
    counts[answer.status] = (counts[answer.status] ?? 0) + 1;
    if (answer.status === 200 || answer.status === 204) {
      if (answer.status === 200) expect(answer.headers.get('content-type'), at).toMatch(/^image\/|mapbox-vector-tile/);
      await answer.arrayBuffer();
      continue;
    }
    expect(answer.status, at).toBeGreaterThanOrEqual(400);
    expect(answer.status, at).toBeLessThan(500);
    const {code, message} = (await answer.json()) as {code: string; message: string};
    expect(code, at).toMatch(/^[a-z-]+$/);
    expect(message.length, at).toBeGreaterThan(10);
    expect(message, at).not.toMatch(/\bat .*[.]([tj]s):\d|Error:/);
  }
  expect(counts[400] + counts[404]).toBeGreaterThan(1800);
});

test('a picture is still drawn afterwards', async () => {
  const answer = await fetch(`${server.url}/raster/5/16/14.png`);
  expect(answer.status).toBe(200);
  expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(300);
});
