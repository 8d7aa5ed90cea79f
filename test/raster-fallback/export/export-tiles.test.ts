import {existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync} from 'node:fs';
import Database from 'libsql';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {defaultStyle, type HeatStyle} from '../../../core/style.ts';
import {tileId, tileOfId} from '../../../core/tile-id.ts';
import {type HeatArchive, openArchive} from '../../../raster-fallback/archive.ts';
import {
  estimateExport,
  exportTiles,
  planExport,
  type TileExport,
} from '../../../raster-fallback/export/export-tiles.ts';
import {folderSink, folderState} from '../../../raster-fallback/export/folder-sink.ts';
import {mbtilesSink} from '../../../raster-fallback/export/mbtiles-sink.ts';
import {occupiedTiles, type TileSelection} from '../../../raster-fallback/export/occupied-tiles.ts';
import {osmandSink} from '../../../raster-fallback/export/osmand-sink.ts';
import type {TileSetFacts, TileSink} from '../../../raster-fallback/export/tile-sink.ts';
import {transparentPng} from '../../../raster-fallback/png.ts';
import {DrawPool} from '../../../raster-fallback/workers/draw-pool.ts';
import {temporaryFolder} from '../../support/files.ts';
import {renderTile} from '../../support/render-tile.ts';
import {writeSmallArchive} from '../../support/small-archive.ts';
import {type StraightLine, straightTiles} from '../../support/straight-tiles.ts';

const folder = temporaryFolder();
const maxZoom = 4;
const world: TileSelection['bounds'] = [-180, -90, 180, 90];
const selection: TileSelection = {minZoom: 0, maxZoom: 6, size: 256, ratio: 1, bounds: world};
let archive: HeatArchive;
let pool: DrawPool;

beforeAll(async () => {
  // One across several tiles, one that ends just short of a border, one at the antimeridian.
  const lines: StraightLine[] = [
    {id: 1, x0: 0.41, y0: 0.33, x1: 0.62, y1: 0.47},
    {id: 2, x0: 0.2, y0: 0.49995, x1: 0.21, y1: 0.49995},
    {id: 3, x0: 0.9999, y0: 0.7, x1: 0.9999, y1: 0.72},
  ];
  const tiles = Array.from({length: maxZoom + 1}, (_, z) => straightTiles(lines, z, maxZoom)).flat();
  writeSmallArchive(`${folder}/heat.pmtiles`, tiles, {maxZoom});
  archive = await openArchive(`${folder}/heat.pmtiles`);
  pool = new DrawPool({workers: 1});
});
afterAll(async () => {
  await pool.close();
  await archive.close();
});

/** Ids of all tiles of a selection that show something, found by drawing each. */
async function shownTiles(
  {minZoom, maxZoom: deepest, size, ratio}: TileSelection,
  style: HeatStyle,
): Promise<number[]> {
  const blank = transparentPng(size * ratio, size * ratio);
  const found: number[] = [];
  for (let z = minZoom; z <= deepest; z++) {
    for (let i = 0; i < 4 ** z; i++) {
      const [x, y] = [i % 2 ** z, Math.floor(i / 2 ** z)];
      if ((await renderTile(archive, {z, x, y, size, ratio}, style)) !== blank) found.push(tileId(z, x, y));
    }
  }
  return found.sort((a, b) => a - b);
}

