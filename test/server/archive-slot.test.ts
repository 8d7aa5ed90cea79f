import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {ArchiveSlot, ArchiveUnreadable} from '../../server/archive-slot.ts';
import {temporaryFolder} from '../support/files.ts';
import {heatFeature} from '../support/heat-feature.ts';
import {readTile} from '../support/read-tile.ts';
import {serveFile} from '../support/serve-file.ts';
import {writeSmallArchive} from '../support/small-archive.ts';

const folder = temporaryFolder();

/** An archive with one line of activity 1 in each of two tiles, and `rows` activities in its table. */
function smallArchive(rows: number): Buffer {
  const line: [number, number][] = [
    [10, 20],
    [30, 21],
  ];
  const features = [heatFeature({id: 1, n: 1, lines: [line]})];
  const tiles = [
    {z: 2, x: 1, y: 1, features},
    {z: 2, x: 2, y: 2, features},
  ];
  writeSmallArchive(`${folder}/${rows}.pmtiles`, tiles, {rows});
  return readFileSync(`${folder}/${rows}.pmtiles`);
}

test('a read that finds another archive at the URL is unreadable, and the next request has the new one', async () => {
  const served = await serveFile(smallArchive(3), {etag: '"one"'});
  const slot = new ArchiveSlot(served.url);
  expect(await slot.use(async (archive) => archive.table.count)).toBe(3);
  served.file = smallArchive(5);
  served.signs = {etag: '"two"'};
  await expect(slot.use((archive) => readTile(archive, 2, 2, 2))).rejects.toThrow(ArchiveUnreadable);
  expect(await slot.use(async (archive) => archive.table.count)).toBe(5);
  expect((await slot.use((archive) => readTile(archive, 2, 2, 2)))?.features.count).toBe(1);
  await slot.close();
  await served.close();
});
