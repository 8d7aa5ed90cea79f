import {createCanvas, loadImage} from '@napi-rs/canvas';
import {afterAll, describe, expect, test} from 'vitest';
import {toneIndices} from '../../core/heat/tone-table.ts';
import {gridExtent} from '../../core/schema.ts';
import {defaultStyle, type HeatStyle} from '../../core/style.ts';
import {type HeatArchive, openArchive} from '../../raster-fallback/archive.ts';
import {drawPlan} from '../../raster-fallback/draw-plan.ts';
import {heatRaster} from '../../raster-fallback/heat-raster.ts';
import {transparentPng} from '../../raster-fallback/png.ts';
import {type RasterView, type TileRequest, tileView} from '../../raster-fallback/view.ts';
import {temporaryFolder} from '../support/files.ts';
import {heatFeature} from '../support/heat-feature.ts';
import {readTiles, renderTile} from '../support/render-tile.ts';
import {type SmallTile, writeSmallArchive} from '../support/small-archive.ts';
import {tileTag} from '../support/tile-tag.ts';
import {seededRandom} from '../support/tracks.ts';

const folder = temporaryFolder();
const opened: HeatArchive[] = [];
afterAll(() => Promise.all(opened.map((archive) => archive.close())));

async function archiveOf(name: string, tiles: SmallTile[], maxZoom = 4): Promise<HeatArchive> {
  writeSmallArchive(`${folder}/${name}.pmtiles`, tiles, {maxZoom});
  const archive = await openArchive(`${folder}/${name}.pmtiles`);
  opened.push(archive);
  return archive;
}

type Line = [x: number, y: number][];

function lineTile(z: number, x: number, y: number, lines: Line[], more: {again?: boolean; n?: number} = {}): SmallTile {
  return {z, x, y, features: [heatFeature({id: 1, lines, ...more})]};
}

/** Heat before tone of a view, and its size in device pixels. */
async function heatOf(archive: HeatArchive, view: RasterView, style: HeatStyle) {
  const plan = drawPlan(archive, view, style);
  const {tiles} = await readTiles(archive, view, plan);
  const [width, height] = [view.width * view.ratio, view.height * view.ratio];
  const canvas = heatRaster(tiles, width, height, plan.kernel, plan.weights);
  return {width, height, heat: canvas ? canvas.heat.slice() : new Float32Array(width * height), table: plan.table};
}

