import {closeSync, openSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import {decodeHeatTile, encodeHeatTile, type HeatFeature, readHeatFeatures} from '../core/heat-tile.ts';
import {extentOf} from '../core/schema.ts';
import {sports} from '../core/sports.ts';
import {firstTileId} from '../core/tile-id.ts';
import type {FeatureRun} from './cut/pieces.ts';
import {packTile} from './pack-tile.ts';
import {beyondHistogram, type Sampling, tileHistogram} from './quantiles.ts';
import {readAt} from './read-at.ts';
import {reduceTile} from './reduce-tile.ts';
import type {RowFacts} from './row-facts.ts';

/** A stretch of tile ids to encode: `low` up to but without `high`. */
export type EncodeRange = {
  low: number;
  high: number;
  maxZoom: number;
  /** Largest packed size of a tile, bytes. */
  budget: number;
  sampling: Sampling;
  /** New features of all tiles. */
  runs: FeatureRun[];
  facts: RowFacts;
  /** Tiles of this stretch, rising, whose other features stay: packed bytes of the whole tile. */
  old: {tile: number; bytes: Uint8Array}[];
  /** Rows (ids) whose old features go. */
  removed: Set<number>;
  /** Tiles of maxZoom that the archive was measured by when they were last encoded: by which it will be again, most likely. */
  sampled: Set<number>;
};

/** Encoded tiles in tile-id order, as columns. A tile that lost its last feature has no bytes. */
export type EncodedTiles = {
  tile: number[];
  /** Where each tile's bytes end. */
  end: number[];
  bytes: Uint8Array;
  features: number[];
  segments: number[];
  histogram: Uint8Array[];
  /** Heat beyond maxZoom, of sampled tiles. */
  beyond: (Uint8Array | undefined)[];
  rung: number[];
  /** Packed bytes of a tile before the budget took something; undefined where it took nothing. */
  whole: (Uint8Array | undefined)[];
};

/**
 * Puts the features of each tile together, those that stay and those of all runs (in their order, which is that of the
 * rows), and encodes and packs the tile. Tiles are canonical: they depend neither on how features were spread over runs
 * nor on what was there before.
 */
export function encodeTiles(range: EncodeRange): EncodedTiles {
  const runs = range.runs.map((run) => sliceRun(run, range.low, range.high));
  const old = new Map(range.old.map(({tile, bytes}) => [tile, bytes]));
  const rowOf = new Map<number, number>();
  range.facts.id.forEach((id, row) => {
    rowOf.set(id, row);
  });
  const done: EncodedTiles = {
    tile: [],
    end: [],
    bytes: new Uint8Array(0),
    features: [],
    segments: [],
    histogram: [],
    beyond: [],
    rung: [],
    whole: [],
  };
  const parts: Uint8Array[] = [];
  let at = 0;
  let zoom = 0;
  for (const tile of tilesOf(runs, old)) {
    while (tile >= firstTileId(zoom + 1)) zoom++;
    const features: HeatFeature[] = [];
    const before = old.get(tile);
    if (before) addOld(features, before, range, rowOf);
    for (const run of runs) addNew(features, run, tile, range.facts);
    // What stays and what is new may interleave; the sort is stable, so passes keep their order within a row.
    if (before) features.sort((a, b) => a.id - b.id);
    const bytes = encodeTile(tile, zoom, features, range, done);
    parts.push(bytes);
    at += bytes.length;
    done.end.push(at);
  }
  done.bytes = concatenated(parts, at);
  return done;
}

/** Adds the features of a packed tile whose rows stay. */
function addOld(
  features: HeatFeature[],
  packed: Uint8Array,
  {facts, removed}: EncodeRange,
  rowOf: Map<number, number>,
): void {
  for (const {id, again, geometry} of readHeatFeatures(gunzipSync(packed))) {
    const row = rowOf.get(id);
    if (row !== undefined && !removed.has(id)) features.push(makeFeature(facts, row, again, geometry));
  }
}

/** Adds the features that a run has next, as far as they are of the tile. */
function addNew(features: HeatFeature[], run: RunSlice, tile: number, facts: RowFacts): void {
  for (; run.next < run.stop && run.tile[run.next] === tile; run.next++) {
    const start = run.next === 0 ? 0 : run.end[run.next - 1];
    const geometry = run.bytes.subarray(start - run.offset, run.end[run.next] - run.offset);
    features.push(makeFeature(facts, run.row[run.next], run.again[run.next] === 1, geometry));
  }
}

/** The packed bytes of a tile, none where it has no features; puts what else is told of it into the columns of `done`. */
function encodeTile(
  tile: number,
  zoom: number,
  features: HeatFeature[],
  {maxZoom, budget, sampling, sampled}: EncodeRange,
  done: EncodedTiles,
): Uint8Array {
  done.tile.push(tile);
  done.features.push(features.length);
  if (features.length === 0) {
    done.segments.push(0);
    done.histogram.push(new Uint8Array(0));
    done.beyond.push(undefined);
    done.rung.push(0);
    done.whole.push(undefined);
    return new Uint8Array(0);
  }
  const whole = encodeHeatTile(features, extentOf(zoom, maxZoom));
  const packed = packTile(whole);
  const {bytes, rung, encoded} = reduceTile(whole, packed, features, zoom, maxZoom, budget);
  const decoded = decodeHeatTile(encoded);
  done.segments.push(decoded.segments.length / 4);
  done.histogram.push(tileHistogram(tile, zoom, decoded, sampling));
  done.beyond.push(sampled.has(tile) ? beyondHistogram(maxZoom, tile, decoded) : undefined);
  done.rung.push(rung);
  done.whole.push(rung === 0 ? undefined : packed);
  return bytes;
}

function makeFeature(
  {id, sport, day, unknownDay}: RowFacts,
  row: number,
  again: boolean,
  geometry: Uint8Array,
): HeatFeature {
  const date = day[row] === unknownDay ? undefined : day[row];
  return {id: id[row], n: 1, sport: sports[sport[row]], from: date, to: date, again, geometry};
}

type RunSlice = Omit<FeatureRun, 'bytes' | 'count'> & {
  next: number;
  stop: number;
  bytes: Uint8Array;
  /** Where `bytes` begins in the run's geometry. */
  offset: number;
};

/** The part of a run that a stretch of tiles needs; geometry that lies in a file is read. */
function sliceRun({tile, row, again, end, bytes}: FeatureRun, low: number, high: number): RunSlice {
  const next = lowerBound(tile, low);
  const stop = lowerBound(tile, high);
  const offset = next === 0 ? 0 : end[next - 1];
  const length = (stop === 0 ? 0 : end[stop - 1]) - offset;
  const geometry =
    bytes instanceof Uint8Array ? bytes.subarray(offset, offset + length) : readPart(bytes.file, offset, length);
  return {tile, row, again, end, next, stop, bytes: geometry, offset};
}

function readPart(path: string, offset: number, length: number): Uint8Array {
  const file = openSync(path, 'r');
  try {
    return readAt(file, offset, length, path);
  } finally {
    closeSync(file);
  }
}

/** All tile ids of some run slices and old tiles, rising, each once. */
function tilesOf(runs: RunSlice[], old: Map<number, Uint8Array>): number[] {
  const tiles = new Set(old.keys());
  for (const {tile, next, stop} of runs) {
    for (let i = next; i < stop; i++) if (i === next || tile[i] !== tile[i - 1]) tiles.add(tile[i]);
  }
  return [...tiles].sort((a, b) => a - b);
}

/** First place in rising values that is not below `value`. */
function lowerBound(values: Uint32Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function concatenated(parts: Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
