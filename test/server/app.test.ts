import {lookup} from 'node:dns/promises';
import {copyFileSync, mkdirSync, readFileSync, renameSync} from 'node:fs';
import {request} from 'node:http';
import {hostname} from 'node:os';
import path from 'node:path';
import {VectorTile} from '@mapbox/vector-tile';
import {PbfReader} from 'pbf';
import {FetchSource, PMTiles} from 'pmtiles';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {archivePath, build} from '../../builder/build.ts';
import {projectX, projectY} from '../../core/mercator.ts';
import {type Listening, listen} from '../../server/listen.ts';
import {temporaryFolder, writeGpx} from '../support/files.ts';
import {along, home, morning, track} from '../support/tracks.ts';

const folder = temporaryFolder();
const activities = path.join(folder, 'activities');
const data = path.join(folder, 'data');
const guard = {hosts: ['heat.example'], origins: ['https://editor.example'], public: false};
let server: Listening;

beforeAll(async () => {
  mkdirSync(activities);
  writeGpx(activities, 'a.gpx', [
    track(
      along(
        [
          [0, 0],
          [3000, 1000],
        ],
        5,
      ),
    ),
  ]);
  await build([activities], {data, workers: 1});
  server = await listen({archive: archivePath(data), ...guard}, {host: '127.0.0.1', port: 0});
});
afterAll(() => server.close());

/** A tile path at a 512 px zoom that has heat. */
function tileAt(z: number): string {
  return `${z}/${Math.floor(projectX(home.lng) * 2 ** z)}/${Math.floor(projectY(home.lat) * 2 ** z)}`;
}

