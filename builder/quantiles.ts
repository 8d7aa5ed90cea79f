import {gunzipSync} from 'node:zlib';
import {accumulateTile} from '../core/heat/accumulate-tile.ts';
import {blockShift, type HeatCanvas} from '../core/heat/canvas.ts';
import {keptCanvases} from '../core/heat/kept-canvases.ts';
import {heatKernel} from '../core/heat/kernel.ts';
import {lineAt} from '../core/heat/line-at.ts';
import {forEachRun} from '../core/heat/runs.ts';
import {segmentBoxes} from '../core/heat/segment-boxes.ts';
import {spreadHeat} from '../core/heat/spread.ts';
import {decodeHeatTile, type HeatTile} from '../core/heat-tile.ts';
import {tilePixels} from '../core/mercator.ts';
import {quantileFloor, quantileLines, quantileProbabilities, quantileZooms} from '../core/metadata.ts';
import {decodeNumbers, encodeNumbers} from './numbers.ts';

/** Raised when what is measured of a tile changes: archives that were measured otherwise are then written anew. */
export const quantilesVersion = 4;

/** Bins of a zoom's histogram of heat: each reaches to `binRatio` times where it begins, from `quantileFloor` on. */
const bins = 64;
const binRatio = 1.25;

/** Tiles with lines of so many activities are drawn whole: few tiles have the hottest pixels, which must not be missed. */
const busyTile = 64;

/** What is drawn of the other tiles: `parts` × `parts` parts of each, one of them, and of one in `every` tiles. */
type Sample = {from: number; parts: number; every: number};

/**
 * How much of the tiles is drawn from which zoom on: deep zooms have many. `sparse` is for archives of so many activities that less
 * of each zoom tells as much.
 */
const samples = {
  dense: [
    {from: 15, parts: 4, every: 1},
    {from: 14, parts: 2, every: 1},
  ],
  sparse: [
    {from: 15, parts: 2, every: 4},
    {from: 14, parts: 4, every: 1},
    {from: 12, parts: 2, every: 1},
  ],
} satisfies Record<string, Sample[]>;

const sparseFrom = 2000;

/** How an archive is sampled. */
export type Sampling = keyof typeof samples;

/** The sampling of an archive of so many rows; where it changes, all tiles are measured anew. */
export function samplingOf(rows: number): Sampling {
  return rows < sparseFrom ? 'dense' : 'sparse';
}

/** Side of the pictures by which the heat beyond maxZoom is sampled, px. */
const windowPixels = 128;

/** Tiles of maxZoom by which the zooms beyond it are measured, about. */
const sampledTiles = 200;

/** Windows in each of them: 1 from zoom 14 on, more of coarser tiles, which are fewer and hold more of the world. */
function windowsOf(maxZoom: number): number {
  return Math.max(1, Math.min(64, 2 ** (14 - maxZoom)));
}

/** Counts of pixels by zoom and bin of heat: `quantileZooms` × 64, all zero. */
export function emptyHistograms(): Float64Array {
  return new Float64Array(quantileZooms * bins);
}

/**
 * Counts of the heat of a tile's own lines, drawn at its zoom, by bin: packed as {@link addHistogram} reads them. Of the
 * many tiles of deep zooms a part is drawn, which one depends on the tile id alone; busy ones are drawn whole.
 */
export function tileHistogram(id: number, zoom: number, tile: HeatTile, sampling: Sampling): Uint8Array {
  const counts = new Float64Array(bins);
  const isBusy = firstPasses(tile) >= busyTile;
  const {parts, every} = (!isBusy && samples[sampling].find(({from}) => zoom >= from)) || {parts: 1, every: 1};
  if (spread(id) * every < 1) {
    const side = tilePixels / parts;
    const part = Math.floor(((id * 0.618_033_988_749_895) % 1) * parts ** 2);
    const [left, top] = [-side * (part % parts), -side * Math.floor(part / parts)];
    const canvas = draw(side, zoom, boxed(tile), tilePixels / tile.extent, left, top);
    count(counts, 0, canvas, every * parts ** 2 * (side / canvas.width) ** 2);
  }
  return packCounts(counts);
}

/** A tile of maxZoom and how many of its kind it stands for. */
export type SampledTile<T> = {each: T; weight: number};

/**
 * About 200 tiles of maxZoom, among which each segment of the archive has the same chance to be found: tiles with more
 * segments are taken more often and weigh less. Which ones depends on their ids and, in coarse steps, on the number of all
 * segments, so that an update finds most of them measured already.
 */