describe('occupiedTiles', () => {
  test.each<[string, Partial<HeatStyle>, Partial<TileSelection>]>([
    ['the default style', {}, {}],
    ['a wide glow, which reaches into neighbours', {blur: 40, glow: 2}, {}],
    ['512 px', {}, {size: 512, maxZoom: 5}],
    ['twice the pixels', {}, {ratio: 2, minZoom: 3, maxZoom: 5}],
    ['a filter', {only: [2]}, {}],
  ])('holds each tile that shows something, and few others: %s', async (_, change, part) => {
    const style = {...defaultStyle, ...change};
    const asked = {...selection, ...part};
    const occupied = await occupiedTiles(archive, asked, style);
    const shown = await shownTiles(asked, style);
    expect([...occupied]).toEqual([...occupied].sort((a, b) => a - b));
    expect(new Set(occupied).size).toBe(occupied.length);
    const set = new Set(occupied);
    expect(shown.filter((id) => !set.has(id))).toEqual([]);
    expect(shown.length).toBeGreaterThan(10);
    expect(occupied.length).toBeLessThan(shown.length * 2);
  });

  test('keeps to a box', async () => {
    const all = await occupiedTiles(archive, selection, defaultStyle);
    // The north-western quarter, to a little short of its edges.
    const boxed = await occupiedTiles(archive, {...selection, bounds: [-170, 10, -10, 80]}, defaultStyle);
    const inQuarter = [...all].filter((id) => {
      const [z, x, y] = tileOfId(id);
      return z === 0 || (x < 2 ** z / 2 && y < 2 ** z / 2);
    });
    expect(boxed.length).toBeGreaterThan(8);
    expect(boxed.every((id) => inQuarter.includes(id))).toBe(true);
  });

  test('of deep zooms are those along the lines', async () => {
    const deep = await occupiedTiles(archive, {...selection, minZoom: 14, maxZoom: 14}, defaultStyle);
    // The long line crosses (0.21 + 0.14) · 2^14 tile borders; each of its tiles may have neighbours in reach.
    const crossed = Math.round(0.35 * 2 ** 14 + 0.01 * 2 ** 14 + 0.02 * 2 ** 14);
    expect(deep.length).toBeGreaterThan(crossed);
    expect(deep.length).toBeLessThan(crossed * 1.6);
  });
});

const facts: TileSetFacts = {
  name: 'Trackheat',
  description: 'Heat.',
  attribution: 'Own GPS tracks',
  image: 'png',
  pixels: 256,
  minZoom: 0,
  maxZoom: 6,
  bounds: [-180, -85, 180, 85],
  center: [0, 0, 3],
};

async function expectedTiles(plan: TileExport): Promise<Map<string, Buffer>> {
  const blank = transparentPng(256, 256);
  const tiles = new Map<string, Buffer>();
  for (const id of plan.tiles) {
    const [z, x, y] = tileOfId(id);
    const picture = await renderTile(archive, {z, x, y, size: 256, ratio: 1}, defaultStyle);
    if (picture !== blank) tiles.set(`${z}/${x}/${y}`, picture);
  }
  return tiles;
}

const rowsOf = (file: string, sql: string) => {
  const db = new Database(file, {readonly: true});
  const rows = db.prepare(sql).all() as Record<string, unknown>[];
  db.close();
  return rows;
};

async function exportTo(sink: TileSink): Promise<void> {
  const plan = await planExport(archive, defaultStyle, selection, 'png');
  expect(await exportTiles(plan, pool, sink, () => undefined)).toBe(plan.tiles.length);
  sink.finish();
}

