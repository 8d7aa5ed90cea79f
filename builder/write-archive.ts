import {schemaVersion} from '../core/schema.ts';
import {firstTileId, tileOfId} from '../core/tile-id.ts';
import {center, metadata, paddedBounds} from './archive-metadata.ts';
import {ArchiveReader} from './archive-reader.ts';
import {type Row, readRows, rowBounds, rowFacts} from './archive-rows.ts';
import {ArchiveState, type TileState} from './archive-state.ts';
import {ArchiveWriter, type WrittenArchive} from './archive-writer.ts';
import type {FeatureRun} from './cut/pieces.ts';
import {cutVersion} from './cut.ts';
import type {EncodedTiles} from './encode-tiles.ts';
import type {Library} from './library.ts';
import {namedError} from './named-error.ts';
import {decodeNumbers, differences, encodeNumbers, sums} from './numbers.ts';
import {OldTiles} from './old-tiles.ts';
import {packingVersion} from './pack-tile.ts';
import {cutActivity, privacyOf} from './privacy/cut-activity.ts';
import {addHistogram, emptyHistograms, quantiles, quantilesVersion, sampleTiles, samplingOf} from './quantiles.ts';
import {reductionVersion, rungName} from './reduce-tile.ts';
import {Spill} from './spill.ts';
import {isBrief, type TileRange, tileRanges, updateRanges} from './tile-ranges.ts';
import type {Pool} from './workers/pool.ts';

/** How an archive is cut and written. */
export type ArchiveOptions = {
  maxZoom: number;
  /** Largest packed tile, bytes. */
  budget: number;
  /** Cut lines beyond so many bytes wait in a file until they are encoded. */
  spillBytes: number;
};

/** An archive that was written or brought up to date, and the tiles that the budget took something from. */
export type ArchiveReport = WrittenArchive & {
  /** Tiles that were encoded anew; the others were copied. */
  encoded: number;
  reduced: {tile: string; rung: string}[];
};

/** Encoded tracks that go to a worker at once, bytes: large enough to be worth the way, small enough to spread well. */
const batchBytes = 1 << 20;

/** Tiles that one task measures for the zooms beyond maxZoom: few, so that an update's are shared by the workers. */
const measuredAtOnce = 4;

/** Where more than this share of the rows changed, the archive is written from nothing: reading the old one costs more. */
const rebuildShare = 0.3;

type Progress = (phase: 'cut' | 'encode', done: number, total: number) => void;

/**
 * Brings the archive of a library's active activities up to date: table of what privacy leaves → cut what is new → encode the
 * tiles that it touches → copy the others → quantiles → archive. Its bytes are those of an archive written from nothing.
 */
export async function writeArchive(
  library: Library,
  pool: Pool,
  data: string,
  file: string,
  options: ArchiveOptions,
  progress: Progress,
): Promise<ArchiveReport> {
  // Before the one transaction of the update: what privacy leaves of the rows is remembered in a transaction of its own.
  const rows = readRows(library);
  const sampling = samplingOf(rows.length);
  const madeWith = `${optionsKey(options)}, ${sampling}`;
  const state = new ArchiveState(data);
  const spill = new Spill(data, options.spillBytes);
  let old: ArchiveReader | undefined;
  let writer: ArchiveWriter | undefined;
  try {
    state.begin();
    old = openOld(file, state, madeWith);
    let changes = findChanges(rows, state, old);
    if (changes.added.size + changes.removed.length > rows.length * rebuildShare) {
      old?.close();
      old = undefined;
      changes = {added: new Set(rows.map(({number}) => number)), removed: []};
    }
    if (!old) state.clear();
    const facts = rowFacts(rows);
    const runs = await cutRows(library, pool, options.maxZoom, rows, changes.added, spill, progress);
    const touched = touchedTiles(runs, changes.removed, state);
    for (const number of changes.removed) state.removeRow(number);
    state.putRows(rowStates(rows, changes.added, runs));
    writer = new ArchiveWriter(file);
    const copied = new OldTiles(old, new Set(touched.keys()));
    const sampled = state.sampledTiles();
    const ranges = old ? updateRanges(touched, old, state.rungs()) : tileRanges(touched);
    let done = 0;
    const inputOf = ({low, high}: TileRange) => ({
      low,
      high,
      maxZoom: options.maxZoom,
      budget: options.budget,
      sampling,
      runs,
      facts,
      old: old ? wholeTiles(old, state, touched, low, high) : [],
      removed: new Set(changes.removed),
      sampled: new Set(sampled.filter((tile) => tile >= low && tile < high)),
    });
    const encodings = isBrief(ranges)
      ? pool.mapCostliestFirst('encodeTiles', ranges, inputOf, ({cost}) => cost)
      : pool.map('encodeTiles', ranges, inputOf);
    for await (const [, encoded] of encodings) {
      addTiles(encoded, copied, writer, state);
      progress('encode', ++done, ranges.length);
    }
    copied.copyUpTo(Number.POSITIVE_INFINITY, writer);
    const tiles = state.tiles();
    const histograms = emptyHistograms();
    for (const {tile, histogram} of tiles) addHistogram(histograms, tileOfId(tile)[0], histogram);
    const beyond = await measuredBeyond(pool, state, tiles, options.maxZoom, writer);
    const bounds = paddedBounds(rowBounds(rows));
    const written = writer.finish({
      bounds,
      center: center(tiles, bounds, options.maxZoom),
      maxZoom: options.maxZoom,
      metadata: metadata(library, rows, tiles, options.maxZoom, bounds, quantiles(histograms, beyond, options.maxZoom)),
    });
    const fresh = new ArchiveReader(file);
    fresh.close();
    state.setWord('fingerprint', fresh.fingerprint);
    state.setWord('options', madeWith);
    state.commit();
    return {...written, encoded: touched.size, reduced: reducedTiles(tiles, options.maxZoom)};
  } catch (error) {
    writer?.abort();
    state.rollback();
    throw namedError(data, error);
  } finally {
    old?.close();
    state.close();
    spill.close();
  }
}

