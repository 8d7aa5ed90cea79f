import {writeFileSync} from 'node:fs';
import {createServer, request} from 'node:http';
import type {AddressInfo} from 'node:net';
import path from 'node:path';
import {createCanvas, loadImage} from '@napi-rs/canvas';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {archivePath, build} from '../../builder/build.ts';
import {projectX, projectY} from '../../core/mercator.ts';
import {parseStyle} from '../../core/style.ts';
import {openArchive} from '../../raster-fallback/archive.ts';
import {type Listening, listen} from '../../server/listen.ts';
import {temporaryFolder, writeGpx} from '../support/files.ts';
import {renderTile} from '../support/render-tile.ts';
import {along, home, track} from '../support/tracks.ts';

const folder = temporaryFolder();
const data = path.join(folder, 'data');
const guard = {hosts: [], origins: [], public: false};
let server: Listening;

beforeAll(async () => {
  const corners: [number, number][] = [
    [0, 0],
    [3000, 1000],
  ];
  const file = writeGpx(folder, 'a.gpx', [track(along(corners, 5))]);
  await build([file], {data, workers: 1});
  server = await listen({archive: archivePath(data), ...guard}, {host: '127.0.0.1', port: 0});
});
afterAll(() => server.close());

/** Column and row of the tile at home. */
function tileAt(z: number): {x: number; y: number} {
  return {x: Math.floor(projectX(home.lng) * 2 ** z), y: Math.floor(projectY(home.lat) * 2 ** z)};
}

const {x, y} = tileAt(14);

async function bytes(at: string): Promise<Buffer> {
  const answer = await fetch(server.url + at);
  expect(answer.status, at).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}

async function expected(query: string, size = 256, ratio = 1): Promise<Buffer> {
  const archive = await openArchive(archivePath(data));
  const picture = await renderTile(archive, {z: 14, x, y, size, ratio}, parseStyle(query).style);
  await archive.close();
  return picture;
}

describe('/raster', () => {
  test('draws 256 and 512 px tiles, at twice the pixels for @2x', async () => {
    expect((await bytes(`/raster/14/${x}/${y}.png`)).equals(await expected(''))).toBe(true);
    expect((await bytes(`/raster/14/${x}/${y}.png?size=512`)).equals(await expected('', 512))).toBe(true);
    expect((await bytes(`/raster/14/${x}/${y}@2x.png?size=512`)).readUInt32BE(16)).toBe(1024);
  });

  test('size is no part of the style: it may stand anywhere among its keys', async () => {
    const cool = await bytes(`/raster/14/${x}/${y}.png?ramp=cool&size=512&width=2`);
    expect(cool.equals(await expected('ramp=cool&width=2', 512))).toBe(true);
  });

  test('gives WebP', async () => {
    const answer = await fetch(`${server.url}/raster/14/${x}/${y}@2x.webp`);
    expect(answer.headers.get('content-type')).toBe('image/webp');
    const image = await loadImage(Buffer.from(await answer.arrayBuffer()));
    expect([image.width, image.height]).toEqual([512, 512]);
  });

  test('draws named styles, with changes, and saved ones as soon as they are saved', async () => {
    const named = await bytes(`/raster/14/${x}/${y}.png?style=cool&width=2`);
    expect(named.equals(await expected('ramp=cool&width=2'))).toBe(true);
    const mine = `/raster/14/${x}/${y}.png?style=mine`;
    expect((await fetch(server.url + mine)).status).toBe(400);
    writeFileSync(path.join(data, 'styles.json'), JSON.stringify({mine: 'ramp=viridis', broken: 'width=99'}));
    expect((await bytes(mine)).equals(await expected('ramp=viridis'))).toBe(true);
    const listed = (await (await fetch(`${server.url}/styles.json`)).json()) as {name: string; style: string}[];
    expect(listed.map(({name}) => name)).toEqual([
      'heat',
      'cool',
      'centre-line',
      'corridor',
      'busiest',
      'scalar',
      'mine',
    ]);
  });

  test('draws deep zooms from the lines, not from a picture', async () => {
    const deep = tileAt(22);
    const png = await bytes(`/raster/22/${deep.x}/${deep.y}.png?glow=0&grow=0`);
    const image = await loadImage(png);
    const context = createCanvas(256, 256).getContext('2d');
    context.drawImage(image, 0, 0);
    const {data: rgba} = context.getImageData(0, 0, 256, 256);
    const lit = rgba.filter((value, i) => i % 4 === 3 && value > 0).length;
    // A line of about 7 px across a tile: no more than 3 % of its pixels.
    expect(lit).toBeGreaterThan(100);
    expect(lit).toBeLessThan(2500);
  });

  test('is straight alpha: colours are those of the ramp however faint, and nothing is painted where no heat is', async () => {
    const png = await bytes(`/raster/14/${x}/${y}.png?style=scalar`);
    const palette = png.subarray(png.indexOf('PLTE') + 4, png.indexOf('PLTE') + 4 + png.readUInt32BE(33));
    expect(palette.every((value) => value === 255)).toBe(true);
    const alpha = png.subarray(png.indexOf('tRNS') + 4);
    expect(alpha[0]).toBe(0);
    expect(alpha[1]).toBeLessThan(5);
  });

  test.each([
    [`/raster/14/1/2.jpg`, 400, "'2.jpg', expected a row like 11.png, 11@2x.png or 11.webp"],
    [`/raster/14/1/2@3x.png`, 400, "'2@3x.png', expected a row like"],
    [`/raster/23/1/2.png`, 400, 'zoom 23, expected 0 to 22'],
    [`/raster/-1/0/0.png`, 400, "'-1' is no tile coordinate"],
    [`/raster/3/8/0.webp`, 404, 'tile 8/0 does not exist at zoom 3, expected 0 to 7'],
    [`/raster/1/0/0.png?size=300`, 400, "size: '300', expected 256 or 512"],
    [`/raster/1/0/0.png?size=512&size=512`, 400, 'size: given twice'],
    [`/raster/1/0/0.png?style=sepia`, 400, "style: 'sepia', expected one of heat, cool"],
    [`/raster/1/0/0.png?colour=red`, 400, "'colour' is no key of a style"],
    [`/tms/1/0/0.png?width=0`, 400, "width: '0', expected 0.7 to 12"],
    [`/raster.json?style=sepia`, 400, "style: 'sepia'"],
  ])('%s is answered with %i and a sentence', async (at, status, sentence) => {
    const answer = await fetch(server.url + at);
    expect(answer.status).toBe(status);
    expect(((await answer.json()) as {message: string}).message).toContain(sentence);
  });
});

