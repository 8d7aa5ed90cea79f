import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {gunzipSync, gzipSync} from 'node:zlib';
import {PMTiles} from 'pmtiles';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {decodeDirectory} from '../../builder/archive-reader.ts';
import {ArchiveWriter, type DirectoryEntry, encodeDirectory} from '../../builder/archive-writer.ts';
import {verify} from '../../builder/verify.ts';
import {encodeHeatTile} from '../../core/heat-tile.ts';
import {tileId, tileOfId} from '../../core/tile-id.ts';
import {heatFeature} from '../support/heat-feature.ts';
import {memorySource} from '../support/memory-source.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'trackheat-'));
});
afterEach(() => {
  rmSync(folder, {recursive: true});
});

const facts = {
  bounds: [7, 47, 9, 49] as [number, number, number, number],
  center: [8, 48, 0] as [number, number, number],
  maxZoom: 1,
  metadata: {vector_layers: [], hello: 'world'},
};

function tileBytes(id: number): Uint8Array {
  return gzipSync(
    encodeHeatTile(
      [
        heatFeature({
          id,
          lines: [
            [
              [1, 1],
              [3, 1],
            ],
          ],
        }),
      ],
      4096,
    ),
  );
}

describe('ArchiveWriter', () => {
  test('writes an archive that the pmtiles library reads: header, metadata and tiles', async () => {
    const file = path.join(folder, 'a.pmtiles');
    const writer = new ArchiveWriter(file);
    for (const id of [0, 1, 4]) writer.add(id, tileBytes(id));
    expect(writer.finish(facts)).toMatchObject({tiles: 3, contents: 3, bytes: readFileSync(file).length});
    const archive = new PMTiles(memorySource(readFileSync(file)));
    const header = await archive.getHeader();
    expect(header).toMatchObject({minZoom: 0, maxZoom: 1, clustered: true, minLon: 7, maxLat: 49, centerLat: 48});
    expect(await archive.getMetadata()).toMatchObject({hello: 'world'});
    const [z, x, y] = tileOfId(4);
    expect(new Uint8Array((await archive.getZxy(z, x, y))?.data ?? new ArrayBuffer(0))).toEqual(
      new Uint8Array(gunzipSync(tileBytes(4))),
    );
    expect(await archive.getZxy(1, 1, 1)).toBeUndefined();
  });

  test('stores equal contents once and neighbours of equal content as one run', () => {
    const writer = new ArchiveWriter(path.join(folder, 'a.pmtiles'));
    const sea = tileBytes(1);
    for (const id of [0, 1, 2, 3]) writer.add(id, id === 0 ? tileBytes(0) : sea);
    expect(writer.finish(facts)).toMatchObject({tiles: 4, contents: 2});
  });

  test('splits the directory into leaves where the root would be too large, and every tile is still found', async () => {
    const file = path.join(folder, 'leaves.pmtiles');
    const writer = new ArchiveWriter(file, {leafEntries: 50});
    const ids = Array.from({length: 2000}, (_, i) => tileId(8, i % 40, Math.floor(i / 40))).sort((a, b) => a - b);
    for (const id of ids) writer.add(id, tileBytes(id));
    writer.finish({...facts, center: [8, 48, 8]});
    const archive = new PMTiles(memorySource(readFileSync(file)));
    const header = await archive.getHeader();
    expect(header.leafDirectoryLength).toBeGreaterThan(0);
    expect(header.rootDirectoryOffset + header.rootDirectoryLength).toBeLessThanOrEqual(16_384);
    for (const id of ids) {
      const found = await archive.getZxy(...tileOfId(id));
      expect(found && new Uint8Array(found.data)).toEqual(new Uint8Array(gunzipSync(tileBytes(id))));
    }
    expect(verify(file).faults.filter((fault) => !fault.includes('trackheat'))).toEqual([]);
  });

  test('leaves the old archive and no other file behind when it is aborted', () => {
    const file = path.join(folder, 'a.pmtiles');
    writeFileSync(file, 'old');
    const writer = new ArchiveWriter(file);
    writer.add(0, tileBytes(0));
    writer.abort();
    expect(readdirSync(folder)).toEqual(['a.pmtiles']);
    expect(readFileSync(file, 'utf8')).toBe('old');
  });

  test('leaves nothing behind where the archive cannot be put in its place', () => {
    const file = path.join(folder, 'a.pmtiles');
    mkdirSync(file);
    const writer = new ArchiveWriter(file);
    writer.add(0, tileBytes(0));
    expect(() => writer.finish(facts)).toThrow('EISDIR');
    writer.abort();
    expect(readdirSync(folder)).toEqual(['a.pmtiles']);
  });

  test('leaves a finished archive where it is when it is aborted after that', () => {
    const file = path.join(folder, 'a.pmtiles');
    const writer = new ArchiveWriter(file);
    writer.add(0, tileBytes(0));
    const {bytes} = writer.finish(facts);
    writer.abort();
    expect(readFileSync(file).length).toBe(bytes);
  });

  test('refuses tiles that do not rise', () => {
    const writer = new ArchiveWriter(path.join(folder, 'a.pmtiles'));
    writer.add(3, tileBytes(3));
    expect(() => writer.add(3, tileBytes(3))).toThrow('tile id 3 after 3');
    writer.abort();
  });
});

test('decodeDirectory undoes encodeDirectory', () => {
  const entries: DirectoryEntry[] = [
    {tileId: 0, runLength: 1, length: 10, offset: 0},
    {tileId: 5, runLength: 3, length: 20, offset: 10},
    {tileId: 9, runLength: 1, length: 10, offset: 0},
    {tileId: 1_431_655_764, runLength: 1, length: 400_000, offset: 8_000_000_000},
  ];
  expect(decodeDirectory(gunzipSync(encodeDirectory(entries)))).toEqual(entries);
});
