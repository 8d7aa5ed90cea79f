import {existsSync, readFileSync} from 'node:fs';
import {createCanvas, loadImage} from '@napi-rs/canvas';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {toneIndices, toneTable} from '../../../core/heat/tone-table.ts';
import {defaultStyle} from '../../../core/style.ts';
import {type ToneScale, tone as toneOf} from '../../../core/tone.ts';
import {type HeatArchive, openArchive} from '../../../raster-fallback/archive.ts';
import {drawPlan, paletteBend} from '../../../raster-fallback/draw-plan.ts';
import {compose, over} from '../../../raster-fallback/poster/compose.ts';
import {drawPoster} from '../../../raster-fallback/poster/draw-poster.ts';
import {hasFonts, posterFurniture} from '../../../raster-fallback/poster/furniture.ts';
import {heatTicks} from '../../../raster-fallback/poster/heat-ticks.ts';
import {PngFile} from '../../../raster-fallback/poster/png-file.ts';
import {scaleLength} from '../../../raster-fallback/poster/scale-length.ts';
import {drawIndexed} from '../../../raster-fallback/render.ts';
import type {RasterView} from '../../../raster-fallback/view.ts';
import {DrawPool} from '../../../raster-fallback/workers/draw-pool.ts';
import {temporaryFolder} from '../../support/files.ts';
import {readTiles} from '../../support/render-tile.ts';
import {writeSmallArchive} from '../../support/small-archive.ts';
import {straightTiles} from '../../support/straight-tiles.ts';

const folder = temporaryFolder();
let archive: HeatArchive;
let pool: DrawPool;

beforeAll(async () => {
  const lines = [
    {id: 1, x0: 0.4, y0: 0.3, x1: 0.62, y1: 0.47},
    {id: 2, x0: 0.41, y0: 0.45, x1: 0.6, y1: 0.31},
  ];
  const tiles = [0, 1, 2, 3, 4].flatMap((z) => straightTiles(lines, z, 4));
  writeSmallArchive(`${folder}/heat.pmtiles`, tiles);
  archive = await openArchive(`${folder}/heat.pmtiles`);
  pool = new DrawPool({workers: 1});
});
afterAll(async () => {
  await pool.close();
  await archive.close();
});

async function pixels(file: string): Promise<{width: number; height: number; data: Uint8ClampedArray}> {
  const image = await loadImage(readFileSync(file));
  const {width, height} = image;
  const context = createCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0);
  return {width, height, data: context.getImageData(0, 0, width, height).data};
}

/** The middle of the lines; sizes that are no multiples of anything. */
const view: RasterView = {zoom: 3.3, left: 0, top: 0, width: 1103 / 1.5, height: 1301 / 1.5, ratio: 1.5};
view.left = 0.51 * 512 * 2 ** view.zoom - view.width / 2;
view.top = 0.385 * 512 * 2 ** view.zoom - view.height / 2;

describe('drawPoster', () => {
  test('is what one picture of that size would be, bands and cells not to be seen', async () => {
    const file = `${folder}/plain.png`;
    const rows: number[] = [];
    const background: [number, number, number] = [10, 20, 30];
    const poster = {archive, style: defaultStyle, view, background, furniture: () => undefined};
    await drawPoster(poster, pool, file, (done) => rows.push(done));
    expect(rows).toEqual([512, 1024, 1301]);
    const {width, height, data} = await pixels(file);
    expect([width, height]).toEqual([1103, 1301]);

    const plan = drawPlan(archive, view, defaultStyle);
    // The reference is drawn at once, a little larger, because its sides must be multiples of 4.
    const whole = {...view, width: 1104 / 1.5, height: 1304 / 1.5};
    const picture = drawIndexed(await readTiles(archive, whole, plan), plan);
    if (!picture) throw new Error('nothing drawn');
    const expected = new Uint8Array(width * height * 4);
    for (let at = 0; at < expected.length; at += 4) expected.set([...background, 255], at);
    compose(expected, width, height, picture.scanlines, 0, 1104, plan.palette);
    let worst = 0;
    let lit = 0;
    for (let i = 0; i < data.length; i++) {
      worst = Math.max(worst, Math.abs(data[i] - expected[i]));
      if (i % 4 === 0 && expected[i] > 100) lit++;
    }
    expect(lit).toBeGreaterThan(1000);
    // One step of tone, in a ramp that is steep at its faint end.
    expect(worst).toBeLessThanOrEqual(4);
  });

  test('without background is transparent where there is no heat', async () => {
    const file = `${folder}/clear.png`;
    await drawPoster(
      {archive, style: defaultStyle, view, background: undefined, furniture: () => undefined},
      pool,
      file,
      () => undefined,
    );
    const {data} = await pixels(file);
    const alpha = data.filter((_, i) => i % 4 === 3);
    expect(alpha.filter((value) => value === 0).length).toBeGreaterThan(alpha.length / 2);
    expect(alpha.filter((value) => value > 200).length).toBeGreaterThan(1000);
  });

  test('that fails leaves no file', async () => {
    const file = `${folder}/failed.png`;
    const furniture = () => {
      throw new Error('no ink');
    };
    const poster = {archive, style: defaultStyle, view, background: undefined, furniture};
    await expect(drawPoster(poster, pool, file, () => undefined)).rejects.toThrow('no ink');
    expect(existsSync(file)).toBe(false);
    expect(existsSync(`${file}.part`)).toBe(false);
  });
});

