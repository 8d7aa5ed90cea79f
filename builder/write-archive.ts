import {type ActivityTable, encodeActivityTable, unknownDay} from '../core/activity-table.ts';
import {unprojectX, unprojectY} from '../core/mercator.ts';
import type {TrackheatMetadata} from '../core/metadata.ts';
import {layerName, schemaVersion} from '../core/schema.ts';
import {sportIndex, sports} from '../core/sports.ts';
import {firstTileId, tileOfId} from '../core/tile-id.ts';
import {ArchiveWriter, type WrittenArchive} from './archive-writer.ts';
import type {FeatureRun} from './cut/pieces.ts';
import {localDay} from './describe.ts';
import type {Library, StoredActivity} from './library.ts';
import {addHistograms, emptyHistograms, quantiles} from './quantiles.ts';
import type {RowFacts} from './row-facts.ts';
import type {Pool} from './workers/pool.ts';

/** How an archive is cut and written. */
export type ArchiveOptions = {maxZoom: number};

/** Encoded tracks that go to a worker at once, bytes: large enough to be worth the way, small enough to spread well. */
const batchBytes = 1 << 20;

/** Packed geometry that one encoding task takes, bytes. */
const rangeBytes = 2 << 20;

/** The centre of an archive is the tile with the most segments at this zoom, shown at `centerZoom`. */
const densestZoom = 13;
const centerZoom = 11;

/** Busiest tiles of maxZoom by which the zooms beyond it are measured. */
const beyondTiles = 200;

/** Writes the archive of a library's active activities: table → cut → encode → archive. */
export async function writeArchive(
  library: Library,
  pool: Pool,
  archivePath: string,
  {maxZoom}: ArchiveOptions,
  progress: (phase: 'cut' | 'encode', done: number, total: number) => void,
): Promise<WrittenArchive> {
  const rows: StoredActivity[] = [];
  const runs = await cutAll(library, pool, maxZoom, rows, progress);
  const facts = rowFacts(rows);
  const writer = new ArchiveWriter(archivePath);
  try {
    const histograms = emptyHistograms();
    const busiest: Busy[] = [];
    let densest = {tile: -1, segments: 0};
    let lines = 0;
    const home = firstTileId(Math.min(densestZoom, maxZoom));
    const afterHome = firstTileId(Math.min(densestZoom, maxZoom) + 1);
    const ranges = tileRanges(runs);
    let done = 0;
    const inputOf = ([low, high]: [number, number]) => ({low, high, maxZoom, runs, facts});
    for await (const [, encoded] of pool.map('encodeTiles', ranges, inputOf)) {
      addHistograms(histograms, encoded.histograms);
      encoded.tile.forEach((tile, i) => {
        const bytes = encoded.bytes.subarray(i === 0 ? 0 : encoded.end[i - 1], encoded.end[i]);
        const segments = encoded.segments[i];
        writer.add(tile, bytes);
        if (tile >= firstTileId(maxZoom)) busiest.push({tile, segments, bytes});
        if (tile >= home && tile < afterHome && segments > densest.segments) densest = {tile, segments};
      });
      keepBusiest(busiest, beyondTiles * 4);
      progress('encode', ++done, ranges.length);
    }
    keepBusiest(busiest, beyondTiles);
    addHistograms(histograms, await beyond(pool, maxZoom, busiest));
    for (const run of runs) lines += run.count;
    const bounds = paddedBounds(library.bounds());
    return writer.finish({
      bounds,
      center: center(densest.tile, bounds, maxZoom),
      maxZoom,
      metadata: metadata(library, rows, maxZoom, bounds, quantiles(histograms), lines),
    });
  } catch (error) {
    writer.abort();
    throw error;
  }
}

/** Cuts all activities in batches; the runs come in the order of the activities, which `rows` collects without tracks. */
async function cutAll(
  library: Library,
  pool: Pool,
  maxZoom: number,
  rows: StoredActivity[],
  progress: (phase: 'cut', done: number, total: number) => void,
): Promise<FeatureRun[]> {
  const runs: FeatureRun[] = [];
  const total = library.activeCount();
  let done = 0;
  for await (const [batch, run] of pool.map('cutBatch', batches(library, rows), (batch) => ({maxZoom, ...batch}))) {
    runs.push(run);
    done += batch.rows.length;
    progress('cut', done, total);
  }
  return runs;
}

function* batches(library: Library, rows: StoredActivity[]): Generator<{rows: number[]; tracks: Uint8Array[]}> {
  let batch: {rows: number[]; tracks: Uint8Array[]} = {rows: [], tracks: []};
  let bytes = 0;
  for (const activity of library.activities()) {
    batch.rows.push(rows.length);
    batch.tracks.push(activity.tracks);
    bytes += activity.tracks.length;
    rows.push({...activity, tracks: new Uint8Array(0)});
    if (bytes < batchBytes) continue;
    yield batch;
    batch = {rows: [], tracks: []};
    bytes = 0;
  }
  if (batch.rows.length > 0) yield batch;
}

function rowFacts(rows: StoredActivity[]): RowFacts {
  const shared = (bytes: number) => new SharedArrayBuffer(bytes * rows.length);
  const facts = {
    id: new Float64Array(shared(8)),
    sport: new Uint8Array(shared(1)),
    day: new Int32Array(shared(4)),
    unknownDay,
  };
  rows.forEach((row, i) => {
    facts.id[i] = row.number;
    facts.sport[i] = sportIndex(row.sport);
    facts.day[i] = localDay(row) ?? unknownDay;
  });
  return facts;
}

