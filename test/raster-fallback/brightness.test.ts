import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {build} from '../../builder/build.ts';
import {projectX, projectY} from '../../core/mercator.ts';
import {defaultStyle} from '../../core/style.ts';
import {tone} from '../../core/tone.ts';
import {type HeatArchive, openArchive} from '../../raster-fallback/archive.ts';
import {drawPlan} from '../../raster-fallback/draw-plan.ts';
import {heatRaster} from '../../raster-fallback/heat-raster.ts';
import {temporaryFolder, writeGpx} from '../support/files.ts';
import {readTiles} from '../support/render-tile.ts';
import {along, noisy, seededRandom, track} from '../support/tracks.ts';

/** Side of the pictures that are looked at, and how far from a street's middle they are, CSS px. */
const side = 64;
const strip = 3;

/** Places of a street at which it is looked at. */
const places = 60;

type Corners = [east: number, north: number][];

/**
 * Streets of 9 to 10 km, far from each other, how many rides went along each, and how far off each was recorded, m. Single rides
 * lie where the street is looked at; one comes back on the other side of it, 10 m away.
 */
const streets: {of: string; rides: number; noise: number; back: boolean; corners: Corners}[] = [
  {of: '60 rides', rides: 60, noise: 1.5, back: false, corners: street(0, [0, 900, -300, 800, 300])},
  {of: '8 rides', rides: 8, noise: 1.5, back: false, corners: street(14_000, [0, -1500, 500, -800, 800])},
  {of: 'a single ride', rides: 1, noise: 0, back: false, corners: street(-14_000, [0, 1000, -1200, 200, -100])},
  {of: 'a ride there and back', rides: 1, noise: 0, back: true, corners: street(-28_000, [0, 800, -900, 300, 100])},
];

/** Hairpins up a slope, 40 m apart: at each zoom another part of them can be told apart. */
const serpentine: Corners = Array.from({length: 100}, (_, i) => [(i % 2) * 150, 30_000 + i * 40]);

/** A street eastwards that swings about `north`. */
function street(north: number, swings: number[]): Corners {
  return swings.map((swing, i) => [i * 2300, north + swing]);
}

describe('the brightness of a street', () => {
  let archive: HeatArchive;
  beforeAll(async () => {
    const folder = temporaryFolder();
    const activities = path.join(folder, 'activities');
    mkdirSync(activities);
    const random = seededRandom(8);
    for (const [i, {rides, noise, back, corners}] of streets.entries()) {
      const aside = corners.map(([east, north]): [number, number] => [east, north - 10]).reverse();
      const way = along(back ? [...corners, ...aside] : corners, 8);
      for (let k = 0; k < rides; k++) {
        const start = Date.UTC(2020 + i, 0, 1 + 3 * k, 8);
        writeGpx(activities, `${i}-${k}.gpx`, [track(noisy(way, noise, random), {start})]);
      }
    }
    for (let k = 0; k < 10; k++) {
      const start = Date.UTC(2010, 0, 1 + 3 * k, 8);
      writeGpx(activities, `hairpins-${k}.gpx`, [track(noisy(along(serpentine, 8), 3, random), {start})]);
    }
    await build([activities], {data: folder, workers: 1});
    archive = await openArchive(path.join(folder, 'heat.pmtiles'));
  });
  afterAll(() => archive?.close());

  for (const {of, corners} of streets) {
    test(`of ${of} changes by at most 4 % from each quarter of a zoom to the next, 8 to 18`, async () => {
      const tones: number[] = [];
      for (let zoom = 8; zoom <= 18; zoom += 0.25) tones.push(await meanTone(archive, corners, zoom));
      const steps = tones.slice(1).map((now, i) => Math.abs(now / tones[i] - 1));
      expect(Math.min(...tones)).toBeGreaterThan(0.05);
      expect(Math.max(...steps)).toBeLessThan(0.04);
    });
  }

  test('goes on without a jump up hairpins, which the tiles of each zoom draw otherwise', async () => {
    const tones: number[] = [];
    for (let zoom = 10.3; zoom <= 14.7; zoom += 0.05) tones.push(await meanTone(archive, serpentine, zoom));
    const steps = tones.slice(1).map((now, i) => Math.abs(now / tones[i] - 1));
    expect(Math.max(...steps)).toBeLessThan(0.015);
  });

  test('is measured in tone that a busy street has more of', async () => {
    const [busy, some, single] = await Promise.all(streets.map(({corners}) => meanTone(archive, corners, 12)));
    expect(busy).toBeGreaterThan(some * 1.5);
    expect(some).toBeGreaterThan(single * 1.5);
  });
});

/** Mean tone of the default style within 3 px of a street's middle. */
async function meanTone(archive: HeatArchive, corners: Corners, zoom: number): Promise<number> {
  const {lng, lat} = track(along(corners, 8));
  const world = 512 * 2 ** zoom;
  const tones: number[] = [];
  for (let i = 0; i < places; i++) {
    const at = Math.floor(((i + 0.5) / places) * (lng.length - 1));
    const [x0, x1] = [at, at + 1].map((k) => projectX(lng[k]) * world);
    const [y0, y1] = [at, at + 1].map((k) => projectY(lat[k]) * world);
    tones.push(...(await tonesAcross(archive, zoom, x0, y0, Math.atan2(y1 - y0, x1 - x0))));
  }
  return tones.reduce((sum, tone) => sum + tone, 0) / tones.length;
}

/** Tones across a street at a place, world pixels, every half pixel. */
async function tonesAcross(
  archive: HeatArchive,
  zoom: number,
  x: number,
  y: number,
  direction: number,
): Promise<number[]> {
  const view = {
    zoom,
    left: Math.floor(x) - side / 2,
    top: Math.floor(y) - side / 2,
    width: side,
    height: side,
    ratio: 1,
  };
  const plan = drawPlan(archive, view, defaultStyle);
  const {tiles} = await readTiles(archive, view, plan);
  const heat = heatRaster(tiles, side, side, plan.kernel, plan.weights)?.heat;
  return Array.from({length: 4 * strip + 1}, (_, i) => {
    const aside = i / 2 - strip;
    const column = x - view.left - Math.sin(direction) * aside;
    const row = y - view.top + Math.cos(direction) * aside;
    return heat ? tone(heatAt(heat, column, row), plan.scale) : 0;
  });
}

/** Heat between four pixels. */
function heatAt(heat: Float32Array, x: number, y: number): number {
  const [column, row] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
  const [right, down] = [x - 0.5 - column, y - 0.5 - row];
  const at = (dx: number, dy: number) => heat[(row + dy) * side + column + dx];
  const above = at(0, 0) * (1 - right) + at(1, 0) * right;
  const below = at(0, 1) * (1 - right) + at(1, 1) * right;
  return above * (1 - down) + below * down;
}
