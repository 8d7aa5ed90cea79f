import {encodeHeatTile, type HeatFeature} from '../core/heat-tile.ts';
import {cellsPerTile, extentOf, gridExtent} from '../core/schema.ts';
import {copyLines, type Lines, unpackLines} from './cut/packed-lines.ts';
import {TileRun} from './cut/pieces.ts';
import {simplifyLine} from './cut/simplify-line.ts';
import {type Grouping, groupFeatures} from './group-features.ts';
import {packTile} from './pack-tile.ts';

/** Largest packed tile unless asked otherwise, bytes. */
export const defaultBudget = 500_000;

/** Grows with every change of what a rung makes of a tile, of what is remembered of that, or of the numbers of rungs. */
export const reductionVersion = 5;

/** One way of making a tile smaller. */
type Rung = {
  /** What it does, for the report. */
  name: string;
  /** Cells along the tile's side that vertices are moved to; the tile's own units where undefined. */
  cells?: number;
  /** Tolerance of simplification, in units of the tile or of the cells. */
  tolerance?: number;
  /** Activities become group rows: counts of steps by sport and year, by sport, or by nothing. */
  group?: Grouping;
  /** Only for tiles whose activities are short, or long, there; see {@link shortPixels}. */
  only?: 'short' | 'long';
};

const half = cellsPerTile / 2;

/**
 * Where activities are shorter than this in a tile on average, CSS px, coarser cells would change their heat by up to a third: what
 * is a few cells long vanishes or doubles. Such tiles have few places, so that counting at full resolution makes them small enough.
 */
const shortPixels = 100;

/** Tolerance, in units of a grid of cells, that takes out the stair steps of counted paths … */
const stairs = 2;

/** … one that leaves a corner around one cell, where activities are hardly more than that … */
const corners = 1.4;

/** … and one for all activities together: their counts change so often that lines are short, and 2 left them up to 6 % too long. */
const shortStairs = 2.9;

/** What is tried below maxZoom, in this order: every activity and filter is kept until the group rows, which come last. */
const gridRungs: Rung[] = [
  {name: 'tolerance 1.25 cells', tolerance: 2.5},
  {name: 'tolerance 1.5 cells', tolerance: 3, only: 'long'},
  {name: '256 cells', cells: half, tolerance: 1.5, only: 'long'},
  {name: 'grouped by sport and year', cells: cellsPerTile, tolerance: corners, group: 'year', only: 'short'},
  {name: 'grouped by sport and year, 256 cells', cells: half, tolerance: stairs, group: 'year', only: 'long'},
  {name: 'grouped by sport', cells: cellsPerTile, tolerance: corners, group: 'sport', only: 'short'},
  {name: 'grouped by sport, 256 cells', cells: half, tolerance: stairs, group: 'sport', only: 'long'},
  {name: 'grouped', cells: cellsPerTile, tolerance: corners, group: 'all', only: 'short'},
  {name: 'grouped, 256 cells', cells: half, tolerance: shortStairs, group: 'all'},
];

/** The same at maxZoom, whose tiles are finer. */
const fineRungs: Rung[] = [
  {name: 'tolerance 2 units', tolerance: 2},
  {name: 'tolerance 4 units', tolerance: 4},
  {name: 'tolerance 8 units', tolerance: 8},
  {name: '1024 cells', cells: 1024, tolerance: 1.5},
  {name: '512 cells', cells: 512, tolerance: 1.5},
  {name: 'grouped by sport and year', cells: 512, tolerance: stairs, group: 'year'},
  {name: 'grouped by sport', cells: 512, tolerance: stairs, group: 'sport'},
  {name: 'grouped', cells: 512, tolerance: stairs, group: 'all'},
];

/** What a rung (1 and up) did to a tile, in words. */
export function rungName(rung: number, zoom: number, maxZoom: number): string {
  return (zoom === maxZoom ? fineRungs : gridRungs)[rung - 1].name;
}

/** What the group rows of a rung stand for; undefined where it has activities. */
export function groupingOf(rung: number, zoom: number, maxZoom: number): Grouping | undefined {
  return rung > 0 ? (zoom === maxZoom ? fineRungs : gridRungs)[rung - 1].group : undefined;
}

/** A tile that fits: its packed bytes, the same unpacked, and the rung it stands on (0: whole). */
export type ReducedTile = {bytes: Uint8Array; encoded: Uint8Array; rung: number};

/**
 * The tile itself where it fits the budget, else the first rung that does, else the smallest. `whole` are the tile's
 * bytes, `packed` the same gzipped, `features` what it was encoded from: the result depends on nothing else.
 */
export function reduceTile(
  whole: Uint8Array,
  packed: Uint8Array,
  features: HeatFeature[],
  zoom: number,
  maxZoom: number,
  budget: number,
): ReducedTile {
  let tile: ReducedTile = {bytes: packed, encoded: whole, rung: 0};
  const extent = extentOf(zoom, maxZoom);
  const rungs = zoom === maxZoom ? fineRungs : gridRungs;
  let unpacked: Lines[] | undefined;
  let length: 'short' | 'long' | undefined;
  for (let i = 0; i < rungs.length && tile.bytes.length > budget; i++) {
    const {only} = rungs[i];
    unpacked ??= unpackLines(features.map(({geometry}) => geometry));
    if (only) length ??= meanPixels(unpacked, extent) < shortPixels ? 'short' : 'long';
    if (only && only !== length) continue;
    const encoded = encodeRung(features, unpacked, extent, rungs[i]);
    const bytes = packTile(encoded);
    // Group rows can take more than what they replace where few activities share a street.
    if (bytes.length < tile.bytes.length) tile = {bytes, encoded, rung: i + 1};
  }
  return tile;
}

