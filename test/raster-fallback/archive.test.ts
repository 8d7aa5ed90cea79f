import {once} from 'node:events';
import {closeSync, openSync, readFileSync, renameSync, truncateSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import path from 'node:path';
import {gunzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {ArchiveWriter} from '../../builder/archive-writer.ts';
import {openArchive} from '../../raster-fallback/archive.ts';
import {temporaryFolder} from '../support/files.ts';
import {heatFeature} from '../support/heat-feature.ts';
import {readTile} from '../support/read-tile.ts';
import {type Signs, serveFile} from '../support/serve-file.ts';
import {type SmallTile, writeSmallArchive} from '../support/small-archive.ts';

const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);

/** A tile with one line of activity `id`. */
function tileOf(z: number, x: number, y: number, id: number): SmallTile {
  const line: [number, number][] = [
    [10, 20],
    [30, 20 + id],
  ];
  return {z, x, y, features: [heatFeature({id, n: 1, lines: [line]})]};
}

describe('openArchive(path)', () => {
  test('gives header, layers, metadata and the activity table', async () => {
    writeSmallArchive(file('a.pmtiles'), [tileOf(0, 0, 0, 1), tileOf(4, 8, 8, 1)], {rows: 3});
    const archive = await openArchive(file('a.pmtiles'));
    expect(archive.header).toMatchObject({minZoom: 0, maxZoom: 4});
    expect(archive.layers).toMatchObject([{id: 'heat'}]);
    expect(archive.metadata.detail).toBe('activity');
    expect([...archive.table.id]).toEqual([1, 2, 3]);
    await archive.close();
  });

  test('gives tiles decoded and as they are stored, and undefined where there is none', async () => {
    writeSmallArchive(file('b.pmtiles'), [tileOf(0, 0, 0, 1), tileOf(4, 3, 5, 2), tileOf(4, 15, 0, 77)]);
    const archive = await openArchive(file('b.pmtiles'));
    const tile = await readTile(archive, 4, 3, 5);
    expect(tile).toMatchObject({extent: 4096, rows: Int32Array.of(1), boxes: Int16Array.of(10, 20, 30, 22)});
    expect([...(tile?.segments ?? [])]).toEqual([10, 20, 30, 22]);
    expect((await readTile(archive, 4, 15, 0))?.rows).toEqual(Int32Array.of(-1));
    const stored = await archive.bytes(4, 3, 5);
    expect(gunzipSync(stored ?? new Uint8Array(0)).includes('heat')).toBe(true);
    for (const [z, x, y] of [
      [4, 3, 6],
      [5, 0, 0],
      [4, 16, 0],
      [4, 0, -1],
    ]) {
      expect(await archive.bytes(z, x, y)).toBeUndefined();
    }
    expect(await readTile(archive, 4, 3, 6)).toBeUndefined();
    await archive.close();
  });

  test('keeps reading the old file when another is renamed over it, and tells the two apart', async () => {
    const name = file('c.pmtiles');
    writeSmallArchive(name, [tileOf(2, 1, 1, 1), tileOf(2, 2, 2, 1)]);
    const old = await openArchive(name);
    const before = await readTile(old, 2, 1, 1);
    writeSmallArchive(file('new.pmtiles'), [tileOf(2, 1, 1, 5)]);
    renameSync(file('new.pmtiles'), name);
    const current = await openArchive(name);
    expect(current.identity).not.toBe(old.identity);
    expect([...((await readTile(old, 2, 2, 2))?.features.id ?? [])]).toEqual([1]);
    const after = await readTile(current, 2, 1, 1);
    expect([...(after?.features.id ?? [])]).toEqual([5]);
    expect(after?.hash).not.toBe(before?.hash);
    await Promise.all([old.close(), current.close()]);
  });

  test('finishes what is under way when it is closed, and refuses what comes later', async () => {
    writeSmallArchive(file('d.pmtiles'), [tileOf(2, 1, 1, 1)]);
    const archive = await openArchive(file('d.pmtiles'));
    const reading = readTile(archive, 2, 1, 1);
    await archive.close();
    expect((await reading)?.features.count).toBe(1);
    await expect(archive.bytes(2, 1, 1)).rejects.toThrow('d.pmtiles: read after close');
    await archive.close();
  });

  test('names the file and what is wrong with it', async () => {
    await expect(openArchive(file('nowhere.pmtiles'))).rejects.toThrow(/nowhere\.pmtiles: no such file/);
    writeFileSync(file('text.pmtiles'), 'Not an archive. '.repeat(20));
    await expect(openArchive(file('text.pmtiles'))).rejects.toThrow(/^[^:]*text\.pmtiles: .*PMTiles/);
    closeSync(openSync(file('empty.pmtiles'), 'w'));
    await expect(openArchive(file('empty.pmtiles'))).rejects.toThrow(/empty\.pmtiles: 0 bytes/);
    writeSmallArchive(file('newer.pmtiles'), [tileOf(0, 0, 0, 1)], {more: {schema: 99}});
    await expect(openArchive(file('newer.pmtiles'))).rejects.toThrow(/newer\.pmtiles: .*newer.*99/);
  });

  test('refuses an archive of something else', async () => {
    const writer = new ArchiveWriter(file('roads.pmtiles'));
    writer.add(0, Uint8Array.of(1));
    writer.finish({bounds: [0, 0, 1, 1], center: [0, 0, 0], maxZoom: 0, metadata: {vector_layers: [{id: 'roads'}]}});
    await expect(openArchive(file('roads.pmtiles'))).rejects.toThrow(/roads\.pmtiles: no Trackheat archive/);
  });

  test('rejects a tile that the file is too short for, or that is damaged, by name', async () => {
    const name = file('short.pmtiles');
    writeSmallArchive(name, [tileOf(2, 1, 1, 1), tileOf(2, 2, 2, 3)]);
    const bytes = readFileSync(name);
    truncateSync(name, bytes.length - 5);
    const short = await openArchive(name);
    await expect(readTile(short, 2, 2, 2)).rejects.toThrow(/^[^:]*short\.pmtiles: ends at byte/);
    expect((await readTile(short, 2, 1, 1))?.features.count).toBe(1);
    await short.close();
    bytes.fill(0x55, bytes.length - 40);
    writeFileSync(file('damaged.pmtiles'), bytes);
    const damaged = await openArchive(file('damaged.pmtiles'));
    await expect(readTile(damaged, 2, 2, 2)).rejects.toThrow(/damaged\.pmtiles: tile 2\/2\/2: /);
    await damaged.close();
  });
});

describe('openArchive(url)', () => {
  test('reads by range requests', async () => {
    const ranges: string[] = [];
    const served = await serveFile(smallArchive('web', 1), {etag: '"one"'}, ranges);
    const archive = await openArchive(served.url);
    expect((await readTile(archive, 2, 1, 1))?.features.count).toBe(1);
    expect(ranges[0]).toBe('bytes=0-16383');
    await archive.close();
    await served.close();
    await expect(openArchive(served.url)).rejects.toThrow(`${served.url}: `);
  });

  test('reads a small archive from a server that refuses ranges which end behind it', async () => {
    const served = await serveFile(smallArchive('strict', 1), {etag: '"one"'}, [], {strict: true});
    const archive = await openArchive(served.url);
    expect((await readTile(archive, 2, 1, 1))?.features.count).toBe(1);
    await served.close();
  });

  test('reads again what a server that was down once did not give', async () => {
    const served = await serveFile(smallArchive('down', 1), {etag: '"one"'});
    const archive = await openArchive(served.url);
    served.isDown = true;
    await expect(readTile(archive, 2, 1, 1)).rejects.toThrow('503');
    served.isDown = false;
    expect((await readTile(archive, 2, 1, 1))?.features.count).toBe(1);
    await served.close();
  });

  test('refuses a server that answers with the whole of a large file', async () => {
    const server = createServer((_, response) => response.end(Buffer.alloc(20_000))).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await expect(openArchive(url)).rejects.toThrow(`${url}: answered with the whole file`);
    server.close();
  });

  const monday = 'Mon, 01 Jan 2024 00:00:00 GMT';
  const tuesday = 'Tue, 02 Jan 2024 00:00:00 GMT';

  test.each<[string, Signs, Signs]>([
    ['ETag', {etag: '"one"'}, {etag: '"two"'}],
    ['weak ETag', {etag: 'W/"one"'}, {etag: 'W/"two"'}],
    ['date', {'last-modified': monday}, {'last-modified': tuesday}],
    ['size', {}, {}],
  ])('rejects what it has not read yet of an archive that was replaced by one of another %s', async (_, old, next) => {
    const served = await serveFile(smallArchive('old', 1), old);
    const archive = await openArchive(served.url);
    const before = await archive.storedTile(2, 1, 1);
    served.file = smallArchive('next', 5, 40);
    served.signs = next;
    await expect(readTile(archive, 2, 2, 2)).rejects.toThrow(`${served.url}: the archive was replaced`);
    expect(archive.replaced).toBe(true);
    expect(await archive.storedTile(2, 1, 1)).toBe(before);
    await served.close();
  });

  test('goes on reading where an ETag becomes weak or is left out', async () => {
    const served = await serveFile(smallArchive('same', 1), {etag: '"one"'});
    const archive = await openArchive(served.url);
    expect((await readTile(archive, 2, 1, 1))?.features.count).toBe(1);
    served.signs = {etag: 'W/"one"'};
    expect((await readTile(archive, 2, 2, 2))?.features.count).toBe(1);
    served.signs = {};
    expect((await readTile(archive, 2, 3, 3))?.features.count).toBe(1);
    await served.close();
  });

  test.each<[string, Signs, Signs]>([
    ['ETag', {etag: '"one"'}, {etag: '"two"'}],
    ['weak ETag', {etag: 'W/"one"'}, {etag: 'W/"two"'}],
    ['date', {'last-modified': monday}, {'last-modified': tuesday}],
  ])('has an identity that only another %s changes', async (_, old, next) => {
    const served = await serveFile(smallArchive('identity', 1), old);
    const identity = async () => (await openArchive(served.url)).identity;
    const first = await identity();
    expect(await identity()).toBe(first);
    served.signs = next;
    expect(await identity()).not.toBe(first);
    await served.close();
  });

  test('has another identity each time where the server sends neither ETag nor date', async () => {
    const served = await serveFile(smallArchive('unknown', 1), {});
    const [first, second] = [await openArchive(served.url), await openArchive(served.url)];
    expect(first.identity).not.toBe('');
    expect(first.identity).not.toBe(second.identity);
    await served.close();
  });
});

/** An archive with lines of activity `id`. */
function smallArchive(name: string, id: number, rows = 9): Buffer {
  const tiles = [tileOf(2, 1, 1, id), tileOf(2, 2, 2, id), tileOf(2, 3, 3, id)];
  writeSmallArchive(file(`${name}.pmtiles`), tiles, {rows});
  return readFileSync(file(`${name}.pmtiles`));
}