describe('an export', () => {
  test('to MBTiles has rows from the south, metadata, and only tiles with heat', async () => {
    const plan = await planExport(archive, defaultStyle, selection, 'png');
    const file = `${folder}/a.mbtiles`;
    await exportTo(mbtilesSink(file, plan.key, facts));
    const expected = await expectedTiles(plan);
    const rows = rowsOf(file, 'SELECT * FROM tiles');
    expect(rows.length).toBe(expected.size);
    for (const {zoom_level: z, tile_column: x, tile_row: row, tile_data: data} of rows) {
      const picture = expected.get(`${z}/${x}/${2 ** Number(z) - 1 - Number(row)}`);
      expect(picture?.equals(Buffer.from(data as ArrayBuffer))).toBe(true);
    }
    const metadata = Object.fromEntries(rowsOf(file, 'SELECT * FROM metadata').map(({name, value}) => [name, value]));
    expect(metadata).toMatchObject({name: 'Trackheat', format: 'png', minzoom: '0', maxzoom: '6', type: 'overlay'});
    expect(metadata.bounds).toBe('-180,-85,180,85');
    // "MPBX" at byte 68 of the file.
    expect(readFileSync(file).toString('latin1', 68, 72)).toBe('MPBX');
    expect(rowsOf(file, "SELECT name FROM sqlite_master WHERE type = 'table'").map(({name}) => name)).toEqual([
      'metadata',
      'tiles',
    ]);
    expect(existsSync(`${file}.part`)).toBe(false);
  });

  test('to OsmAnd has inverted zooms and rows from the north', async () => {
    const plan = await planExport(archive, defaultStyle, selection, 'png');
    const file = `${folder}/a.sqlitedb`;
    await exportTo(osmandSink(file, plan.key, facts));
    const expected = await expectedTiles(plan);
    const rows = rowsOf(file, 'SELECT * FROM tiles');
    expect(rows.length).toBe(expected.size);
    for (const {x, y, z, s, image} of rows) {
      expect(s).toBe(0);
      expect(expected.get(`${17 - Number(z)}/${x}/${y}`)?.equals(Buffer.from(image as ArrayBuffer))).toBe(true);
    }
    expect(rowsOf(file, 'SELECT * FROM info')).toMatchObject([
      {minzoom: 11, maxzoom: 17, tilenumbering: 'BigPlanet', tilesize: 256, ellipsoid: 0, inverted_y: 0},
    ]);
  });

  test('to a folder has z/x/y.png and a description', async () => {
    const plan = await planExport(archive, defaultStyle, selection, 'png');
    const out = `${folder}/tiles`;
    await exportTo(folderSink(out, plan.key, facts));
    const expected = await expectedTiles(plan);
    const files = readdirSync(out, {recursive: true, encoding: 'utf8'}).filter((name) => name.endsWith('.png'));
    expect(files.length).toBe(expected.size);
    for (const [tile, picture] of expected) expect(readFileSync(`${out}/${tile}.png`).equals(picture)).toBe(true);
    expect(JSON.parse(readFileSync(`${out}/tiles.json`, 'utf8'))).toMatchObject({minzoom: 0, maxzoom: 6});
    expect(readdirSync(out)).not.toContain('.trackheat-export.json');
  });

  test.each([
    ['a file', (key: string) => mbtilesSink(`${folder}/resumed.mbtiles`, key, facts)],
    ['a folder', (key: string) => folderSink(`${folder}/resumed`, key, facts)],
  ])('to %s that was stopped goes on where it was, and begins anew for another export', async (_, open) => {
    const plan = await planExport(archive, defaultStyle, selection, 'png');
    const stop = new AbortController();
    const first = open(plan.key);
    const half = Math.floor(plan.tiles.length / 2);
    const done = await exportTiles(plan, pool, first, (count) => count === half && stop.abort(), stop.signal);
    expect(done).toBe(half);
    first.close();
    const before = pool.counts.drawn;
    const second = open(plan.key);
    expect(second.done).toBe(half);
    expect(await exportTiles(plan, pool, second, () => undefined)).toBe(plan.tiles.length);
    expect(pool.counts.drawn - before).toBeLessThanOrEqual(plan.tiles.length - half);
    second.close();
    const other = open('another');
    expect(other.done).toBe(0);
    other.close();
  });

  test('to a place where something else lies half-written begins anew', () => {
    writeFileSync(`${folder}/b.mbtiles.part`, 'no database');
    const sink = mbtilesSink(`${folder}/b.mbtiles`, 'key', facts);
    expect(sink.done).toBe(0);
    sink.close();
    mkdirSync(`${folder}/c`);
    writeFileSync(`${folder}/c/.trackheat-export.json`, '{"key": "k');
    expect(folderSink(`${folder}/c`, 'key', facts).done).toBe(0);
  });

  test.each([
    ['begun', (sink: TileSink) => sink.commit(5)],
    ['finished', (sink: TileSink) => sink.finish()],
  ])('to a folder begins anew where another one, a %s one, was removed in part', (state, leave) => {
    const out = `${folder}/removed-${state}`;
    leave(folderSink(out, 'old', facts));
    // What cannot be removed ends the removal as a kill does.
    mkdirSync(`${out}/0/0/0.png`, {recursive: true});
    expect(() => folderSink(out, 'new', facts)).toThrow('0.png');
    expect(folderState(out)).toBe('begun');
    rmdirSync(`${out}/0/0/0.png`);
    writeFileSync(`${out}/0/0/1.png`, '');
    expect(folderSink(out, 'old', facts).done).toBe(0);
    expect(existsSync(`${out}/0`)).toBe(false);
  });

  test('is estimated from a sample', async () => {
    const plan = await planExport(archive, defaultStyle, selection, 'png');
    const expected = await expectedTiles(plan);
    const bytes = [...expected.values()].reduce((sum, {length}) => sum + length, 0);
    const estimate = await estimateExport(plan, pool);
    expect(Math.abs(estimate.tiles / expected.size - 1)).toBeLessThan(0.1);
    expect(Math.abs(estimate.bytes / bytes - 1)).toBeLessThan(0.1);
  });
});
