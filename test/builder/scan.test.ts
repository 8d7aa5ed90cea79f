import {chmodSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {build} from '../../builder/build.ts';
import {type FileRecord, Library} from '../../builder/library.ts';
import {scan} from '../../builder/scan.ts';
import {temporaryFolder, writeGpx} from '../support/files.ts';
import {along, track} from '../support/tracks.ts';

const folder = temporaryFolder();
chmodSync(folder, 0o777);
const ride = track(
  along(
    [
      [0, 0],
      [900, 300],
    ],
    5,
  ),
);

/** Does something as a user without rights: root may look at everything. */
async function asNobody(work: () => Promise<void>): Promise<void> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

describe('scan', () => {
  test('gives a folder that may not be read as a file that failed, and goes on with the others', () =>
    asNobody(async () => {
      const at = path.join(folder, 'closed');
      const locked = path.join(at, 'a-locked');
      mkdirSync(locked, {recursive: true});
      writeFileSync(path.join(at, 'b.gpx'), 'x');
      chmodSync(locked, 0o000);
      const ended = {outcome: 'failed', reason: expect.stringContaining('EACCES'), unread: true};
      expect(scan([at])).toEqual([
        {path: locked, size: 0, modified: 0, ended},
        expect.objectContaining({path: path.join(at, 'b.gpx'), size: 1}),
      ]);
    }));

  test('gives a file that cannot be looked at as one that failed, and leaves out a link that leads nowhere', () => {
    const at = path.join(folder, 'links');
    mkdirSync(at);
    symlinkSync('ring.gpx', path.join(at, 'ring.gpx'));
    symlinkSync('nowhere.gpx', path.join(at, 'dangling.gpx'));
    const ended = {outcome: 'failed', reason: expect.stringContaining('ELOOP'), unread: true};
    expect(scan([at])).toEqual([{path: path.join(at, 'ring.gpx'), size: 0, modified: 0, ended}]);
  });

  test('gives a name that is no UTF-8 as a file that failed: nothing can be opened by it', () => {
    const at = path.join(folder, 'latin');
    mkdirSync(at);
    writeFileSync(Buffer.concat([Buffer.from(`${at}/r`), Buffer.of(0xe9), Buffer.from('sum.gpx')]), 'x');
    mkdirSync(Buffer.concat([Buffer.from(`${at}/K`), Buffer.of(0xf6), Buffer.from('ln')]));
    const ended = {outcome: 'failed', reason: expect.stringContaining('not UTF-8'), unread: true};
    expect(scan([at])).toEqual(
      ['K\ufffdln', 'r\ufffdsum.gpx'].map((name) => ({path: path.join(at, name), size: 0, modified: 0, ended})),
    );
  });

  test('refuses a path that does not exist', () => {
    expect(() => scan([path.join(folder, 'gone')])).toThrow(`${path.join(folder, 'gone')}: no such file or folder`);
  });
});

describe('build', () => {
  test.each([
    ['a folder that may not be read', 0o000, 'locked'],
    ['files that may not be looked at', 0o400, 'locked/a.gpx'],
  ])('tells of %s, and keeps what it read there before, with --prune too', (_, mode, name) =>
    asNobody(async () => {
      const at = path.join(folder, String(mode));
      const activities = path.join(at, 'activities');
      const locked = path.join(activities, 'locked');
      mkdirSync(locked, {recursive: true});
      const file = writeGpx(locked, 'a.gpx', [ride]);
      const records: FileRecord[] = [];
      const onFile = (record: FileRecord) => records.push(record);
      const options = {data: path.join(at, 'data'), maxZoom: 6, workers: 1, prune: true, onFile};
      await build([activities], options);
      chmodSync(locked, mode);
      const {pruned} = await build([activities], options);
      chmodSync(locked, 0o700);
      await build([activities], options);
      expect(pruned).toEqual({files: 0, activities: 0});
      expect(records.map(({path, outcome}) => [path, outcome])).toEqual([
        [file, 'imported'],
        [path.join(activities, name), 'failed'],
        [file, 'imported'],
      ]);
      const library = new Library(options.data);
      expect(library.list().map(({number, state}) => [number, state])).toEqual([[1, 'active']]);
      expect([...library.files().keys()]).toEqual([file]);
      library.close();
    }));
});
