import {gzipSync} from 'node:zlib';
import {encodeHeatTile, type HeatFeature} from '../core/heat-tile.ts';
import {cellsPerTile, extentOf} from '../core/schema.ts';
import {type Lines, unpackLines} from './cut/packed-lines.ts';
import {TileRun} from './cut/pieces.ts';
import {simplifyLine} from './cut/simplify-line.ts';
import {type Grouping, groupFeatures} from './group-features.ts';

/** Largest packed tile unless asked otherwise, bytes. */
export const defaultBudget = 500_000;

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
};

const half = cellsPerTile / 2;

/** What is tried below maxZoom, in this order: every activity and filter is kept until the group rows, which come last. */
const gridRungs: Rung[] = [
  {name: 'tolerance 1.25 cells', tolerance: 2.5},
  {name: 'tolerance 1.5 cells', tolerance: 3},
  {name: '256 cells', cells: half, tolerance: 1.5},
  {name: 'grouped by sport and year', cells: half, group: 'year'},
  {name: 'grouped by sport', cells: half, group: 'sport'},
  {name: 'grouped', cells: half, group: 'all'},
];

/** The same at maxZoom, whose tiles are finer. */
const fineRungs: Rung[] = [
  {name: 'tolerance 2 units', tolerance: 2},
  {name: 'tolerance 4 units', tolerance: 4},
  {name: 'tolerance 8 units', tolerance: 8},
  {name: '1024 cells', cells: 1024, tolerance: 1.5},
  {name: '512 cells', cells: 512, tolerance: 1.5},
  {name: 'grouped by sport and year', cells: 512, group: 'year'},
  {name: 'grouped by sport', cells: 512, group: 'sport'},
  {name: 'grouped', cells: 512, group: 'all'},
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
  for (let i = 0; i < rungs.length && tile.bytes.length > budget; i++) {
    const encoded = encodeRung(features, extent, rungs[i]);
    const bytes = gzipSync(encoded, {level: 6});
    // Group rows can take more than what they replace where few activities share a street.
    if (bytes.length < tile.bytes.length) tile = {bytes, encoded, rung: i + 1};
  }
  return tile;
}

function encodeRung(features: HeatFeature[], extent: number, {cells, tolerance = 0, group}: Rung): Uint8Array {
  const newExtent = cells === undefined ? extent : cells * 2;
  const run = new TileRun();
  const moved = features.map((feature) => {
    const lines = unpackLines(feature.geometry);
    return {feature, lines: cells === undefined ? lines : moveToCells(lines, extent, cells)};
  });
  if (group && cells) return encodeHeatTile(groupFeatures(moved, cells, group), newExtent);
  for (const {lines} of moved) {
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

/** Writes lines, simplified; where nothing would be left the first line stays, one cell long. */
function writeLines({x, y, start}: Lines, tolerance: number, run: TileRun): void {
  let written = 0;
  for (let line = 0; line + 1 < start.length; line++) {
    const end = simplifyLine(x, y, start[line], dropRepeats(x, y, start[line], start[line + 1]), tolerance);
    if (end - start[line] < 2) continue;
    run.addLine(x, y, start[line], end);
    written++;
  }
  if (written > 0) return;
  const [left, top] = [Math.max(0, x[0] - 1), y[0]];
  run.addLine(Float64Array.from([left, left + 2]), Float64Array.from([top, top]), 0, 2);
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
 * on it, so that the line still meets its continuation.
 */
function moveToCells({x, y, start}: Lines, extent: number, cells: number): Lines {
  const count = start[start.length - 1];
  const scale = (cells * 2) / extent;
  for (let i = 0; i < count; i++) {
    const onBorder = x[i] === 0 || y[i] === 0 || x[i] === extent || y[i] === extent;
    if (onBorder) {
      x[i] = Math.round(x[i] * scale);
      y[i] = Math.round(y[i] * scale);
    } else {
      x[i] = 2 * Math.floor((x[i] * scale) / 2) + 1;
      y[i] = 2 * Math.floor((y[i] * scale) / 2) + 1;
    }
  }
  return {x, y, start};
}