/** The archive that is there, where it is the one that the library remembers and was made with the same options. */
function openOld(file: string, state: ArchiveState, madeWith: string): ArchiveReader | undefined {
  if (state.word('options') !== madeWith) return undefined;
  let old: ArchiveReader;
  try {
    old = new ArchiveReader(file);
  } catch {
    // Gone or damaged: it is written anew.
    return undefined;
  }
  if (old.fingerprint === state.word('fingerprint')) return old;
  old.close();
  return undefined;
}

/** What changes the bytes of tiles, or what is remembered of them. */
export function optionsKey({maxZoom, budget}: Pick<ArchiveOptions, 'maxZoom' | 'budget'>): string {
  const versions = `schema ${schemaVersion}, cut ${cutVersion}, quantiles ${quantilesVersion}, reduction ${reductionVersion}, packing ${packingVersion}`;
  return `${versions}, zoom ${maxZoom}, budget ${budget}, Node ${process.version}`;
}

type Changes = {added: Set<number>; removed: number[]};

/** Rows (numbers) that are new, and rows that are gone; a row that changed is both. */
function findChanges(rows: Row[], state: ArchiveState, old: ArchiveReader | undefined): Changes {
  const before = old ? state.rowKeys() : new Map<number, string>();
  const now = new Map(rows.map(({number, key}) => [number, key]));
  return {
    added: new Set(rows.filter(({number, key}) => before.get(number) !== key).map(({number}) => number)),
    removed: [...before].filter(([number, key]) => now.get(number) !== key).map(([number]) => number),
  };
}

/** Cuts the added activities in batches; the runs come in the order of the activities. A feature's row is a dense index. */
async function cutRows(
  library: Library,
  pool: Pool,
  maxZoom: number,
  rows: Row[],
  added: Set<number>,
  spill: Spill,
  progress: Progress,
): Promise<FeatureRun[]> {
  const runs: FeatureRun[] = [];
  let done = 0;
  const inputOf = (batch: Batch) => ({maxZoom, ...batch});
  for await (const [batch, run] of pool.map('cutBatch', batches(library, rows, added), inputOf)) {
    runs.push(spill.add(run));
    done += batch.rows.length;
    progress('cut', done, added.size);
  }
  return runs;
}

type Batch = {rows: number[]; tracks: Uint8Array[]};

/** The tracks of added rows as they leave the library. */
function* batches(library: Library, rows: Row[], added: Set<number>): Generator<Batch> {
  let batch: Batch = {rows: [], tracks: []};
  let bytes = 0;
  const privacy = privacyOf(library);
  for (const [row, {number}] of rows.entries()) {
    if (!added.has(number)) continue;
    const whole = library.activity(number);
    if (!whole) throw new Error('the library was changed while the archive was written: run it again');
    const left = cutActivity(whole, privacy);
    if (!left) continue;
    batch.rows.push(row);
    batch.tracks.push(left.tracks);
    bytes += left.tracks.length;
    if (bytes < batchBytes) continue;
    yield batch;
    batch = {rows: [], tracks: []};
    bytes = 0;
  }
  if (batch.rows.length > 0) yield batch;
}

/** What a feature is to an encoding worker beside its geometry, bytes: far out they are many and short. */
const featureBytes = 64;

