import {createHash} from 'node:crypto';
import {blockShift, type HeatCanvas} from '../core/heat/canvas.ts';
import {type HeatKernel, heatKernel} from '../core/heat/kernel.ts';
import {forEachRun} from '../core/heat/runs.ts';
import {type ToneTable, toneIndices, toneTable} from '../core/heat/tone-table.ts';
import {rampTable} from '../core/ramps.ts';
import {passingShare, rowWeights} from '../core/row-weights.ts';
import {formatStyle, type HeatStyle} from '../core/style.ts';
import {type ToneScale, toneScale} from '../core/tone.ts';
import type {HeatArchive, LoadedTile} from './archive.ts';
import {heatRaster, type LineWeights} from './heat-raster.ts';
import {type PlacedTile, placeTiles} from './place-tiles.ts';
import {encodePng8, transparentPng} from './png.ts';
import {type RasterView, type TileRequest, tileView} from './view.ts';

/** A style in the numbers that drawing one zoom of one archive needs. */
export type DrawPlan = {
  kernel: HeatKernel;
  weights: LineWeights;
  scale: ToneScale;
  table: ToneTable;
  /** 256 straight RGBA colours, opacity included. */
  palette: Uint8Array;
  /** The style's canonical text. */
  style: string;
};

/** The tiles that a view needs, decoded. */
export type LoadedView = {view: RasterView; tiles: {tile: LoadedTile; place: PlacedTile}[]};

/** The PNG of a raster tile of an archive in a style. A tile without heat is always the same buffer. */
export async function renderTile(
  archive: HeatArchive,
  request: TileRequest,
  style: HeatStyle,
): Promise<Buffer<ArrayBufferLike>> {
  const view = tileView(request);
  const plan = drawPlan(archive, view, style);
  return drawPng(await loadView(archive, view, plan.kernel), plan);
}

/**
 * A strong entity tag of a raster tile, without drawing it: it changes with the tiles that it is drawn from, the style
 * and the scale, not with the rest of the archive.
 */
export async function tileTag(archive: HeatArchive, request: TileRequest, style: HeatStyle): Promise<string> {
  const view = tileView(request);
  const plan = drawPlan(archive, view, style);
  const {tiles} = await loadView(archive, view, plan.kernel);
  const hash = createHash('sha1').update(`${request.size} ${request.ratio}`);
  // All empty tiles are one.
  if (tiles.length > 0) {
    const {curve, top, ranks} = plan.scale;
    hash.update(`${plan.style} ${curve === 'rank' ? ranks.join() : top}`);
    for (const {tile, place} of tiles) hash.update(`${tile.hash} ${place.left} ${place.top}`);
  }
  return `"${hash.digest('base64url')}"`;
}

/** The plan of a style for a view; plans are kept, since all tiles of a zoom share one. */
export function drawPlan(archive: HeatArchive, {zoom, ratio}: RasterView, style: HeatStyle): DrawPlan {
  const plans = plansOf.get(archive) ?? new Map<string, DrawPlan>();
  plansOf.set(archive, plans);
  const text = formatStyle(style);
  const key = `${zoom} ${ratio} ${text}`;
  const plan = plans.get(key) ?? makePlan(archive, zoom, ratio, style, text);
  plans.delete(key);
  plans.set(key, plan);
  for (const oldest of plans.keys()) {
    if (plans.size <= plansKept) break;
    plans.delete(oldest);
  }
  return plan;
}

/** Reads the tiles of a view from which a line can come into its picture. */
export async function loadView(archive: HeatArchive, view: RasterView, kernel: HeatKernel): Promise<LoadedView> {
  const {minZoom, maxZoom} = archive.header;
  const places = placeTiles(view, kernel.reach, minZoom, maxZoom);
  const tiles = await Promise.all(places.map(({z, x, y}) => archive.tile(z, x, y)));
  return {view, tiles: places.flatMap((place, i) => (tiles[i] ? [{tile: tiles[i], place}] : []))};
}

/** Draws a loaded view as PNG: synchronous, and its arguments alone decide. */
export function drawPng({view, tiles}: LoadedView, plan: DrawPlan): Buffer<ArrayBufferLike> {
  const width = Math.round(view.width * view.ratio);
  const height = Math.round(view.height * view.ratio);
  const canvas = tiles.length > 0 ? heatRaster(tiles, width, height, plan.kernel, plan.weights) : undefined;
  if (!canvas) return transparentPng(width, height);
  const {scanlines, most} = toneScanlines(canvas, plan.table);
  if (most === 0) return transparentPng(width, height);
  return encodePng8(scanlines, width, height, plan.palette.subarray(0, (most + 1) * 4));
}

/**
 * Palette indices of a canvas's heat as PNG scanlines (a byte 0 before each row), good until the next call, and the
 * largest of them.
 */
function toneScanlines(
  {width, height, heat, lit}: HeatCanvas,
  table: ToneTable,
): {scanlines: Uint8Array; most: number} {
  const length = (width + 1) * height;
  if (scanlines.length === length) scanlines.fill(0);
  else scanlines = new Uint8Array(length);
  const bits = new Int32Array(heat.buffer);
  let most = 0;
  forEachRun(lit, width >> blockShift, 0, height >> blockShift, (row, first, end) => {
    const x = first << blockShift;
    const count = (end - first) << blockShift;
    for (let y = row << blockShift; y < (row + 1) << blockShift; y++) {
      most = toneIndices(bits, y * width + x, count, table, scanlines, y * (width + 1) + 1 + x, most);
    }
  });
  return {scanlines, most};
}

/** Kept from picture to picture: a fresh one each time is a tenth of the work of drawing. */
let scanlines = new Uint8Array(0);

/** Plans kept per archive: a few styles at the zooms of one place. */
const plansKept = 64;

const plansOf = new WeakMap<HeatArchive, Map<string, DrawPlan>>();

function makePlan(archive: HeatArchive, zoom: number, ratio: number, style: HeatStyle, text: string): DrawPlan {
  const {table, metadata} = archive;
  const {sport, from, to, only, without, laps} = style;
  const filtered = sport.length > 0 || from || to || only.length > 0 || without.length > 0;
  const rows = filtered ? rowWeights(table, style) : undefined;
  const scale = toneScale(style, metadata.quantiles, zoom, rows ? passingShare(table, rows) : 1);
  const palette = rampTable(style.ramp);
  for (let i = 3; i < palette.length; i += 4) palette[i] = Math.round(palette[i] * style.opacity);
  return {
    kernel: heatKernel(style, ratio),
    weights: {rows, laps},
    scale,
    table: toneTable(scale),
    palette,
    style: text,
  };
}
