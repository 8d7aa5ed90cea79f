import {readFileSync} from 'node:fs';
import {EtagMismatch, PMTiles, type Source} from 'pmtiles';
import {expect, test} from 'vitest';
import {DirectoryCache} from '../../core/directory-cache.ts';
import {temporaryFolder} from '../support/files.ts';
import {heatFeature} from '../support/heat-feature.ts';
import {writeSmallArchive} from '../support/small-archive.ts';

test('a header or directory that could not be read once is read again', async () => {
  const path = `${temporaryFolder()}/heat.pmtiles`;
  const line: [number, number][] = [
    [0, 0],
    [90, 90],
  ];
  // So many tiles that the root names other directories.
  const tiles = Array.from({length: 6000}, (_, i) => ({
    z: 7,
    x: i % 100,
    y: Math.floor(i / 100),
    features: [heatFeature({id: 1 + (i % 9), lines: [line.map(([x, y]) => [x + (i % 300), y])] as never})],
  }));
  writeSmallArchive(path, tiles, {maxZoom: 7});
  const bytes = readFileSync(path);
  let isDown = true;
  const source: Source = {
    getKey: () => 'bytes',
    async getBytes(offset, length) {
      if (isDown) throw new Error('no network');
      return {data: new Uint8Array(bytes.subarray(offset, offset + length)).buffer};
    },
  };
  const archive = new PMTiles(source, new DirectoryCache());
  await expect(archive.getHeader()).rejects.toThrow('no network');
  isDown = false;
  const {leafDirectoryLength} = await archive.getHeader();
  expect(leafDirectoryLength).toBeGreaterThan(0);
  isDown = true;
  await expect(archive.getZxy(7, 50, 30)).rejects.toThrow('no network');
  isDown = false;
  expect((await archive.getZxy(7, 50, 30))?.data.byteLength).toBeGreaterThan(0);
});

test('an archive that was replaced is read as it is now, also after its header could not be read once', async () => {
  const path = `${temporaryFolder()}/heat.pmtiles`;
  const line: [number, number][] = [
    [10, 20],
    [30, 40],
  ];
  writeSmallArchive(path, [{z: 2, x: 1, y: 1, features: [heatFeature({id: 1, lines: [line]})]}]);
  const bytes = readFileSync(path);
  let etag = 'one';
  let isDown = false;
  let headers = 0;
  const source: Source = {
    getKey: () => 'bytes',
    async getBytes(offset, length, _, wanted) {
      if (wanted && wanted !== etag) throw new EtagMismatch();
      if (isDown) throw new Error('no network');
      if (offset === 0) headers++;
      return {data: new Uint8Array(bytes.subarray(offset, offset + length)).buffer, etag};
    },
  };
  const archive = new PMTiles(source, new DirectoryCache());
  const read = async () => (await archive.getZxy(2, 1, 1))?.data.byteLength;
  const size = await read();
  [etag, isDown] = ['two', true];
  await expect(read()).rejects.toThrow('no network');
  isDown = false;
  expect(await read()).toBe(size);
  [etag, headers] = ['three', 0];
  expect(await Promise.all([read(), read(), read()])).toEqual([size, size, size]);
  expect(headers).toBe(1);
});
