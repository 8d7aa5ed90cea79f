import {readFileSync} from 'node:fs';
import {PMTiles, type Source} from 'pmtiles';
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
