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
  /** Features and segments of each tile as it is written. */
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
  const features = featuresByTile(range);
  for (const tile of [...features.keys()].sort((a, b) => a - b)) {
    while (tile >= firstTileId(zoom + 1)) zoom++;
    const bytes = encodeTile(tile, zoom, features.get(tile) as HeatFeature[], range, done);
    parts.push(bytes);
    at += bytes.length;
    done.end.push(at);
  }
  done.bytes = concatenated(parts, at);
  return done;
}

/** The features of all tiles that there is something new of, by row: those that stay, and those of all runs. */
function featuresByTile(range: EncodeRange): Map<number, HeatFeature[]> {
  const found = new Map<number, HeatFeature[]>();
  addOld(found, range);
  for (const run of range.runs) addNew(found, run, range);
  // What stays and what is new may interleave; the sort is stable, so passes keep their order within a row.
  for (const {tile} of range.old) found.get(tile)?.sort((a, b) => a.id - b.id);
  return found;
}

/** Adds the features of packed tiles whose rows stay. */
function addOld(found: Map<number, HeatFeature[]>, {old, facts, removed}: EncodeRange): void {
  if (old.length === 0) return;
  const rowOf = new Map<number, number>();
  facts.id.forEach((id, row) => {
    rowOf.set(id, row);
  });
  for (const {tile, bytes} of old) {
    const features: HeatFeature[] = [];
    for (const {id, again, geometry} of readHeatFeatures(gunzipSync(bytes))) {
      const row = rowOf.get(id);
      if (row !== undefined && !removed.has(id)) features.push(makeFeature(facts, row, again, geometry));
    }
    found.set(tile, features);
  }
}

/** Adds the features that a run has in the stretch of tiles. */
function addNew(found: Map<number, HeatFeature[]>, run: FeatureRun, {low, high, facts}: EncodeRange): void {
  const from = lowerBound(run.tile, low);
  const to = lowerBound(run.tile, high);
  const offset = from === 0 ? 0 : run.end[from - 1];
  const bytes = geometryOf(run, offset, (to === 0 ? 0 : run.end[to - 1]) - offset);
  let features: HeatFeature[] = [];
  for (let i = from, start = 0; i < to; i++) {
    if (i === from || run.tile[i] !== run.tile[i - 1]) {
      features = found.get(run.tile[i]) ?? [];
      found.set(run.tile[i], features);
    }
    const end = run.end[i] - offset;
    features.push(makeFeature(facts, run.row[i], run.again[i] === 1, bytes.subarray(start, end)));
    start = end;
  }
}

/** Part of a run's geometry, read where that lies in a file. */
function geometryOf({bytes}: FeatureRun, offset: number, length: number): Uint8Array {
  if (bytes instanceof Uint8Array) return bytes.subarray(offset, offset + length);
  const file = openSync(bytes.file, 'r');
  try {
    return readAt(file, offset, length, bytes.file);
  } finally {
    closeSync(file);
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
  if (features.length === 0) {
    done.features.push(0);
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
  done.features.push(decoded.features.count);
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
