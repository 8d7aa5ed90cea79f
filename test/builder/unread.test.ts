import {closeSync, mkdirSync, openSync, renameSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {build} from '../../builder/build.ts';
import {contentDefaults, withContent} from '../../builder/content.ts';
import {type FileRecord, Library} from '../../builder/library.ts';
import {fileSource} from '../../builder/zip/byte-source.ts';
import {listZip} from '../../builder/zip/list-zip.ts';
import {gpxText, temporaryFolder, writeGpx} from '../support/files.ts';
import {along, morning, track} from '../support/tracks.ts';
import {zipBytes} from '../support/zip-bytes.ts';

const folder = temporaryFolder();
const day = 86_400_000;

function ride(days: number) {
  const way = along(
    [
      [0, days * 500],
      [1000, days * 500],
    ],
    5,
  );
  return track(way, {start: morning + days * day});
}

/** Builds, by path below a folder what became of each file. `meanwhile` is done when the files are listed and not yet read. */
async function built(at: string, meanwhile = () => {}) {
  const records: FileRecord[] = [];
  const ending = build([path.join(at, 'files')], {
    data: path.join(at, 'data'),
    workers: 1,
    maxZoom: 4,
    onFile: (record, unchanged) => records.push(unchanged ? {...record, outcome: 'unchanged'} : record),
  });
  meanwhile();
  const {outcomes} = await ending;
  const library = new Library(path.join(at, 'data'));
  const states = library.list().map(({state, name}) => [state, name]);
  library.close();
  return {records: records.map((each) => [path.basename(each.path), each.outcome, each.reason]), outcomes, states};
}

test('a file that cannot be read keeps the activities that it had, and the next build tries again', async () => {
  const at = path.join(folder, 'file');
  mkdirSync(path.join(at, 'files'), {recursive: true});
  const file = writeGpx(path.join(at, 'files'), 'a.gpx', [ride(0)], {name: 'before'});
  await built(at);
  writeGpx(path.join(at, 'files'), 'a.gpx', [ride(0), ride(1)], {name: 'after'});
  const failed = await built(at, () => renameSync(file, `${file}.away`));
  expect(failed.records).toEqual([['a.gpx', 'failed', expect.stringContaining('ENOENT')]]);
  expect(failed.outcomes.failed).toBe(1);
  expect(failed.states).toEqual([['active', 'before']]);
  // It comes back with the size and the time that it had when it could not be read.
  renameSync(`${file}.away`, file);
  const back = await built(at);
  expect(back.records).toEqual([['a.gpx', 'imported', '']]);
  expect(back.states).toEqual([
    ['active', 'before'],
    ['active', 'after'],
  ]);
});

test('a zip that cannot be opened keeps the activities of its members, and the next build opens it', async () => {
  const at = path.join(folder, 'zip');
  mkdirSync(path.join(at, 'files'), {recursive: true});
  const zip = path.join(at, 'files', 'b.zip');
  const [one, two] = [1, 2].map((days) => ({name: `${days}.gpx`, data: gpxText([ride(days)], {name: `ride ${days}`})}));
  writeFileSync(zip, zipBytes([one]));
  await built(at);
  writeFileSync(zip, zipBytes([one, two]));
  // While this one is looked into, the zip goes.
  writeGpx(path.join(at, 'files'), 'a.gpx', [ride(0)]);
  const failed = await built(at, () => renameSync(zip, `${zip}.away`));
  expect(failed.records).toEqual([
    ['a.gpx', 'imported', ''],
    ['b.zip', 'failed', expect.stringContaining('ENOENT')],
  ]);
  expect(failed.states.map(([state]) => state)).toEqual(['active', 'active']);
  renameSync(`${zip}.away`, zip);
  expect((await built(at)).states.map(([, name]) => name)).toEqual(['ride 1', 'A ride', 'ride 2']);
});

test('a read error within a zip, or within packed data, is not taken for damage', async () => {
  const fd = openSync(folder, 'r');
  await expect(listZip(fileSource(fd, 0, 1000), 10)).rejects.toMatchObject({code: 'EISDIR'});
  closeSync(fd);
  const place = {start: 0, packed: 1000, size: 2000, crc: 0, packing: 'deflate'} as const;
  const read = withContent(
    {path: 'a.zip!b.gpx', archive: folder, place},
    async ({stream}) => {
      for await (const _ of stream ?? []);
    },
    {...contentDefaults, wholeBytes: 100},
  );
  await expect(read).rejects.toMatchObject({code: 'EISDIR'});
});
