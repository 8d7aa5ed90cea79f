import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdirSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {beforeAll, describe, expect, test} from 'vitest';
import {archivePath, build} from '../../builder/build.ts';
import {lockExport} from '../../cli/lock-export.ts';
import {run} from '../support/cli.ts';
import {temporaryFolder, writeGpx} from '../support/files.ts';
import {along, track} from '../support/tracks.ts';

const folder = temporaryFolder();
const data = path.join(folder, 'data');
const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

describe('lockExport(out, isFolder)', () => {
  test.each([
    ['a file', 'a.mbtiles', false],
    ['a folder', 'tiles', true],
  ])('refuses a second export to %s, lets it in after the first, and leaves nothing behind', (_, name, isFolder) => {
    const place = path.join(folder, `place of ${name}`);
    const out = path.join(place, name);
    mkdirSync(place);
    const unlock = lockExport(out, isFolder);
    expect(() => lockExport(out, isFolder)).toThrow(`${out}: another export is writing it; wait until it has ended`);
    unlock();
    lockExport(out, isFolder)();
    expect(readdirSync(place)).toEqual(isFolder ? [name] : []);
    if (isFolder) expect(readdirSync(out)).toEqual([]);
  });
});

describe('two exports at once', () => {
  beforeAll(async () => {
    const corners: [number, number][] = [
      [0, 0],
      [9000, 4000],
      [2000, 9000],
    ];
    await build([writeGpx(folder, 'a.gpx', [track(along(corners, 5))])], {data, workers: 1});
  });

  test.each([
    ['pmtiles', 'heat.pmtiles', 'heat.pmtiles.part'],
    ['mbtiles', 'heat.mbtiles', 'heat.mbtiles.part'],
    ['folder', 'heat', 'heat/.trackheat-export.json'],
  ])('of format %s to one place: the second is refused, whatever it is of, and the first ends well', async (format, name, begun) => {
    const place = path.join(folder, `two of ${format}`);
    const out = path.join(place, name);
    mkdirSync(place);
    const args = [
      'export',
      '--archive',
      archivePath(data),
      '--format',
      format,
      '--workers',
      '1',
      '--yes',
      '--out',
      out,
    ];
    const first = spawn(process.execPath, [main, ...args, '--zoom', '12-19'], {stdio: 'ignore'});
    const ended = once(first, 'close');
    while (!existsSync(path.join(place, begun)) && first.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    // It holds still wherever it is, so that it cannot be done before the others come.
    first.kill('SIGSTOP');
    for (const zooms of ['12-19', '8-10']) {
      const second = await run([...args, '--zoom', zooms]);
      expect(second.code).toBe(1);
      expect(second.stderr).toContain(`${out}: another export is writing it; wait until it has ended\n`);
    }
    first.kill('SIGCONT');
    expect(await ended).toEqual([0, null]);
    expect(readdirSync(place)).toEqual([name]);
    expect((await run([...args, '--zoom', '8-10'])).code).toBe(0);
    expect(readdirSync(place)).toEqual([name]);
  });
});