/** Mean length of features in CSS px. */
function meanPixels(features: Lines[], extent: number): number {
  let units = 0;
  for (const {x, y, start} of features) {
    for (let line = 0; line + 1 < start.length; line++) {
      for (let i = start[line] + 1; i < start[line + 1]; i++) units += Math.hypot(x[i] - x[i - 1], y[i] - y[i - 1]);
    }
  }
  return (units * cellsPerTile) / extent / features.length;
}

function encodeRung(
  features: HeatFeature[],
  unpacked: Lines[],
  extent: number,
  {cells, tolerance = 0, group}: Rung,
): Uint8Array {
  const newExtent = cells === undefined ? extent : cells * 2;
  const moved = copyLines(unpacked);
  if (cells !== undefined) for (const lines of moved) moveToCells(lines, extent, cells);
  if (group && cells) {
    const members = features.map((feature, i) => ({feature, lines: moved[i]}));
    return encodeHeatTile(groupFeatures(members, cells, group, tolerance), newExtent);
  }
  const run = new TileRun();
  for (const lines of moved) {
    run.beginFeature(0, 0, 0);
    writeLines(lines, tolerance, run);
    run.endFeature();
  }
  const {bytes, end} = run.sorted((size) => new ArrayBuffer(size));
  return encodeHeatTile(
    features.map((feature, i) => ({...feature, geometry: bytes.subarray(i === 0 ? 0 : end[i - 1], end[i])})),
    newExtent,
  );
}

/** Writes lines, simplified. */
function writeLines({x, y, start}: Lines, tolerance: number, run: TileRun): void {
  for (let line = 0; line + 1 < start.length; line++) {
    const end = simplifyLine(x, y, start[line], dropRepeats(x, y, start[line], start[line + 1]), tolerance);
    if (end - start[line] > 1) run.addLine(x, y, start[line], end);
  }
}

/** Takes out vertices that equal the one before; returns the new end. */
function dropRepeats(x: Float64Array, y: Float64Array, start: number, end: number): number {
  let at = start + 1;
  for (let i = start + 1; i < end; i++) {
    if (x[i] === x[at - 1] && y[i] === y[at - 1]) continue;
    x[at] = x[i];
    y[at++] = y[i];
  }
  return at;
}

/**
 * Moves vertices to the centres of coarser cells (odd units of an extent of 2 × cells); a vertex on the tile's border stays
 * on it, so that the line still meets its continuation. What is no longer than a pixel stays as long as a pixel: rounded to coarse
 * cells it would vanish or double, and far out an activity is nothing else.
 */
function moveToCells({x, y, start}: Lines, extent: number, cells: number): void {
  const newExtent = cells * 2;
  if (newExtent === extent) return;
  const scale = newExtent / extent;
  const pixel = newExtent / cellsPerTile;
  const isOnBorder = (i: number) => x[i] === 0 || y[i] === 0 || x[i] === extent || y[i] === extent;
  const center = (units: number) => 2 * Math.min(cells - 1, Math.floor((units * scale) / 2)) + 1;
  const dot = (line: number, atX: number, atY: number) => {
    const left = Math.max(0, Math.min(newExtent - pixel, center(atX) - (pixel >> 1)));
    // A line has two vertices at least. Those beyond repeat the second, and are dropped.
    x.fill(left + pixel, start[line], start[line + 1]);
    y.fill(center(atY), start[line], start[line + 1]);
    x[start[line]] = left;
  };
  const [firstX, firstY] = [x[start[0]], y[start[0]]];
  let left = 0;
  for (let line = 0; line + 1 < start.length; line++) {
    const [from, to] = [start[line], start[line + 1]];
    if (isDot(x, y, from, to, extent)) {
      dot(line, Math.min(x[from], x[to - 1]), y[from]);
      left++;
      continue;
    }
    for (let i = from; i < to; i++) {
      const onBorder = isOnBorder(i);
      x[i] = onBorder ? Math.round(x[i] * scale) : center(x[i]);
      y[i] = onBorder ? Math.round(y[i] * scale) : center(y[i]);
      if (x[i] !== x[from] || y[i] !== y[from]) left++;
    }
  }
  if (left === 0 && start.length > 1) dot(0, firstX, firstY);
}

/** Whether a line is a track within one cell of the grid, or, below maxZoom, one from a cell to the next. */
function isDot(x: Float64Array, y: Float64Array, from: number, to: number, extent: number): boolean {
  if (to - from !== 2) return false;
  const pixel = extent / cellsPerTile;
  const dx = Math.abs(x[from + 1] - x[from]);
  const dy = Math.abs(y[from + 1] - y[from]);
  const left = Math.min(x[from], x[from + 1]);
  if (dx === pixel && dy === 0 && left % pixel === 0 && y[from] % pixel === pixel / 2) return true;
  return extent === gridExtent && dx <= pixel && dy <= pixel && (x[from] & y[from] & x[to - 1] & y[to - 1] & 1) === 1;
}