/** About what the new features take, bytes by tile, for all tiles that an update touches. */
function touchedTiles(runs: FeatureRun[], removed: number[], state: ArchiveState): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const number of removed) for (const tile of sums(decodeNumbers(state.tilesOf(number)))) sizes.set(tile, 1);
  for (const {count, tile, end} of runs) {
    for (let i = 0; i < count; i++) {
      const size = featureBytes + end[i] - (i === 0 ? 0 : end[i - 1]);
      sizes.set(tile[i], (sizes.get(tile[i]) ?? 0) + size);
    }
  }
  return sizes;
}

/** The rows that were cut, with the tiles that each is in. */
function* rowStates(rows: Row[], added: Set<number>, runs: FeatureRun[]) {
  const tilesOf = new Map<number, number[]>();
  for (const {count, tile, row} of runs) {
    for (let i = 0; i < count; i++) {
      const tiles = tilesOf.get(row[i]);
      if (!tiles) tilesOf.set(row[i], [tile[i]]);
      else if (tiles[tiles.length - 1] !== tile[i]) tiles.push(tile[i]);
    }
  }
  for (const [row, {number, key}] of rows.entries()) {
    if (added.has(number)) yield {number, key, tiles: encodeNumbers(differences(tilesOf.get(row) ?? []))};
  }
}

/** The whole packed bytes of the old archive's tiles in a stretch that an update touches. */
function wholeTiles(
  old: ArchiveReader,
  state: ArchiveState,
  touched: Map<number, number>,
  low: number,
  high: number,
): {tile: number; bytes: Uint8Array}[] {
  const found: {tile: number; bytes: Uint8Array}[] = [];
  for (const entry of old.entries) {
    if (entry.tileId >= high) break;
    for (let tile = Math.max(low, entry.tileId); tile < Math.min(high, entry.tileId + entry.runLength); tile++) {
      if (touched.has(tile)) found.push({tile, bytes: state.wholeTile(tile) ?? old.tileBytes(entry)});
    }
  }
  return found;
}

/** Puts encoded tiles, and the old ones between them, into the new archive and the library's memory of it. */
function addTiles(encoded: EncodedTiles, copied: OldTiles, writer: ArchiveWriter, state: ArchiveState): void {
  const states: (TileState & {whole: Uint8Array | undefined})[] = [];
  encoded.tile.forEach((tile, i) => {
    copied.copyUpTo(tile, writer);
    const bytes = encoded.bytes.subarray(i === 0 ? 0 : encoded.end[i - 1], encoded.end[i]);
    if (bytes.length === 0) {
      state.removeTile(tile);
      return;
    }
    writer.add(tile, bytes);
    states.push({
      tile,
      features: encoded.features[i],
      segments: encoded.segments[i],
      histogram: encoded.histogram[i],
      beyond: encoded.beyond[i],
      rung: encoded.rung[i],
      whole: encoded.whole[i],
    });
  });
  state.putTiles(states);
}

/** Counts of heat at maxZoom and beyond in a sample of its tiles; those that are not known yet are measured. */
async function measuredBeyond(
  pool: Pool,
  state: ArchiveState,
  tiles: TileState[],
  maxZoom: number,
  writer: ArchiveWriter,
): Promise<Float64Array> {
  const sample = sampleTiles(tiles.filter(({tile}) => tile >= firstTileId(maxZoom)));
  const unknown = sample.map(({each}) => each).filter(({beyond}) => beyond === undefined);
  const parts = Array.from({length: Math.ceil(unknown.length / measuredAtOnce)}, (_, i) =>
    unknown.slice(i * measuredAtOnce, (i + 1) * measuredAtOnce),
  );
  const inputOf = (part: TileState[]) => ({
    maxZoom,
    tiles: part.map(({tile}) => ({tile, bytes: writer.tileBytes(tile)})),
  });
  for await (const [part, {counts}] of pool.map('measureBeyond', parts, inputOf)) {
    part.forEach((each, i) => {
      each.beyond = counts[i];
      state.setBeyond(each.tile, counts[i]);
    });
  }
  const histograms = emptyHistograms();
  for (const {each, weight} of sample) if (each.beyond) addHistogram(histograms, maxZoom, each.beyond, weight);
  return histograms;
}

function reducedTiles(tiles: TileState[], maxZoom: number): {tile: string; rung: string}[] {
  return tiles
    .filter(({rung}) => rung > 0)
    .map(({tile, rung}) => {
      const [z, x, y] = tileOfId(tile);
      return {tile: `${z}/${x}/${y}`, rung: rungName(rung, z, maxZoom)};
    });
}
