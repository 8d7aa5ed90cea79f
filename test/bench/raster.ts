import {defaultStyle} from '../../core/style.ts';
import {tileOfId} from '../../core/tile-id.ts';
import {type HeatArchive, openArchive} from '../../raster-fallback/archive.ts';
import {occupiedTiles} from '../../raster-fallback/export/occupied-tiles.ts';
import {PictureService} from '../../raster-fallback/picture-service.ts';
import type {TileRequest} from '../../raster-fallback/view.ts';
import {renderTile} from '../support/render-tile.ts';
import {drawWithMapnik, loadMapnik} from './mapnik.ts';

/** What drawing a sample of tiles took. */
export type RasterFigures = {
  tiles: number;
  /** Tiles per second of this process's CPU time, reading and decoding included. */
  perCpuSecond: number;
  /** Wall milliseconds per tile. */
  p50: number;
  p95: number;
  max: number;
  /** Mean size, bytes. */
  bytes: number;
  /** The tiles that took longest. */
  slowest: string[];
};

/** Tiles in a sample. */
const sampleSize = 1000;

/** A screen of 256 px tiles, as a viewer asks for them. */
const screen = {columns: 8, rows: 5};

/** Zooms of the sample that is even over zooms, and tiles of each. */
const zooms = {first: 2, last: 18, each: 60};

/**
 * Draws 256 px PNG tiles of an archive in the default style (blur and glow), none of them cached, and prints what it
 * took: the same number of each zoom 2 to 18, scattered evenly over all tiles of zooms 0 to 14 (each reads and decodes its
 * own heat tiles), by the screen of 8 × 5 around scattered places (as when a map is looked at), and at the zooms beyond the
 * archive's. Then the tag and picture of tiles that are finished already, and, where it is installed, Mapnik on the first
 * sample.
 */
export async function benchRaster(archivePath: string): Promise<Record<string, RasterFigures>> {
  const index = await openArchive(archivePath);
  const all = await heatTiles(index, 14);
  const deepest = (await heatTiles(index, index.header.maxZoom)).filter(({z}) => z === index.header.maxZoom);
  const even = await evenZooms(index);
  await index.close();
  const samples: Record<string, TileRequest[]> = {
    'even over zooms 2 to 18': even,
    scattered: evenly(all, sampleSize).map((tile, i) => childOf(tile, i, 1)),
    screens: evenly(all, sampleSize / (screen.columns * screen.rows)).flatMap((tile, i) => around(childOf(tile, i, 1))),
    overzoomed: evenly(deepest, sampleSize).map((tile, i) => childOf(tile, i, 2 + (i % 6))),
  };
  const figures: Record<string, RasterFigures> = {};
  // Once for the compiler, with other tiles.
  await draw(
    archivePath,
    evenly(all.slice(7), 200).map((tile, i) => childOf(tile, i, 1)),
  );
  for (const [name, tiles] of Object.entries(samples)) {
    figures[name] = await draw(archivePath, tiles);
    const {perCpuSecond, p50, p95, max, bytes, slowest} = figures[name];
    const times = `p50 ${p50.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms, max ${max.toFixed(1)} ms`;
    console.log(
      `raster, ${name}: ${perCpuSecond.toFixed(0)} tiles per CPU second; ${times}; ${bytes.toFixed(0)} B a tile`,
    );
    console.log(`  slowest: ${slowest.join(', ')}`);
  }
  console.log(`raster, finished tiles: ${(await drawFinished(archivePath, even)).toFixed(0)} per CPU second`);
  const mapnik = await loadMapnik();
  if (mapnik) {
    const {times, refused, perCpuSecond} = await drawWithMapnik(mapnik, archivePath, even);
    times.sort((a, b) => a - b);
    const p95 = times[Math.floor(times.length * 0.95)].toFixed(2);
    console.log(
      `Mapnik, plain lines: ${perCpuSecond.toFixed(0)} tiles per CPU second; p95 ${p95} ms; ${refused} refused`,
    );
  } else console.log('Mapnik is not installed: npm install --no-save @mapnik/mapnik');
  return figures;
}