/** Stretches of tile ids with about as many bytes of features each, in rising order. */
function tileRanges(runs: FeatureRun[]): [low: number, high: number][] {
  const sizes = new Map<number, number>();
  for (const {count, tile, end} of runs) {
    for (let i = 0; i < count; i++) {
      sizes.set(tile[i], (sizes.get(tile[i]) ?? 0) + end[i] - (i === 0 ? 0 : end[i - 1]));
    }
  }
  const ranges: [number, number][] = [];
  let bytes = 0;
  let low = 0;
  const tiles = [...sizes.keys()].sort((a, b) => a - b);
  for (const tile of tiles) {
    bytes += sizes.get(tile) as number;
    if (bytes < rangeBytes) continue;
    ranges.push([low, tile + 1]);
    low = tile + 1;
    bytes = 0;
  }
  if (bytes > 0) ranges.push([low, (tiles.at(-1) as number) + 1]);
  return ranges;
}

type Busy = {tile: number; segments: number; bytes: Uint8Array};

function keepBusiest(tiles: Busy[], count: number): void {
  if (tiles.length <= count) return;
  tiles.sort((a, b) => b.segments - a.segments || a.tile - b.tile);
  tiles.length = count;
  // The others' bytes are views into larger buffers, which would stay alive with them.
  for (const tile of tiles) if (tile.bytes.buffer.byteLength > tile.bytes.length) tile.bytes = tile.bytes.slice();
}

async function beyond(pool: Pool, maxZoom: number, busiest: Busy[]): Promise<Float64Array> {
  const histograms = emptyHistograms();
  const tasks: {bytes: Uint8Array; place: number}[][] = [];
  busiest
    .sort((a, b) => b.segments - a.segments || a.tile - b.tile)
    .forEach(({bytes}, place) => {
      if (place % 25 === 0) tasks.push([]);
      tasks[tasks.length - 1].push({bytes, place});
    });
  for await (const [, measured] of pool.map('measureBeyond', tasks, (tiles) => ({maxZoom, tiles}))) {
    addHistograms(histograms, measured.histograms);
  }
  return histograms;
}

/** Bounds with an area, as PMTiles wants them, also where all points are one place or there are none. */
function paddedBounds(bounds: [number, number, number, number] | undefined): [number, number, number, number] {
  if (!bounds) return [-180, -85, 180, 85];
  const [west, south, east, north] = bounds;
  const pad = 1e-4;
  return [Math.max(-180, west - pad), Math.max(-90, south - pad), Math.min(180, east + pad), Math.min(90, north + pad)];
}

/** Longitude, latitude and zoom of the centre: the densest tile, with its surroundings. */
function center(
  tile: number,
  [west, south, east, north]: [number, number, number, number],
  maxZoom: number,
): [number, number, number] {
  if (tile < 0) return [(west + east) / 2, (south + north) / 2, 0];
  const [z, x, y] = tileOfId(tile);
  return [unprojectX((x + 0.5) / 2 ** z), unprojectY((y + 0.5) / 2 ** z), Math.min(centerZoom, maxZoom)];
}

function metadata(
  library: Library,
  rows: StoredActivity[],
  maxZoom: number,
  bounds: [number, number, number, number],
  table: number[][],
  lines: number,
): object {
  const newest = library.newestImport();
  const trackheat: TrackheatMetadata = {
    schema: schemaVersion,
    detail: 'activity',
    sports: [...sports],
    activities: encodeActivityTable(activityTable(rows)),
    quantiles: table,
    bounds,
    counts: {activities: rows.length, lines, points: rows.reduce((sum, row) => sum + row.points, 0)},
    imported: newest === undefined ? '' : new Date(newest).toISOString(),
  };
  return {
    name: 'Trackheat',
    description: 'Density lines of GPS activities',
    type: 'overlay',
    format: 'pbf',
    vector_layers: [
      {
        id: layerName,
        description: 'Where activities went: each line stands for n activities',
        minzoom: 0,
        maxzoom: maxZoom,
        fields: {n: 'Number', sport: 'String', from: 'Number', to: 'Number', again: 'Number'},
      },
    ],
    trackheat,
  };
}

function activityTable(rows: StoredActivity[]): ActivityTable {
  const day = Int32Array.from(rows, (row) => localDay(row) ?? unknownDay);
  return {
    count: rows.length,
    id: Float64Array.from(rows, (row) => row.number),
    sport: Uint8Array.from(rows, (row) => sportIndex(row.sport)),
    from: day,
    to: day,
    activities: new Float64Array(rows.length).fill(1),
    details: {
      startMinute: Float64Array.from(rows, localMinute),
      distance: Float64Array.from(rows, (row) => row.distance),
      moving: Float64Array.from(rows, (row) => row.moving),
      ascent: Float64Array.from(rows, (row) => row.ascent),
      commute: Uint8Array.from(rows, (row) => (row.commute ? 1 : 0)),
      gear: rows.map((row) => row.gear),
      name: rows.map((row) => row.name),
    },
  };
}

/** Minute of the local day at the start. */
function localMinute({start, offsetMinutes}: StoredActivity): number {
  const minutes = Math.floor(start / 60_000) + offsetMinutes;
  return ((minutes % 1440) + 1440) % 1440;
}