/** Grey levels (palette indices) of a view. */
async function levelsOf(archive: HeatArchive, view: RasterView, style: HeatStyle): Promise<Uint8Array> {
  const {heat, table} = await heatOf(archive, view, style);
  const levels = new Uint8Array(heat.length);
  toneIndices(new Int32Array(heat.buffer), 0, heat.length, table, levels, 0, 0);
  return levels;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Walks that fill the nine tiles around the middle of zoom 4, many of them up to the tiles' borders. */
function nineTiles(): SmallTile[] {
  const random = seededRandom(9);
  const side = 4096;
  return Array.from({length: 9}, (_, i) => {
    const features = Array.from({length: 8}, (_, walk) => {
      let [x, y] = [random() * side, random() * side];
      const line = Array.from({length: 30}, (): [number, number] => {
        x = Math.max(0, Math.min(side, x + (random() - 0.5) * 1600));
        y = Math.max(0, Math.min(side, y + (random() - 0.5) * 1600));
        return [Math.round(x), Math.round(y)];
      });
      return heatFeature({id: walk + 1, n: 1 + walk, lines: [line]});
    });
    return {z: 4, x: 6 + (i % 3), y: 7 + Math.floor(i / 3), features};
  });
}

describe('neighbouring tiles', () => {
  const styles: Record<string, HeatStyle> = {
    'blur 0': {...defaultStyle, blur: 0, glow: 0},
    'blur 6': defaultStyle,
    'blur 30': {...defaultStyle, blur: 30, glow: 1},
    'width 5': {...defaultStyle, width: 5, glow: 0},
    'width 0.7': {...defaultStyle, width: 0.7, blur: 3},
  };
  // 512 px tiles of zoom 4, then 256 px tiles of a quarter, then 256 px tiles of a 32nd of a heat tile's side.
  test.each(
    Object.entries(styles).flatMap(([name, style]) => [
      {name, style, z: 4, x: 6, y: 7, size: 512},
      {name, style, z: 5, x: 13, y: 15, size: 256},
      {name, style, z: 9, x: 223, y: 255, size: 256},
    ]),
  )('are nine parts of one picture: $name, $size px tiles of zoom $z', async ({style, z, x, y, size}) => {
    const archive = opened[0] ?? (await archiveOf('nine', nineTiles()));
    const big = {...tileView({z, x, y, size, ratio: 1}), width: size * 3, height: size * 3};
    const whole = await levelsOf(archive, big, style);
    expect(new Set(whole).size).toBeGreaterThan(20);
    let worst = 0;
    for (let i = 0; i < 9; i++) {
      const [column, row] = [i % 3, Math.floor(i / 3)];
      const part = await levelsOf(archive, tileView({z, x: x + column, y: y + row, size, ratio: 1}), style);
      for (let p = 0; p < part.length; p++) {
        const at = (row * size + Math.floor(p / size)) * size * 3 + column * size + (p % size);
        worst = Math.max(worst, Math.abs(part[p] - whole[at]));
      }
    }
    expect(worst).toBeLessThanOrEqual(1);
  });
});

describe('the place of a line', () => {
  // An upright line at 1000/4096 of tile 4/8/7, and a level one at 3000/4096.
  const tile = {z: 4, x: 8, y: 7};
  const upright = 1000 / 4096;
  const level = 3000 / 4096;

  test.each([
    [0, 256, 1],
    [3, 256, 1],
    [4, 512, 1],
    [4, 512, 2],
    [5, 256, 1],
    [6, 256, 2],
    [12, 256, 1],
    [15, 512, 1],
    [16, 256, 2],
    [19, 512, 1],
    [22, 256, 1],
    [22, 512, 2],
  ])('is right to a twentieth of a pixel at zoom %d of %d px tiles, ratio %d', async (z, size, ratio) => {
    const lines: Line[] = [
      [
        [1000, 0],
        [1000, 4096],
      ],
    ];
    const levelLines: Line[] = [
      [
        [0, 3000],
        [4096, 3000],
      ],
    ];
    const below = Array.from({length: 4}, (_, zoom) => {
      const scale = gridExtent / 2 ** (4 - zoom);
      const [x, y] = [tile.x >> (4 - zoom), tile.y >> (4 - zoom)];
      const at = (fraction: number, column: number, ofTile: number) =>
        Math.round((column + fraction - ofTile * 2 ** (4 - zoom)) * scale);
      const u = at(upright, tile.x, x);
      const v = at(0, tile.y, y);
      return lineTile(zoom, x, y, [
        [
          [u, v],
          [u, v + scale],
        ],
      ]);
    });
    const archive = await archiveOf(`place-${z}-${size}-${ratio}`, [...below, lineTile(4, 8, 7, lines)]);
    const style = {...defaultStyle, glow: 0};
    const scale = 2 ** z;
    // Below maxZoom the line is where the grid of 1024 units has it.
    const heatZoom = Math.max(0, Math.min(4, size === 512 ? z : z - 1));
    const units = heatZoom === 4 ? 4096 : gridExtent;
    const gridX = Math.round(((tile.x + upright) / 2 ** (4 - heatZoom)) * units) / units;
    const [worldX, worldY] = [gridX / 2 ** heatZoom, (tile.y + level) / 16];
    const request = {z, x: Math.floor(worldX * scale), y: Math.floor(worldY * scale), size, ratio};
    // A little more all around, so that lines on a tile's edge show on both sides.
    const asked = tileView(request);
    const around = {left: asked.left - 100, top: asked.top - 100, width: size + 200, height: size + 200};
    const view = {...asked, ...around};
    const x = (worldX * scale - request.x) * size * ratio + 100 * ratio;
    const y = (worldY * scale - request.y) * size * ratio + 100 * ratio;
    const {heat, width} = await heatOf(archive, view, style);
    const row = Math.floor(y);
    const across = Array.from(heat.subarray(row * width, (row + 1) * width));
    const centroid = sum(across.map((value, i) => value * (i + 0.5))) / sum(across);
    expect(Math.abs(centroid - x)).toBeLessThan(0.05);
    if (heatZoom < 4) return;
    const second = await archiveOf(`level-${z}-${size}-${ratio}`, [lineTile(4, 8, 7, levelLines)]);
    const drawn = await heatOf(second, view, style);
    const column = Math.floor(x);
    const down = Array.from({length: width}, (_, i) => drawn.heat[i * width + column]);
    const middle = sum(down.map((value, i) => value * (i + 0.5))) / sum(down);
    expect(Math.abs(middle - y)).toBeLessThan(0.05);
  });
});

describe('renderTile', () => {
  const across: Line = [
    [0, 2000],
    [4096, 2100],
  ];
  const plain: TileRequest = {z: 4, x: 8, y: 7, size: 512, ratio: 1};

  async function pixels(png: Buffer): Promise<Uint8ClampedArray> {
    const image = await loadImage(png);
    const context = createCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height).data;
  }

  test('draws a line in the colours of the ramp, and nothing where there is none', async () => {
    const archive = await archiveOf('plain', [lineTile(4, 8, 7, [across], {n: 50})]);
    const rgba = await pixels(await renderTile(archive, plain, {...defaultStyle, ramp: 'scalar', top: 50, glow: 0}));
    const on = (256 * 512 + 256) * 4;
    expect([...rgba.subarray(on, on + 3)]).toEqual([255, 255, 255]);
    expect(rgba[on + 3]).toBeGreaterThan(240);
    expect(rgba[(100 * 512 + 256) * 4 + 3]).toBe(0);
  });

  test('draws the same heat at twice the pixels for ratio 2', async () => {
    const archive = await archiveOf('twice', [lineTile(4, 8, 7, [across])]);
    const one = await heatOf(archive, tileView(plain), defaultStyle);
    const two = await heatOf(archive, tileView({...plain, ratio: 2}), defaultStyle);
    expect(two.width).toBe(1024);
    expect(sum(two.heat) / sum(one.heat) / 4).toBeCloseTo(1, 2);
    const most = (heat: Float32Array) => heat.reduce((most, value) => Math.max(most, value), 0);
    expect(most(two.heat) / most(one.heat)).toBeCloseTo(1, 1);
    expect(most(one.heat)).toBeGreaterThan(1);
  });

  test('answers every tile without heat with one and the same buffer', async () => {
    const archive = await archiveOf('empty', [lineTile(4, 8, 7, [across])]);
    const blank = transparentPng(256, 256);
    for (const {z, x, y} of [
      {z: 4, x: 0, y: 0},
      {z: 22, x: 2 ** 21 + 5, y: 2 ** 20},
      {z: 5, x: 16, y: 0},
    ]) {
      expect(await renderTile(archive, {z, x, y, size: 256, ratio: 1}, defaultStyle)).toBe(blank);
    }
    expect(await renderTile(archive, {...plain, size: 256, z: 5, x: 16, y: 14}, defaultStyle)).not.toBe(blank);
    const hidden = {...defaultStyle, floor: 500};
    expect(await renderTile(archive, plain, hidden)).toBe(transparentPng(512, 512));
    expect(await renderTile(archive, plain, {...defaultStyle, without: [1]})).toBe(transparentPng(512, 512));
  });

  test('shows across the antimeridian what lies on its other side', async () => {
    const edge: Line = [
      [4095, 0],
      [4095, 4096],
    ];
    const archive = await archiveOf('antimeridian', [lineTile(4, 15, 7, [edge])]);
    const {heat} = await heatOf(archive, tileView({z: 4, x: 0, y: 7, size: 512, ratio: 1}), defaultStyle);
    expect(heat[200 * 512]).toBeGreaterThan(0.5);
    expect(heat[200 * 512 + 100]).toBe(0);
  });

  test('weighs repeated passes by laps, and lines by their row', async () => {
    const archive = await archiveOf('laps', [
      {
        z: 4,
        x: 8,
        y: 7,
        features: [
          heatFeature({id: 1, lines: [across]}),
          heatFeature({id: 1, again: true, n: 4, lines: [across]}),
          heatFeature({id: 2, n: 2, lines: [across]}),
        ],
      },
    ]);
    const total = async (style: Partial<HeatStyle>) =>
      sum((await heatOf(archive, tileView(plain), {...defaultStyle, ...style})).heat);
    const one = await total({only: [1]});
    expect((await total({})) / one).toBeCloseTo(3, 3);
    expect((await total({laps: 0.5})) / one).toBeCloseTo(5, 3);
    expect((await total({only: [2]})) / one).toBeCloseTo(2, 3);
    expect((await total({only: [1], laps: 1})) / one).toBeCloseTo(5, 3);
    expect(await total({sport: ['run']})).toBe(0);
  });
});