async function draw(archivePath: string, tiles: TileRequest[]): Promise<RasterFigures> {
  const archive = await openArchive(archivePath);
  const times: {tile: TileRequest; milliseconds: number}[] = [];
  let bytes = 0;
  const before = process.cpuUsage();
  for (const tile of tiles) {
    const start = performance.now();
    bytes += (await renderTile(archive, tile, defaultStyle)).length;
    times.push({tile, milliseconds: performance.now() - start});
  }
  const {user, system} = process.cpuUsage(before);
  await archive.close();
  times.sort((a, b) => a.milliseconds - b.milliseconds);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))].milliseconds;
  return {
    tiles: tiles.length,
    perCpuSecond: tiles.length / ((user + system) / 1e6),
    p50: at(0.5),
    p95: at(0.95),
    max: at(1),
    bytes: bytes / tiles.length,
    slowest: times
      .slice(-3)
      .reverse()
      .map(({tile: {z, x, y}, milliseconds}) => `${z}/${x}/${y} ${milliseconds.toFixed(1)} ms`),
  };
}

/** Tags and pictures per CPU second of tiles that have all been drawn before, as a server gives them. */
async function drawFinished(archivePath: string, tiles: TileRequest[]): Promise<number> {
  const archive = await openArchive(archivePath);
  const service = new PictureService();
  const rounds = 20;
  for (const tile of tiles) await service.picture(await service.prepare(archive, tile, defaultStyle, 'png'));
  const before = process.cpuUsage();
  for (let i = 0; i < rounds; i++) {
    for (const tile of tiles) service.ready(await service.prepare(archive, tile, defaultStyle, 'png'));
  }
  const {user, system} = process.cpuUsage(before);
  await service.close();
  await archive.close();
  return (rounds * tiles.length) / ((user + system) / 1e6);
}

type Tile = {z: number; x: number; y: number};

/** All tiles of an archive up to a zoom: a tile without lines has no children with lines. */
async function heatTiles(archive: HeatArchive, maxZoom: number): Promise<Tile[]> {
  const found: Tile[] = [];
  await descend({z: 0, x: 0, y: 0});
  return found;

  async function descend(tile: Tile): Promise<void> {
    if (!(await archive.bytes(tile.z, tile.x, tile.y))) return;
    found.push(tile);
    if (tile.z === maxZoom) return;
    for (let i = 0; i < 4; i++) await descend({z: tile.z + 1, x: tile.x * 2 + (i & 1), y: tile.y * 2 + (i >> 1)});
  }
}

/** Tiles with heat, as many of each zoom where there are so many. */
async function evenZooms(archive: HeatArchive): Promise<TileRequest[]> {
  const {centerLon, centerLat} = archive.header;
  const found: TileRequest[] = [];
  for (let zoom = zooms.first; zoom <= zooms.last; zoom++) {
    // Deep zooms have very many tiles: those around the middle are the busiest.
    const reach = zoom > 15 ? 0.2 : 360;
    const bounds: [number, number, number, number] = [
      Math.max(-180, centerLon - reach),
      Math.max(-90, centerLat - reach),
      Math.min(180, centerLon + reach),
      Math.min(90, centerLat + reach),
    ];
    const selection = {minZoom: zoom, maxZoom: zoom, size: 256, ratio: 1, bounds};
    const ids = await occupiedTiles(archive, selection, {...defaultStyle, glow: 0});
    for (const id of evenly([...ids], zooms.each)) {
      const [z, x, y] = tileOfId(id);
      found.push({z, x, y, size: 256, ratio: 1});
    }
  }
  return found;
}

function evenly<T>(items: T[], count: number): T[] {
  const step = Math.max(1, items.length / count);
  return Array.from({length: Math.min(items.length, Math.floor(count))}, (_, i) => items[Math.floor(i * step)]);
}

/** One of the 256 px tiles in a 512 px tile of a zoom, or deeper; `choice` says which. */
function childOf({z, x, y}: Tile, choice: number, deeper: number): TileRequest {
  const side = 2 ** deeper;
  const [column, row] = [(choice * 7) % side, (choice * 11 + (choice >> 1)) % side];
  return {z: z + deeper, x: x * side + column, y: y * side + row, size: 256, ratio: 1};
}

function around(tile: TileRequest): TileRequest[] {
  const {columns, rows} = screen;
  return Array.from({length: columns * rows}, (_, i) => ({
    ...tile,
    x: tile.x - (columns >> 1) + (i % columns),
    y: tile.y - (rows >> 1) + Math.floor(i / columns),
  })).filter(({y, z}) => y >= 0 && y < 2 ** z);
}
