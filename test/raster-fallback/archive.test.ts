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
    const tile = await archive.tile(4, 3, 5);
    expect(tile).toMatchObject({extent: 4096, rows: Int32Array.of(1), boxes: Int16Array.of(10, 20, 30, 22)});
    expect([...(tile?.segments ?? [])]).toEqual([10, 20, 30, 22]);
    expect((await archive.tile(4, 15, 0))?.rows).toEqual(Int32Array.of(-1));
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
    expect(await archive.tile(4, 3, 6)).toBeUndefined();
    await archive.close();
  });

  test('keeps reading the old file when another is renamed over it, and tells the two apart', async () => {
    const name = file('c.pmtiles');
    writeSmallArchive(name, [tileOf(2, 1, 1, 1), tileOf(2, 2, 2, 1)]);
    const old = await openArchive(name);
    const before = await old.tile(2, 1, 1);
    writeSmallArchive(file('new.pmtiles'), [tileOf(2, 1, 1, 5)]);
    renameSync(file('new.pmtiles'), name);
    const current = await openArchive(name);
    expect(current.identity).not.toBe(old.identity);
    expect([...((await old.tile(2, 2, 2))?.features.id ?? [])]).toEqual([1]);
    const after = await current.tile(2, 1, 1);
    expect([...(after?.features.id ?? [])]).toEqual([5]);
    expect(after?.hash).not.toBe(before?.hash);
    await Promise.all([old.close(), current.close()]);
  });

  test('finishes what is under way when it is closed, and refuses what comes later', async () => {
    writeSmallArchive(file('d.pmtiles'), [tileOf(2, 1, 1, 1)]);
    const archive = await openArchive(file('d.pmtiles'));
    const reading = archive.tile(2, 1, 1);
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
    await expect(short.tile(2, 2, 2)).rejects.toThrow(/^[^:]*short\.pmtiles: ends at byte/);
    expect((await short.tile(2, 1, 1))?.features.count).toBe(1);
    await short.close();
    bytes.fill(0x55, bytes.length - 40);
    writeFileSync(file('damaged.pmtiles'), bytes);
    const damaged = await openArchive(file('damaged.pmtiles'));
    await expect(damaged.tile(2, 2, 2)).rejects.toThrow(/damaged\.pmtiles: tile 2\/2\/2: /);
    await damaged.close();
  });
});

describe('openArchive(url)', () => {
  test('reads by range requests', async () => {
    writeSmallArchive(file('web.pmtiles'), [tileOf(2, 1, 1, 1)]);
    const bytes = readFileSync(file('web.pmtiles'));
    const ranges: string[] = [];
    const server = createServer((request, response) => {
      const [start, end] = (request.headers.range ?? '').replace('bytes=', '').split('-').map(Number);
      ranges.push(request.headers.range ?? '');
      const part = bytes.subarray(start, end + 1);
      response.writeHead(206, {'content-length': part.length, etag: '"one"'}).end(part);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/heat.pmtiles`;
    try {
      const archive = await openArchive(url);
      expect((await archive.tile(2, 1, 1))?.features.count).toBe(1);
      expect(archive.identity).toBe('"one"');
      expect(ranges[0]).toBe('bytes=0-16383');
      await archive.close();
    } finally {
      server.close();
    }
    await expect(openArchive(url)).rejects.toThrow(`${url}: `);
  });
});
