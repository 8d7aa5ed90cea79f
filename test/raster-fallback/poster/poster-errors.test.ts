import {execFileSync} from 'node:child_process';
import {randomFillSync} from 'node:crypto';
import {closeSync, constants, existsSync, mkdirSync, openSync, readdirSync, symlinkSync} from 'node:fs';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {defaultStyle} from '../../../core/style.ts';
import {type HeatArchive, openArchive} from '../../../raster-fallback/archive.ts';
import {drawPoster} from '../../../raster-fallback/poster/draw-poster.ts';
import type {Furniture} from '../../../raster-fallback/poster/furniture.ts';
import {DrawPool} from '../../../raster-fallback/workers/draw-pool.ts';
import {temporaryFolder} from '../../support/files.ts';
import {writeSmallArchive} from '../../support/small-archive.ts';
import {straightTiles} from '../../support/straight-tiles.ts';

const folder = temporaryFolder();
let archive: HeatArchive;
let pool: DrawPool;

beforeAll(async () => {
  writeSmallArchive(`${folder}/heat.pmtiles`, straightTiles([{id: 1, x0: 0.4, y0: 0.3, x1: 0.6, y1: 0.4}], 0, 4));
  archive = await openArchive(`${folder}/heat.pmtiles`);
  pool = new DrawPool({workers: 1});
});
afterAll(async () => {
  await pool.close();
  await archive.close();
});

const height = 1200;

/** Draws a poster of three bands. */
function draw(file: string, furniture: Furniture, onProgress: (rows: number) => void): Promise<boolean> {
  const view = {zoom: 0, left: 0, top: 0, width: 600, height, ratio: 1};
  return drawPoster({archive, style: defaultStyle, view, background: undefined, furniture}, pool, file, onProgress);
}

const nothing = () => undefined;

/** The name of a poster whose file breaks when `breakOff` is called: it is a pipe, and that takes its reader away. */
function breakingFile(name: string): {file: string; breakOff: () => void} {
  const file = `${folder}/${name}`;
  execFileSync('mkfifo', [`${file}.part`]);
  let reader: number | undefined = openSync(`${file}.part`, constants.O_RDONLY | constants.O_NONBLOCK);
  const breakOff = () => {
    if (reader !== undefined) closeSync(reader);
    reader = undefined;
  };
  return {file, breakOff};
}

const brokenWrite = {code: 'EPIPE', syscall: 'write'};

test('a poster to a folder ends with an error that names the folder and leaves no file', async () => {
  const file = `${folder}/folder.png`;
  mkdirSync(file);
  await expect(draw(file, nothing, nothing)).rejects.toMatchObject({syscall: 'rename', dest: file});
  expect(readdirSync(folder)).not.toContain('folder.png.part');
});

test.skipIf(!existsSync('/dev/full'))('a poster to a full disk ends with its error and leaves no file', async () => {
  const file = `${folder}/full.png`;
  symlinkSync('/dev/full', `${file}.part`);
  await expect(draw(file, nothing, nothing)).rejects.toMatchObject({code: 'ENOSPC', syscall: 'write'});
  expect(readdirSync(folder)).not.toContain('full.png.part');
});

// Windows has no such pipes.
test.skipIf(process.platform === 'win32')(
  'a poster whose file breaks while it is drawn ends with the error of the write and leaves no file',
  async () => {
    const {file, breakOff} = breakingFile('middle.png');
    const rows: number[] = [];
    const noise: Furniture = (band, _width, _rows, top) => {
      if (top > 0) {
        breakOff();
        // Noise does not compress, so that much is to be written after the first error.
        randomFillSync(band);
      }
    };
    await expect(draw(file, noise, (done) => rows.push(done))).rejects.toMatchObject(brokenWrite);
    expect(rows[0]).toBe(512);
    expect(rows).not.toContain(height);
    expect(readdirSync(folder).filter((name) => name.startsWith('middle'))).toEqual([]);
  },
);

test.skipIf(process.platform === 'win32')(
  'a poster whose file breaks at its end ends with the error of the write and leaves no file',
  async () => {
    const {file, breakOff} = breakingFile('end.png');
    const progress = (done: number) => {
      if (done === height) breakOff();
    };
    await expect(draw(file, nothing, progress)).rejects.toMatchObject(brokenWrite);
    expect(readdirSync(folder).filter((name) => name.startsWith('end'))).toEqual([]);
  },
);
