import {gzipSync} from 'node:zlib';
import {decodeHeatTile, encodeHeatTile, type HeatFeature} from '../core/heat-tile.ts';
import {extentOf} from '../core/schema.ts';
import {sports} from '../core/sports.ts';
import {firstTileId} from '../core/tile-id.ts';
import type {FeatureRun} from './cut/pieces.ts';
import {addHeat, emptyHistograms} from './quantiles.ts';
import type {RowFacts} from './row-facts.ts';

/** A stretch of tile ids to encode: `low` up to but without `high`, from the features of all runs. */
export type EncodeRange = {low: number; high: number; maxZoom: number; runs: FeatureRun[]; facts: RowFacts};

/** Encoded tiles in tile-id order: tile i has the bytes up to `end[i]`, and `segments[i]` segments. */
export type EncodedTiles = {
  tile: Float64Array;
  end: Uint32Array;
  segments: Uint32Array;
  bytes: Uint8Array;
  /** Counts of heat by zoom and bin, see quantiles.ts. */
  histograms: Float64Array;
};

/**
 * Puts the features of each tile together, over all runs in their order (which is that of the rows), and encodes and packs
 * the tile. Tiles are canonical: they do not depend on how features were spread over runs.
 */
export function encodeTiles({low, high, maxZoom, runs, facts}: EncodeRange): EncodedTiles {
  const next = runs.map((run) => lowerBound(run.tile, low));
  const tiles: number[] = [];
  const ends: number[] = [];
  const segments: number[] = [];
  const parts: Uint8Array[] = [];
  const histograms = emptyHistograms();
  let at = 0;
  let zoom = 0;
  for (;;) {
    let tile = high;
    for (let r = 0; r < runs.length; r++) {
      if (next[r] < runs[r].count && runs[r].tile[next[r]] < tile) tile = runs[r].tile[next[r]];
    }
    if (tile === high) break;
    const features: HeatFeature[] = [];
    for (let r = 0; r < runs.length; r++) {
      for (; next[r] < runs[r].count && runs[r].tile[next[r]] === tile; next[r]++) {
        features.push(feature(runs[r], next[r], facts));
      }
    }
    while (tile >= firstTileId(zoom + 1)) zoom++;
    const encoded = encodeHeatTile(features, extentOf(zoom, maxZoom));
    const packed = gzipSync(encoded, {level: 6});
    const decoded = decodeHeatTile(encoded);
    addHeat(histograms, zoom, decoded);
    tiles.push(tile);
    segments.push(decoded.segments.length / 4);
    parts.push(packed);
    at += packed.length;
    ends.push(at);
  }
  return {
    tile: Float64Array.from(tiles),
    end: Uint32Array.from(ends),
    segments: Uint32Array.from(segments),
    bytes: concatenated(parts, at),
    histograms,
  };
}

function feature(run: FeatureRun, i: number, {id, sport, day, unknownDay}: RowFacts): HeatFeature {
  const row = run.row[i];
  const date = day[row] === unknownDay ? undefined : day[row];
  return {
    id: id[row],
    n: 1,
    sport: sports[sport[row]],
    from: date,
    to: date,
    again: run.again[i] === 1,
    geometry: run.bytes.subarray(i === 0 ? 0 : run.end[i - 1], run.end[i]),
  };
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