export function sampleTiles<T extends {tile: number; segments: number}>(tiles: readonly T[]): SampledTile<T>[] {
  const expected = (perTile: number) => tiles.reduce((sum, {segments}) => sum + Math.min(1, segments / perTile), 0);
  let quarters = 0;
  while (expected(2 ** (quarters / 4)) > sampledTiles) quarters++;
  const perTile = 2 ** (quarters / 4);
  return tiles
    .filter(({tile, segments}) => spread(tile) * perTile < segments)
    .map((each) => ({each, weight: Math.max(1, perTile / each.segments)}));
}

/** A tile of maxZoom (gzipped) by which to measure the zooms beyond it. */
export type BeyondSample = {maxZoom: number; tiles: {tile: number; bytes: Uint8Array}[]};

/** The {@link beyondHistogram} of each tile of a sample. */
export function measureBeyond({maxZoom, tiles}: BeyondSample): {counts: Uint8Array[]} {
  return {counts: tiles.map(({tile, bytes}) => beyondHistogram(maxZoom, tile, decodeHeatTile(gunzipSync(bytes))))};
}

/**
 * Counts of heat at maxZoom and all zooms above, from windows in a tile of maxZoom around the same segments at each zoom, packed.
 * Crowded places are hit more often, so each window is weighted by how few segments it has.
 */
export function beyondHistogram(maxZoom: number, id: number, tile: HeatTile): Uint8Array {
  const segments = tile.segments.length / 4;
  const histograms = new Float64Array((quantileZooms - maxZoom) * bins);
  const drawn = boxed(tile);
  const windows = segments > 0 ? windowsOf(maxZoom) : 0;
  for (let window = 0; window < windows; window++) {
    const at = Math.floor(((id * 0.618_033_988_749_895 + window / windows) % 1) * segments) * 4;
    for (let zoom = maxZoom; zoom < quantileZooms; zoom++) {
      const scale = (tilePixels / tile.extent) * 2 ** (zoom - maxZoom);
      const left = windowPixels / 2 - ((tile.segments[at] + tile.segments[at + 2]) / 2) * scale;
      const top = windowPixels / 2 - ((tile.segments[at + 1] + tile.segments[at + 3]) / 2) * scale;
      const canvas = draw(windowPixels, zoom, drawn, scale, left, top);
      const weight = segments / Math.max(1, segmentsIn(tile, scale, left, top));
      count(histograms, zoom - maxZoom, canvas, weight * (windowPixels / canvas.width) ** 2);
    }
  }
  return packCounts(histograms);
}

/** Adds packed counts to the histograms, beginning with the bins of a zoom, each `weight` times. */
export function addHistogram(histograms: Float64Array, zoom: number, packed: Uint8Array, weight = 1): void {
  const numbers = decodeNumbers(packed);
  let bin = zoom * bins;
  for (let i = 0; i < numbers.length; i += 2) {
    bin += numbers[i];
    histograms[bin++] += numbers[i + 1] * weight;
  }
}

/** Whole counts as pairs of (empty bins before, count), as varints: whole so that sums do not depend on their order. */
function packCounts(counts: Float64Array): Uint8Array {
  const numbers: number[] = [];
  let empty = 0;
  for (const each of counts) {
    const whole = Math.round(each);
    if (whole === 0) empty++;
    else {
      numbers.push(empty, whole);
      empty = 0;
    }
  }
  return encodeNumbers(numbers);
}

/**
 * The quantile table of an archive: heat at each of `quantileProbabilities`, per zoom. `histograms` count the heat of its
 * tiles up to maxZoom, `beyond` that of the sample at maxZoom and above. A sample is a little off: what it says of the
 * zooms beyond is corrected by what it says of maxZoom, which is known, so that brightness goes on there without a step.
 */
export function quantiles(histograms: Float64Array, beyond: Float64Array, maxZoom: number): number[][] {
  const known = quantilesOf(histograms, maxZoom);
  const sampled = quantilesOf(beyond, maxZoom);
  return Array.from({length: quantileZooms}, (_, zoom) => {
    if (zoom <= maxZoom) return quantilesOf(histograms, zoom).map(rounded);
    let least = quantileFloor;
    return quantilesOf(beyond, zoom).map((heat, i) => {
      least = Math.max(least, (heat * known[i]) / sampled[i]);
      return rounded(least);
    });
  });
}