describe('/tms', () => {
  test('is the same tiles with rows counted from the south', async () => {
    const south = 2 ** 14 - 1 - y;
    expect((await bytes(`/tms/14/${x}/${south}.png`)).equals(await expected(''))).toBe(true);
    expect((await bytes(`/tms/14/${x}/${y}.png`)).length).toBeLessThan(200);
  });
});

describe('entity tags', () => {
  const tagOf = async (at: string) => (await fetch(server.url + at)).headers.get('etag') ?? '';

  test('differ by size, ratio, format and style, not by how a style is written', async () => {
    const at = `/raster/14/${x}/${y}`;
    const variants = ['.png', '@2x.png', '.webp', '.png?size=512', '.png?ramp=cool', '.png?top=9'];
    const tags = await Promise.all(variants.map((variant) => tagOf(at + variant)));
    expect(new Set(tags).size).toBe(variants.length);
    expect(await tagOf(`${at}.png?style=cool`)).toBe(tags[4]);
    expect(await tagOf(`${at}.png?ramp=cool&blur=6`)).toBe(tags[4]);
  });

  test('answer 304 without a body', async () => {
    const at = `${server.url}/raster/14/${x}/${y}.webp?style=corridor`;
    const etag = (await fetch(at)).headers.get('etag') ?? '';
    const again = await fetch(at, {headers: {'if-none-match': `"other", W/${etag}`}});
    expect(again.status).toBe(304);
    expect((await again.arrayBuffer()).byteLength).toBe(0);
  });
});

describe('a storm of tiles', () => {
  test('is refused with 503 and Retry-After beyond the queue, and what clients leave is not drawn', async () => {
    const small = await listen(
      {archive: archivePath(data), ...guard, drawing: {workers: 1, queue: 4}},
      {host: '127.0.0.1', port: 0},
    );
    const at = (i: number) => `${small.url}/raster/16/${tileAt(16).x + (i % 4)}/${tileAt(16).y}.png?floor=${i / 1000}`;
    const answers = await Promise.all(Array.from({length: 60}, (_, i) => fetch(at(i + 1))));
    const refused = answers.filter(({status}) => status === 503);
    expect(answers.filter(({status}) => status === 200).length).toBeGreaterThanOrEqual(6);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused.slice(0, 3)) {
      expect(answer.headers.get('retry-after')).toBe('2');
      expect(answer.headers.get('etag')).toBeNull();
      expect(((await answer.json()) as {code: string}).code).toBe('busy');
    }
    // Whoever hangs up makes room.
    for (let i = 0; i < 20; i++) {
      const left = request(at(200 + i));
      left.on('error', () => undefined);
      left.end();
      await new Promise((resolve) => setTimeout(resolve, 5));
      left.destroy();
    }
    expect((await fetch(at(999))).status).toBe(200);
    await small.close();
  });
});

describe('an archive at a URL', () => {
  test('is read by ranges; where it cannot be read the answer is 503', async () => {
    const far = await listen({archive: `${server.url}/heat.pmtiles`, ...guard}, {host: '127.0.0.1', port: 0});
    const answer = await fetch(`${far.url}/raster/14/${x}/${y}.png`);
    expect(Buffer.from(await answer.arrayBuffer()).equals(await expected(''))).toBe(true);
    await far.close();

    const broken = createServer((_, response) => response.writeHead(500).end()).listen(0, '127.0.0.1');
    await new Promise((resolve) => broken.once('listening', resolve));
    const nowhere = await listen(
      {archive: `http://127.0.0.1:${(broken.address() as AddressInfo).port}/a.pmtiles`, ...guard},
      {host: '127.0.0.1', port: 0},
    );
    const refused = await fetch(`${nowhere.url}/raster/1/0/0.png`);
    expect(refused.status).toBe(503);
    expect(((await refused.json()) as {code: string}).code).toBe('archive-unreadable');
    await nowhere.close();
    broken.close();
  });
});