describe('posterFurniture', () => {
  test('writes title, scale bar and legend into the lower part, across bands', async () => {
    const {scale, palette} = drawPlan(archive, view, defaultStyle);
    const options = {title: 'Ten years', attribution: 'Own tracks', scaleBar: true, legend: true} as const;
    const draw = posterFurniture(view, {scale, palette}, {...options, background: [0, 0, 0]});
    const [width, height] = [1103, 1301];
    const whole = new Uint8Array(width * height * 4);
    draw(whole, width, height, 0);
    const parts = new Uint8Array(width * height * 4);
    for (let top = 0; top < height; top += 300) {
      const rows = Math.min(300, height - top);
      draw(parts.subarray(top * width * 4, (top + rows) * width * 4), width, rows, top);
    }
    let worst = 0;
    for (let i = 0; i < whole.length; i++) worst = Math.max(worst, Math.abs(whole[i] - parts[i]));
    expect(worst).toBeLessThanOrEqual(2);
    const bright = (left: number, right: number, top: number, bottom: number) => {
      let count = 0;
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) if (whole[(y * width + x) * 4 + 1] > 200) count++;
      }
      return count;
    };
    expect(bright(0, width, 0, 1100)).toBe(0);
    // The scale bar and the brightest end of the legend are there with fonts and without.
    expect(bright(800, width, 1150, height)).toBeGreaterThan(100);
    if (hasFonts()) expect(bright(0, 500, 1150, height)).toBeGreaterThan(500);
  });
});

test('the legend of a poster has each number under the colour of that heat', () => {
  const {scale, palette} = drawPlan(archive, view, defaultStyle);
  // Colours that tell their place in the palette.
  const marked = palette.map((_, i) => (i % 4 === 0 ? i >> 2 : i % 4 === 3 ? 255 : 0));
  const options = {title: '', attribution: '', scaleBar: false, legend: true} as const;
  const [width, height] = [1103, 1301];
  const whole = new Uint8Array(width * height * 4);
  posterFurniture(view, {scale, palette: marked}, {...options, background: [0, 0, 0]})(whole, width, height, 0);
  const rows = Array.from({length: height}, (_, y) => {
    const places = Array.from({length: width}, (_, x) => x).filter((x) => {
      const [red, green] = whole.subarray((y * width + x) * 4);
      return red > 0 && green === 0;
    });
    return {y, left: places[0], right: places[places.length - 1], count: places.length};
  });
  const most = Math.max(...rows.map(({count}) => count));
  const thick = rows.filter(({count}) => count === most);
  // Its edges may be half a row.
  const bar = thick[thick.length >> 1];
  const length = bar.right - bar.left;
  expect(length).toBeGreaterThan(200);
  for (const tone of [0.2, 0.4, 0.6, 0.8, 0.95]) {
    const [red] = whole.subarray((bar.y * width + bar.left + Math.round(tone * length)) * 4);
    const heat = heats(scale).find((heat) => toneOf(heat, scale) >= tone) ?? scale.top;
    const table = toneTable(scale, paletteBend);
    const drawn = new Uint8Array(1);
    toneIndices(new Int32Array(Float32Array.of(heat).buffer), 0, 1, table, drawn, 0, 0);
    expect(Math.abs(red - drawn[0])).toBeLessThanOrEqual(3);
  }
});

/** Heats from nothing to the top, closely spaced. */
function heats({top}: ToneScale): number[] {
  return Array.from({length: 20_000}, (_, i) => (i / 20_000) * top);
}

describe('PngFile', () => {
  test('writes pixels as they are, straight alpha, in any pieces', async () => {
    const [width, height] = [7, 5];
    const rgba = Uint8Array.from({length: width * height * 4}, (_, i) => (i % 4 === 3 ? 255 : (i * 37) % 256));
    const file = `${folder}/rows.png`;
    const png = new PngFile(file, width, height);
    await png.add(rgba.slice(0, width * 4 * 2));
    await png.add(rgba.slice(width * 4 * 2));
    await png.finish();
    expect([...(await pixels(file)).data]).toEqual([...rgba]);
  });
});

test('over lays a straight pixel over another', () => {
  const laid = (below: number[], above: number[]) => {
    const pixel = Uint8Array.from(below);
    over(pixel, 0, Uint8Array.from(above), 0);
    return [...pixel];
  };
  expect(laid([10, 20, 30, 255], [200, 100, 0, 0])).toEqual([10, 20, 30, 255]);
  expect(laid([10, 20, 30, 255], [200, 100, 0, 255])).toEqual([200, 100, 0, 255]);
  expect(laid([0, 0, 0, 255], [200, 100, 50, 51])).toEqual([40, 20, 10, 255]);
  expect(laid([9, 9, 9, 0], [200, 100, 50, 51])).toEqual([200, 100, 50, 51]);
});

test.each([
  [1234, '1 km'],
  [999, '500 m'],
  [30, '20 m'],
  [7.2, '5 m'],
  [2_600_000, '2,000 km'],
  [0.9, '0.5 m'],
])('scaleLength(%d m) is %s', (meters, label) => {
  expect(scaleLength(meters).label).toBe(label);
  expect(scaleLength(meters).meters).toBeLessThanOrEqual(meters);
});

test('heatTicks are round numbers with room between them, up to the brightest', () => {
  const scale = {curve: 'log' as const, top: 250, floor: 0, gamma: 1, ranks: new Float64Array(33)};
  const ticks = heatTicks(scale, 0.1);
  expect(ticks.map(({heat}) => heat)).toEqual([1, 5, 10, 20, 50, 100, 200]);
  for (let i = 1; i < ticks.length; i++) expect(ticks[i].tone - ticks[i - 1].tone).toBeGreaterThanOrEqual(0.1);
});