function quantilesOf(histograms: Float64Array, zoom: number): number[] {
  const counts = histograms.subarray(zoom * bins, (zoom + 1) * bins);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const last = Math.max(
    0,
    counts.findLastIndex((count) => count > 0),
  );
  return quantileProbabilities.map((probability) => {
    let rest = probability * total;
    let bin = 0;
    while (bin < last && rest > counts[bin]) rest -= counts[bin++];
    const share = counts[bin] > 0 ? Math.max(0, Math.min(1, rest / counts[bin])) : 0;
    return quantileFloor * binRatio ** (bin + share);
  });
}

function rounded(heat: number): number {
  return Number(heat.toPrecision(4));
}

/** Activities on the lines of a tile, each as often as it has lines. */
function firstPasses({features}: HeatTile): number {
  return features.n.reduce((sum, n, i) => sum + (features.again[i] ? 0 : n), 0);
}

/** A number 0..1 for a tile id: those of neighbouring tiles lie far apart (multiples of the inverse of the plastic ratio). */
function spread(id: number): number {
  return (id * 0.754_877_666_246_692_8) % 1;
}

/** Lines are drawn as wide as they are far out: a picture of a zoom is made smaller by what they have grown. */
const kernel = heatKernel(quantileLines, 1);
const shrunk = Array.from(
  {length: quantileZooms},
  (_, zoom) => quantileLines.width / lineAt(quantileLines, zoom).width,
);

/** Pictures of all zooms that a stretch of tiles is likely to have. */
const canvasFor = keptCanvases(8);

function boxed(tile: HeatTile): HeatTile & {boxes: Int16Array} {
  return {...tile, boxes: segmentBoxes(tile.segments)};
}

/** Draws first passes only, quantiles being of laps 0, on a square of so many CSS pixels at a zoom. */
function draw(
  pixels: number,
  zoom: number,
  tile: ReturnType<typeof boxed>,
  scale: number,
  left: number,
  top: number,
): HeatCanvas {
  const {n, again} = tile.features;
  const ratio = shrunk[zoom];
  // Pictures are multiples of 4 pixels.
  const side = Math.ceil((pixels * ratio) / 4) * 4;
  const canvas = canvasFor(side, side, kernel);
  const place = {left: left * ratio, top: top * ratio, side: tile.extent * scale * ratio};
  accumulateTile(canvas, tile, place, (f) => (again[f] ? 0 : n[f]));
  spreadHeat(canvas, kernel);
  return canvas;
}

/** Bin of a heat by the upper 16 bits of its float; `bins` for what is too little to count. */
const binOfBits = makeBins();

function makeBins(): Uint8Array {
  const table = new Uint8Array(1 << 16);
  const bits = new Uint32Array(1);
  const heat = new Float32Array(bits.buffer);
  for (let upper = 0; upper < table.length; upper++) {
    bits[0] = (upper << 16) | 0x8000; // the middle of the heats that begin with these bits
    const bin = Math.floor(Math.log(heat[0] / quantileFloor) / Math.log(binRatio));
    table[upper] = heat[0] >= quantileFloor ? Math.min(bin, bins - 1) : bins;
  }
  return table;
}

/** Adds the lit pixels of a picture to the bins of a zoom, each `weight` times. */
function count(histograms: Float64Array, zoom: number, canvas: HeatCanvas, weight: number): void {
  const {heat, lit, width, height} = canvas;
  const bits = new Uint32Array(heat.buffer);
  const counts = new Float64Array(bins + 1);
  forEachRun(lit, width >> blockShift, 0, height >> blockShift, (row, first, end) => {
    for (let y = row << blockShift; y < (row + 1) << blockShift; y++) {
      const stop = y * width + (end << blockShift);
      for (let i = y * width + (first << blockShift); i < stop; i++) counts[binOfBits[bits[i] >>> 16]]++;
    }
  });
  for (let bin = 0; bin < bins; bin++) histograms[zoom * bins + bin] += counts[bin] * weight;
}

function segmentsIn({segments}: HeatTile, scale: number, left: number, top: number): number {
  let inside = 0;
  for (let at = 0; at < segments.length; at += 4) {
    const x = ((segments[at] + segments[at + 2]) / 2) * scale + left;
    const y = ((segments[at + 1] + segments[at + 3]) / 2) * scale + top;
    if (x >= 0 && x < windowPixels && y >= 0 && y < windowPixels) inside++;
  }
  return inside;
}