describe('tileTag', () => {
  const line: Line = [
    [100, 100],
    [900, 400],
  ];
  const request: TileRequest = {z: 4, x: 8, y: 7, size: 512, ratio: 1};

  test('changes with the tiles drawn, the style and the top, and with nothing else', async () => {
    const archive = await archiveOf('tag', [lineTile(4, 8, 7, [line]), lineTile(4, 2, 2, [line])]);
    const other = await archiveOf('other-tag', [lineTile(4, 8, 7, [line]), lineTile(4, 2, 2, [line, line])]);
    const tag = await tileTag(archive, request, defaultStyle);
    expect(tag).toMatch(/^"[\w-]{20,}"$/);
    expect(await tileTag(other, request, defaultStyle)).toBe(tag);
    expect(await tileTag(other, {...request, x: 2, y: 2}, defaultStyle)).not.toBe(tag);
    expect(await tileTag(archive, request, {...defaultStyle, ramp: 'cool'})).not.toBe(tag);
    expect(await tileTag(archive, request, {...defaultStyle, top: 7})).not.toBe(tag);
    expect(await tileTag(archive, {...request, ratio: 2}, defaultStyle)).not.toBe(tag);
  });

  test('is one for all tiles that have nothing to draw from', async () => {
    const archive = await archiveOf('no-tag', [lineTile(4, 8, 7, [line])]);
    const blank = await tileTag(archive, {...request, x: 1, y: 1}, defaultStyle);
    expect(await tileTag(archive, {...request, x: 3, y: 12}, {...defaultStyle, ramp: 'cool'})).toBe(blank);
  });
});