/** A request with any Host header, which fetch does not allow. */
function ask(
  url: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<{status: number; headers: NodeJS.Dict<string | string[]>; body: string}> {
  return new Promise((resolve, reject) => {
    const asked = request(url, {headers, method}, (answer) => {
      let body = '';
      answer.on('data', (chunk: Buffer) => {
        body += chunk;
      });
      answer.on('end', () => resolve({status: answer.statusCode ?? 0, headers: answer.headers, body}));
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('/heat.pmtiles', () => {
  test('is read by the pmtiles library through range requests', async () => {
    const archive = new PMTiles(new FetchSource(`${server.url}/heat.pmtiles`));
    expect(await archive.getHeader()).toMatchObject({minZoom: 0, maxZoom: 15});
    const [z, x, y] = tileAt(12).split('/').map(Number);
    expect((await archive.getZxy(z, x, y))?.data.byteLength).toBeGreaterThan(50);
  });

  test('answers ranges with 206, wrong ones with 416, known tags with 304, HEAD with the length', async () => {
    const bytes = readFileSync(archivePath(data));
    const url = `${server.url}/heat.pmtiles`;
    const whole = await fetch(url);
    expect(whole.status).toBe(200);
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
    const etag = whole.headers.get('etag') ?? '';
    const part = await fetch(url, {headers: {range: 'bytes=7-126'}});
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 7-126/${bytes.length}`);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(7, 127))).toBe(true);
    const last = await fetch(url, {headers: {range: 'bytes=-50', 'if-range': etag}});
    expect(Buffer.from(await last.arrayBuffer()).equals(bytes.subarray(-50))).toBe(true);
    expect((await fetch(url, {headers: {range: 'bytes=0-5', 'if-range': '"old"'}})).status).toBe(200);
    const beyond = await fetch(url, {headers: {range: `bytes=${bytes.length}-`}});
    expect(beyond.status).toBe(416);
    expect(beyond.headers.get('content-range')).toBe(`bytes */${bytes.length}`);
    expect((await fetch(url, {headers: {'if-none-match': etag}})).status).toBe(304);
    const head = await fetch(url, {method: 'HEAD'});
    expect(head.headers.get('content-length')).toBe(String(bytes.length));
    expect((await fetch(url, {method: 'DELETE'})).status).toBe(405);
  });
});

describe('/tiles', () => {
  test('gives stored tiles as vector tiles, 204 where there is none, 304 where the client has it', async () => {
    const url = `${server.url}/tiles/${tileAt(13)}.mvt`;
    const answer = await fetch(url);
    expect(answer.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile');
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(new VectorTile(new PbfReader(await answer.arrayBuffer())).layers.heat.length).toBe(1);
    expect((await fetch(url, {headers: {'if-none-match': answer.headers.get('etag') ?? ''}})).status).toBe(304);
    expect((await fetch(`${server.url}/tiles/5/0/0.mvt`)).status).toBe(204);
  });

  test('tells its tiles and bounds as TileJSON, without the activity table', async () => {
    const text = await (await fetch(`${server.url}/tiles.json`)).text();
    const json = JSON.parse(text);
    expect(json).toMatchObject({
      tilejson: '3.0.0',
      minzoom: 0,
      maxzoom: 15,
      tiles: [`${server.url}/tiles/{z}/{x}/{y}.mvt`],
    });
    expect(json.vector_layers[0].id).toBe('heat');
    expect(text).not.toContain('trackheat"');
    expect(text).not.toContain('A ride');
  });
});

describe('/raster', () => {
  test('draws a PNG with heat, at both ratios, and an empty one where there is none', async () => {
    const [z, x, y] = tileAt(12).split('/').map(Number);
    for (const [file, side] of [
      [`${y}.png`, 256],
      [`${y}@2x.png`, 512],
    ] as const) {
      const answer = await fetch(`${server.url}/raster/${z}/${x}/${file}`);
      expect(answer.headers.get('content-type')).toBe('image/png');
      const png = Buffer.from(await answer.arrayBuffer());
      expect(png.toString('latin1', 1, 4)).toBe('PNG');
      expect(png.readUInt32BE(16)).toBe(side);
      expect(png.length).toBeGreaterThan(300);
    }
    const empty = Buffer.from(await (await fetch(`${server.url}/raster/5/0/0.png`)).arrayBuffer());
    expect(empty.length).toBeLessThan(200);
  });

  test('answers 304 to the tag of the same tile and style, another tag to another style', async () => {
    const url = `${server.url}/raster/${tileAt(12)}.png`;
    const etag = (await fetch(url)).headers.get('etag') ?? '';
    expect((await fetch(url, {headers: {'if-none-match': etag}})).status).toBe(304);
    expect((await fetch(`${url}?ramp=cool`, {headers: {'if-none-match': etag}})).status).toBe(200);
  });

  test.each([
    ['/raster/1/a/0.png', 400, "'a' is no tile coordinate"],
    ['/raster/1/0/0.gif', 400, "'0.gif', expected a row like"],
    ['/raster/1/5/0.png', 404, 'does not exist at zoom 1'],
    ['/raster/23/0/0.png', 400, 'zoom 23, expected 0 to 22'],
    ['/raster/1/0/0.png?width=99', 400, "width: '99', expected 0.7 to 12"],
    ['/tiles/1/0/0.png', 400, "'0.png', expected a row like 11.mvt"],
    ['/nothing', 404, 'Nothing is at /nothing'],
  ])('%s is answered with %i and a sentence', async (at, status, sentence) => {
    const answer = await fetch(server.url + at);
    expect(answer.status).toBe(status);
    const {code, message} = (await answer.json()) as {code: string; message: string};
    expect(code).toMatch(/^[a-z-]+$/);
    expect(message).toContain(sentence);
    expect(message).not.toMatch(/at .*\.(ts|js):/);
  });
});

describe('who may ask', () => {
  test('a foreign host name is refused with 421, everywhere', async () => {
    for (const at of ['/', '/heat.pmtiles', '/raster/1/0/0.png', '/tiles.json', '/nothing']) {
      const answer = await ask(server.url + at, {host: 'evil.example'});
      expect(answer.status).toBe(421);
      expect(answer.body).not.toContain('"tiles"');
    }
  });

  test('loopback names and configured names are answered, with any port and in any case', async () => {
    for (const host of ['127.0.0.1', 'localhost:9999', 'LOCALHOST', '[::1]:8080', 'heat.example', 'Heat.Example:443']) {
      expect((await ask(`${server.url}/tiles.json`, {host})).status).toBe(200);
    }
  });

  test('addresses are answered, as no name of another page is one', async () => {
    for (const host of ['127.0.0.2', '192.168.1.7:8080', '[fe80::1]:8080']) {
      expect((await ask(`${server.url}/tiles.json`, {host})).status).toBe(200);
    }
    for (const host of ['1.2.3.4.evil.example', '[evil.example]', '127.1']) {
      expect((await ask(`${server.url}/tiles.json`, {host})).status).toBe(421);
    }
  });

  test.each([
    '0.0.0.0',
    'localhost',
    '127.0.0.1',
    hostname(),
  ])('the address that is told answers at %s', async (host) => {
    const found = await lookup(host).catch(() => console.log(`${host} has no address here: not tested`));
    if (!found) return;
    const listening = await listen({archive: archivePath(data), ...guard}, {host, port: 0});
    for (const url of [listening.url, ...listening.others]) {
      expect((await fetch(`${url}/tiles.json`)).status, url).toBe(200);
    }
    expect((await ask(`${listening.url}/tiles.json`, {host: 'evil.example'})).status).toBe(421);
    await listening.close();
  });

  test('raster tiles are shared with openstreetmap.org and configured origins, with no other', async () => {
    const url = `${server.url}/raster/1/0/0.png`;
    for (const origin of ['https://www.openstreetmap.org', 'https://editor.example']) {
      expect((await ask(url, {origin})).headers['access-control-allow-origin']).toBe(origin);
    }
    for (const origin of ['https://evil.example', 'null', 'https://www.openstreetmap.org.evil.example']) {
      expect((await ask(url, {origin})).headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test('archive and vector tiles are shared with nobody and closed to other pages', async () => {
    for (const at of ['/heat.pmtiles', `/tiles/${tileAt(3)}.mvt`, '/tiles.json']) {
      const answer = await ask(server.url + at, {origin: 'https://www.openstreetmap.org'});
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
    }
  });

  test('a public server shares everything', async () => {
    const open = await listen({archive: archivePath(data), ...guard, public: true}, {host: '127.0.0.1', port: 0});
    const answer = await ask(`${open.url}/heat.pmtiles`, {origin: 'https://any.example', range: 'bytes=0-9'});
    expect(answer.status).toBe(206);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    const preflight = await ask(`${open.url}/heat.pmtiles`, {origin: 'https://any.example'}, 'OPTIONS');
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-headers']).toContain('Range');
    await open.close();
  });
});

describe('the archive in use', () => {
  test('a new archive in the place of the old one is served from the next request on', async () => {
    const place = path.join(folder, 'served.pmtiles');
    const fresh = await listen({archive: place, ...guard}, {host: '127.0.0.1', port: 0});
    expect((await fetch(`${fresh.url}/tiles.json`)).status).toBe(404);
    copyFileSync(archivePath(data), place);
    const tile = `${fresh.url}/tiles/${tileAt(14)}.mvt`;
    const before = (await fetch(tile)).headers.get('etag');
    const more = path.join(folder, 'more');
    mkdirSync(more);
    writeGpx(more, 'b.gpx', [
      track(
        along(
          [
            [0, 0],
            [900, 900],
          ],
          5,
        ),
        {start: morning + 86_400_000},
      ),
    ]);
    const other = path.join(folder, 'other');
    await build([more], {data: other, workers: 1});
    copyFileSync(archivePath(other), `${place}.new`);
    renameSync(`${place}.new`, place);
    const after = await fetch(tile);
    expect(after.headers.get('etag')).not.toBe(before);
    await fresh.close();
  });
});
