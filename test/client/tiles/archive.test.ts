import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {openArchive} from '../../../client/tiles/archive.ts';
import {temporaryFolder} from '../../support/files.ts';
import {heatFeature} from '../../support/heat-feature.ts';
import {serveFile} from '../../support/serve-file.ts';
import {type SmallTile, writeSmallArchive} from '../../support/small-archive.ts';

/** A tile of zoom 1 with a line of each of so many activities. */
const tile = (activities: number): SmallTile => ({
  z: 1,
  x: 0,
  y: 0,
  features: Array.from({length: activities}, (_, i) =>
    heatFeature({
      id: i + 1,
      lines: [
        [
          [10, 10 * i],
          [300, 20 * i],
        ],
      ],
    }),
  ),
});

test('openArchive reads the head once more where it got no answer, and says so where there is none again', async () => {
  const path = `${temporaryFolder()}/heat.pmtiles`;
  writeSmallArchive(path, [tile(1)]);
  const served = await serveFile(readFileSync(path), {});
  served.broken = 1;
  expect(await openArchive(new URL(served.url), () => {})).toMatchObject({minZoom: 1, maxZoom: 1});
  served.broken = Number.POSITIVE_INFINITY;
  expect(await openArchive(new URL(served.url), () => {})).toContain('The server did not answer');
  await served.close();
});

test('openArchive tells when the file is another one than that whose table was read', async () => {
  const path = `${temporaryFolder()}/heat.pmtiles`;
  writeSmallArchive(path, [tile(1)]);
  const served = await serveFile(readFileSync(path), {etag: '"old"'});
  let told = 0;
  const archive = await openArchive(new URL(served.url), () => told++);
  if (typeof archive === 'string') throw new Error(archive);
  expect((await archive.readTile(1, 0, 0))?.count).toBe(1);
  expect(told).toBe(0);
  writeSmallArchive(path, [tile(2)]);
  served.file = readFileSync(path);
  served.signs = {etag: '"new"'};
  expect((await archive.readTile(1, 0, 0))?.count).toBe(2);
  expect(told).toBe(1);
  await served.close();
});
