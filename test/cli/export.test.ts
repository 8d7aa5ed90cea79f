import {spawn} from 'node:child_process';
import {copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {loadImage} from '@napi-rs/canvas';
import Database from 'libsql';
import {PMTiles, TileType} from 'pmtiles';
import {beforeAll, describe, expect, test} from 'vitest';
import {archivePath, build} from '../../builder/build.ts';
import {UsageError} from '../../cli/command.ts';
import {runExport} from '../../cli/export.ts';
import {pmtilesSink} from '../../cli/export-pmtiles.ts';
import {runPoster} from '../../cli/poster.ts';
import type {TileSetFacts} from '../../raster-fallback/export/tile-sink.ts';
import {run} from '../support/cli.ts';
import {temporaryFolder, writeGpx} from '../support/files.ts';
import {memorySource} from '../support/memory-source.ts';
import {writeSmallArchive} from '../support/small-archive.ts';
import {straightTiles} from '../support/straight-tiles.ts';
import {along, home, track} from '../support/tracks.ts';

const folder = temporaryFolder();
const data = path.join(folder, 'data');
const archive = archivePath(data);

beforeAll(async () => {
  const corners: [number, number][] = [
    [0, 0],
    [9000, 4000],
    [2000, 9000],
  ];
  await build([writeGpx(folder, 'a.gpx', [track(along(corners, 5))])], {data, workers: 1});
});

const at = (name: string) => path.join(folder, name);

const tileSetFacts: TileSetFacts = {
  name: 'Trackheat',
  description: 'Heat.',
  attribution: 'Own GPS tracks',
  image: 'png',
  pixels: 256,
  minZoom: 0,
  maxZoom: 3,
  bounds: [-180, -85, 180, 85],
  center: [0, 0, 2],
};

/** How many tiles a half-written file holds; 0 while it cannot be read. */
function written(file: string): number {
  if (!existsSync(file)) return 0;
  try {
    const db = new Database(file, {readonly: true});
    const [{done}] = db.prepare('SELECT done FROM spool').all() as {done: number}[];
    db.close();
    return done;
  } catch {
    return 0;
  }
}

describe('trackheat export', () => {
  test('writes PMTiles of pictures that the pmtiles library reads', async () => {
    const out = at('a.pmtiles');
    const {code, stdout, stderr} = await run([
      ...['export', '--archive', archive, '--format', 'pmtiles', '--zoom', '4-15', '--style', 'cool'],
      ...['--out', out, '--json'],
    ]);
    expect(stderr).toMatch(/about [\d,]+ tiles, [\d.]+ MB/);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({path: out, bytes: statSync(out).size});
    const tiles = new PMTiles(memorySource(readFileSync(out)));
    const header = await tiles.getHeader();
    expect(header).toMatchObject({
      tileType: TileType.Png,
      tileCompression: 1,
      minZoom: 4,
      maxZoom: 15,
      clustered: true,
    });
    expect(header.minLon).toBeLessThan(header.maxLon);
    expect(await tiles.getMetadata()).toMatchObject({name: 'Trackheat', type: 'overlay', format: 'png'});
    const x = Math.floor((home.lng / 360 + 0.5) * 2 ** 12);
    const found = await Promise.all([1419, 1420, 1421].map((y) => tiles.getZxy(12, x, y)));
    const pictures = found.flatMap((tile) => (tile ? [Buffer.from(tile.data)] : []));
    expect(pictures.length).toBeGreaterThan(0);
    expect((await loadImage(pictures[0])).width).toBe(256);
    expect(existsSync(`${out}.part`)).toBe(false);
  });

  test('goes on after a kill', async () => {
    const out = at('killed.mbtiles');
    const args = [
      'export',
      '--archive',
      archive,
      '--format',
      'mbtiles',
      '--zoom',
      '12-20',
      '--workers',
      '1',
      '--out',
      out,
    ];
    const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
    const child = spawn(process.execPath, [main, ...args], {stdio: 'ignore'});
    const ended = new Promise((resolve) => child.once('close', resolve));
    while (written(`${out}.part`) === 0 && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    child.kill('SIGKILL');
    await ended;
    const finished = existsSync(out);
    const {code, stderr} = await run([...args, '--yes']);
    expect(code).toBe(0);
    if (!finished) expect(stderr).toMatch(/Going on after [\d,]+ tiles/);
    const whole = at('whole.mbtiles');
    await run([...args.slice(0, -1), whole]);
    const rows = (file: string) => {
      const db = new Database(file, {readonly: true});
      const all = db
        .prepare('SELECT zoom_level, tile_column, tile_row, length(tile_data) AS n FROM tiles ORDER BY 1, 2, 3')
        .all();
      db.close();
      return all;
    };
    expect(rows(out)).toEqual(rows(whole));
  });

  test('leaves no tile of an earlier export in a folder, and asks before it replaces a finished one', async () => {
    const out = at('twice');
    const args = ['export', '--archive', archive, '--format', 'folder', '--out', out, '--workers', '1'];
    expect((await run([...args, '--zoom', '8-10'])).code).toBe(0);
    mkdirSync(path.join(out, 'notes'));
    writeFileSync(path.join(out, '8', 'a.txt'), 'mine');
    expect(existsSync(path.join(out, '8'))).toBe(true);
    const again = await run([...args, '--zoom', '10']);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('exists already; add --yes to replace it');
    expect((await run([...args, '--zoom', '10', '--yes'])).code).toBe(0);
    expect(readdirSync(out).sort()).toEqual(['10', '8', 'notes', 'tiles.json']);
    expect(readdirSync(path.join(out, '8'))).toEqual(['a.txt']);
  });

  test('writes into no folder that holds other files, asked or not', async () => {
    const out = at('photos');
    mkdirSync(path.join(out, '5/17'), {recursive: true});
    writeFileSync(path.join(out, '5/17/11.png'), 'mine');
    const args = ['export', '--archive', archive, '--format', 'folder', '--zoom', '4-5', '--out', out];
    for (const more of [[], ['--yes']]) {
      const {code, stderr} = await run([...args, ...more]);
      expect(code).toBe(2);
      expect(stderr).toContain(`--out ${out}: found other files there`);
    }
    // Another program's description is none of ours.
    writeFileSync(path.join(out, 'tiles.json'), '{"name": "Hills"}');
    expect((await run([...args, '--yes'])).code).toBe(2);
    expect(readFileSync(path.join(out, '5/17/11.png'), 'utf8')).toBe('mine');
    expect(readdirSync(out).sort()).toEqual(['5', 'tiles.json']);
  });

  test('asks before it writes very much, and before it replaces a file', async () => {
    // A quarter of the way around the world has very many tiles of zoom 20.
    const line = [{id: 1, x0: 0.4, y0: 0.3, x1: 0.65, y1: 0.35}];
    writeSmallArchive(
      at('long.pmtiles'),
      [0, 1, 2, 3, 4].flatMap((z) => straightTiles(line, z, 4)),
    );
    const args = ['export', '--archive', at('long.pmtiles'), '--format', 'folder', '--zoom', '20'];
    const huge = await run([...args, '--out', at('h')]);
    expect(huge.code).toBe(1);
    expect(huge.stderr).toMatch(/that is about [\d,]+ tiles.*add --yes/);
    expect(existsSync(at('h'))).toBe(false);
    writeFileSync(at('there.mbtiles'), 'x');
    const there = await run(['export', '--archive', archive, '--format', 'mbtiles', '--out', at('there.mbtiles')]);
    expect(there.code).toBe(1);
    expect(there.stderr).toContain('exists already; add --yes');
    expect(readFileSync(at('there.mbtiles'), 'utf8')).toBe('x');
  });

  test.each([
    'pmtiles',
    'mbtiles',
    'osmand',
  ])('writes no %s in the place of a folder, and nothing beside it', async (format) => {
    const place = at(`beside-${format}`);
    const out = path.join(place, 'heat');
    mkdirSync(out, {recursive: true});
    const args = ['export', '--archive', archive, '--format', format, '--yes', '--out', out];
    const {code, stderr} = await run(args);
    expect(code).toBe(2);
    expect(stderr).toContain(`--out ${out}: found a folder, expected the name of a file`);
    expect(readdirSync(place)).toEqual(['heat']);
  });

  test('keeps the tiles of a PMTiles file that cannot be put in its place, and nothing else', () => {
    const place = at('unfinished');
    const file = path.join(place, 'a.pmtiles');
    mkdirSync(file, {recursive: true});
    const sink = pmtilesSink(file, 'key', tileSetFacts);
    sink.add(0, new Uint8Array(9));
    sink.commit(1);
    expect(() => sink.finish()).toThrow('EISDIR');
    sink.close();
    expect(readdirSync(place).sort()).toEqual(['a.pmtiles', 'a.pmtiles.part']);
    const again = pmtilesSink(file, 'key', tileSetFacts);
    expect(again.done).toBe(1);
    again.close();
  });

  test('has nothing to write where there is no heat', async () => {
    const args = ['export', '--archive', archive, '--format', 'folder', '--bbox', '100,10,101,11', '--zoom', '9-12'];
    const {code, stderr} = await run([...args, '--out', at('nothing')]);
    expect(code).toBe(1);
    expect(stderr).toContain('no heat there');
  });

  test.each([
    [['--out', 'x'], '--format is missing: pmtiles, mbtiles, osmand, folder'],
    [['--format', 'zip', '--out', 'x'], '--format zip: expected pmtiles, mbtiles, osmand, folder'],
    [['--format', 'folder'], '--out is missing'],
    [['--format', 'folder', '--out', 'x', '--zoom', '5-3'], '--zoom 5-3: expected zooms from 0 to 22'],
    [['--format', 'folder', '--out', 'x', '--zoom', '23'], '--zoom 23: expected'],
    [['--format', 'mbtiles', '--out', 'gone/x.mbtiles'], '--out gone/x.mbtiles: no folder'],
    [['--format', 'folder', '--out', 'x', '--bbox', '9,1,8,2'], '--bbox 9,1,8,2: expected west,south,east,north'],
    [['--format', 'folder', '--out', 'x', '--style', 'sepia'], "style: 'sepia', expected one of heat"],
    [['--format', 'folder', '--out', 'x', '--style', 'width=99'], "width: '99', expected 0.7 to 12"],
    [['--format', 'folder', '--out', 'x', '--size', '300'], '--size 300: expected 256, 512'],
  ])('refuses %j with a sentence', async (args, sentence) => {
    const refused = runExport(['--archive', archive, ...(args as string[])]);
    await expect(refused).rejects.toBeInstanceOf(UsageError);
    await expect(refused).rejects.toThrow(sentence);
  });

  test('knows styles that are saved beside the archive', async () => {
    mkdirSync(at('saved'), {recursive: true});
    writeFileSync(path.join(data, 'styles.json'), '{"mine": "ramp=mono&width=3"}');
    const args = ['export', '--archive', archive, '--format', 'folder', '--zoom', '5', '--style', 'mine'];
    expect(await run([...args, '--out', at('saved')])).toMatchObject({code: 0});
  });

  test('tells what is wrong with styles.json where a style is asked for by name, and only there', async () => {
    const file = path.join(at('faulty'), 'styles.json');
    const out = path.join(at('faulty'), 'tiles');
    mkdirSync(at('faulty'));
    copyFileSync(archive, path.join(at('faulty'), 'heat.pmtiles'));
    const args = ['export', '--data', at('faulty'), '--format', 'folder', '--zoom', '5', '--yes', '--out', out];
    writeFileSync(file, '{"mine": "ramp=mono", "my own": "width=2"}');
    const named = await run([...args, '--style', 'mine']);
    expect(named).toMatchObject({code: 0});
    expect(named.stderr).toContain(`${file}: 'my own': expected a name of up to 40 letters a to z, digits, - and _\n`);
    writeFileSync(file, '{"mine": "ramp=mono",}');
    for (const style of [[], ['--style', 'width=3']]) {
      const plain = await run([...args, ...style]);
      expect(plain).toMatchObject({code: 0});
      expect(plain.stderr).not.toContain(file);
    }
    const broken = await run([...args, '--style', 'mine']);
    expect(broken.code).toBe(2);
    expect(broken.stderr).toContain(`${file}: `);
    expect(broken.stderr).toContain("style: 'mine', expected one of heat");
  });
});

describe('trackheat poster', () => {
  test('draws a picture of the asked size around a place and of a box', async () => {
    const center = ['--center', `${home.lng},${home.lat}`, '--zoom', '11.5', '--size', '700x900'];
    const first = await run([
      'poster',
      '--archive',
      archive,
      ...center,
      '--title',
      'Hügel & Tal',
      '--out',
      at('p.png'),
    ]);
    expect(first.code).toBe(0);
    const picture = await loadImage(readFileSync(at('p.png')));
    expect([picture.width, picture.height]).toEqual([700, 900]);
    const box = ['--bbox', '8.4,48.1,8.7,48.35', '--size', '301x203', '--background', 'none', '--ratio', '2'];
    expect(await run(['poster', '--archive', archive, ...box, '--out', at('b.png')])).toMatchObject({code: 0});
    const small = await loadImage(readFileSync(at('b.png')));
    expect([small.width, small.height]).toEqual([301, 203]);
  });

  test('replaces no picture unasked, and writes none without heat', async () => {
    const args = ['poster', '--archive', archive, '--zoom', '11.5', '--size', '100x100'];
    const here = ['--center', `${home.lng},${home.lat}`];
    writeFileSync(at('mine.png'), 'mine');
    const there = await run([...args, ...here, '--out', at('mine.png')]);
    expect(there).toMatchObject({code: 1, stderr: expect.stringContaining('exists already; add --yes')});
    for (const nowhere of [
      ['--center', `${home.lat},${home.lng}`],
      [...here, '--style', 'name=nobody'],
    ]) {
      const none = await run([...args, ...nowhere, '--out', at('mine.png'), '--yes']);
      expect(none).toMatchObject({code: 1, stderr: expect.stringContaining('no heat in that place and style')});
    }
    expect(readFileSync(at('mine.png'), 'utf8')).toBe('mine');
    expect((await run([...args, ...here, '--out', at('mine.png'), '--yes'])).code).toBe(0);
    expect((await loadImage(readFileSync(at('mine.png')))).width).toBe(100);
  });

  test.each([
    [[], 'which place? Give --bbox or --center'],
    [['--bbox', '1,2,3,4', '--center', '1,2'], 'which place?'],
    [['--bbox', '1,2,3,4', '--zoom', '999'], '--zoom goes with --center'],
    [['--bbox', '179,1,-179,2'], 'no box crosses the antimeridian'],
    [['--center', '1,2', '--zoom', '3', '--out', 'x.jpg'], '--out x.jpg: expected a name that ends in .png'],
    [['--center', '1,2'], '--zoom : expected a zoom from 0 to 22'],
    [['--center', '1,95', '--zoom', '3'], '--center 1,95: expected lng,lat'],
    [
      ['--center', '1,2', '--zoom', '3', '--size', '5x7'],
      '--size 5x7: expected width and height of 64 to 30000 pixels',
    ],
    [['--center', '1,2', '--zoom', '3', '--background', 'red'], '--background red: expected a colour'],
    [['--center', '1,2', '--zoom', '3', '--ratio', '20'], '--ratio 20: expected a number from 0.5 to 8'],
  ])('refuses %j with a sentence', async (args, sentence) => {
    const refused = runPoster(['--archive', archive, ...(args as string[])]);
    await expect(refused).rejects.toBeInstanceOf(UsageError);
    await expect(refused).rejects.toThrow(sentence);
  });
});

test.each(['export', 'poster'])('%s --help has an example', async (command) => {
  const {code, stdout} = await run([command, '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain(`Example: trackheat ${command}`);
});
