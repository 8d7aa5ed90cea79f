import {existsSync, mkdirSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {run, start} from '../support/cli.ts';
import {gpxText, temporaryFolder, writeGpx} from '../support/files.ts';
import {along, track} from '../support/tracks.ts';

const folder = temporaryFolder();

describe('trackheat serve', () => {
  test('without paths makes a sample library in a folder of its own and serves page, archive and tiles', async () => {
    const {url, stop} = await start(['serve', '--port', '0'], folder);
    try {
      expect(readdirSync(folder).sort()).toEqual(['trackheat-sample']);
      const page = await fetch(url);
      expect(page.headers.get('content-type')).toContain('text/html');
      expect(await page.text()).toContain('<title>Trackheat');
      const tiles = (await (await fetch(`${url}/raster.json`)).json()) as {center: number[]};
      expect(tiles.center[0]).toBeCloseTo(7.85, 0);
      expect((await fetch(`${url}/heat.pmtiles`, {headers: {range: 'bytes=0-126'}})).status).toBe(206);
      for (const hidden of ['/../package.json', '/..%2fpackage.json', '/assets/../../cli/main.js', '/.built-client']) {
        expect((await fetch(url + hidden)).status, hidden).toBe(404);
      }
    } finally {
      expect(await stop()).toBe(0);
    }
    const checked = await run(['verify', path.join(folder, 'trackheat-sample/data/heat.pmtiles')]);
    expect(checked.stdout).toContain('nothing wrong');
  });

  test('with paths serves these, apart from the sample, and later without paths what is there', async () => {
    const own = path.join(folder, 'own');
    mkdirSync(own);
    writeGpx(own, 'ride.gpx', [
      track(
        along(
          [
            [0, 0],
            [2000, 0],
          ],
          5,
        ),
        {at: {lng: 20, lat: 60}},
      ),
    ]);
    for (const args of [
      ['serve', own, '--port', '0'],
      ['serve', '--port', '0'],
    ]) {
      const {url, stop} = await start(args, folder);
      const {bounds} = (await (await fetch(`${url}/tiles.json`)).json()) as {bounds: number[]};
      expect(bounds[0]).toBeCloseTo(20, 2);
      await stop();
    }
    expect(existsSync(path.join(folder, 'trackheat-data/library.db'))).toBe(true);
  });

  test('without paths makes the archive of the library that is there, where only that is gone', async () => {
    const data = path.join(folder, 'trackheat-data');
    for (const args of [[], ['--data', data]]) {
      rmSync(path.join(data, 'heat.pmtiles'));
      const {url, stop} = await start(['serve', '--port', '0', ...args], folder);
      const {bounds} = (await (await fetch(`${url}/tiles.json`)).json()) as {bounds: number[]};
      await stop();
      expect(bounds[0]).toBeCloseTo(20, 2);
    }
  });

  test.each(['--workers', '--max-zoom', '--include', '--report'])('takes no %s without paths', async (option) => {
    const {code, stderr} = await run(['serve', option, 'banana', '--port', '0'], folder);
    expect(code).toBe(2);
    expect(stderr).toContain(`${option} is for a build: name the folders or files, too`);
  });

  test('ends with 1 where nothing is in the data folder that was named', async () => {
    const {code, stderr} = await run(['serve', '--data', 'typo', '--port', '0'], folder);
    expect(code).toBe(1);
    expect(stderr).toContain('typo: no library here; trackheat build makes one');
  });
});

describe('trackheat raster', () => {
  test.each([
    [['--archive', 'ride.gpx'], 'ride.gpx: Wrong magic number'],
    [['--archive', 'nothing.pmtiles'], 'nothing.pmtiles: no such file'],
    [['--styles', 'nothing.json'], 'nothing.json: no such file'],
  ])('with %j ends with 1 at once', async (args, sentence) => {
    writeFileSync(path.join(folder, 'ride.gpx'), gpxText([track([[0, 0]])]));
    const {code, stderr} = await run(['raster', ...args, '--port', '0'], folder);
    expect(code).toBe(1);
    expect(stderr).toContain(sentence);
  });
});
