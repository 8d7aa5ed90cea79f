import {formatStyle, type HeatStyle} from '../../core/style.ts';
import {tileOfId} from '../../core/tile-id.ts';
import type {HeatArchive} from '../archive.ts';
import {scalePlan} from '../draw-plan.ts';
import {drawingVersion} from '../render.ts';
import {readView} from '../stored-view.ts';
import {tileView} from '../view.ts';
import type {DrawPool} from '../workers/draw-pool.ts';
import {occupiedTiles, type TileSelection} from './occupied-tiles.ts';
import type {TileSink} from './tile-sink.ts';

/** What is exported. */
export type TileExport = {
  archive: HeatArchive;
  style: HeatStyle;
  selection: TileSelection;
  image: 'png' | 'webp';
  /** Ids of the tiles that may show something, rising. */
  tiles: Float64Array;
  /** Changes with everything that decides what the export holds. */
  key: string;
};

/** Tiles drawn to see how large they get. */
const samples = 600;

/** Tiles between two commits. */
const commitTiles = 1000;

/** Finds the tiles of an export. */
export async function planExport(
  archive: HeatArchive,
  style: HeatStyle,
  selection: TileSelection,
  image: 'png' | 'webp',
): Promise<TileExport> {
  const tiles = await occupiedTiles(archive, selection, style);
  const key = JSON.stringify([drawingVersion, archive.identity, formatStyle(style), selection, image, tiles.length]);
  return {archive, style, selection, image, tiles, key};
}

/** Estimates how many tiles an export will hold, and their bytes, by drawing some at each zoom. */
export async function estimateExport(plan: TileExport, pool: DrawPool): Promise<{tiles: number; bytes: number}> {
  const zooms = new Map<number, {first: number; count: number}>();
  plan.tiles.forEach((id, i) => {
    const [zoom] = tileOfId(id);
    const found = zooms.get(zoom);
    if (found) found.count++;
    else zooms.set(zoom, {first: i, count: 1});
  });
  const each = Math.ceil(samples / Math.max(1, zooms.size));
  const estimate = {tiles: 0, bytes: 0};
  for (const {first, count} of zooms.values()) {
    const taken = Math.min(each, count);
    const drawn = await Promise.all(
      Array.from({length: taken}, (_, i) => draw(plan, pool, first + Math.floor(((i + 0.5) * count) / taken))),
    );
    const shown = drawn.flatMap((picture) => (picture ? [picture.length] : []));
    estimate.tiles += Math.round((shown.length / taken) * count);
    estimate.bytes += Math.round((shown.reduce((sum, bytes) => sum + bytes, 0) / taken) * count);
  }
  return estimate;
}

/**
 * Draws an export's tiles on all workers and gives those that show something to a sink, in order. Goes on where the sink
 * left off. Where the signal aborts it stops at once, and keeps what is done. Returns how many tiles of the plan are done.
 */
export async function exportTiles(
  plan: TileExport,
  pool: DrawPool,
  sink: TileSink,
  onProgress: (done: number) => void,
  signal?: AbortSignal,
): Promise<number> {
  const {tiles} = plan;
  const ahead: Promise<Uint8Array | undefined>[] = [];
  let next = sink.done;
  let done = sink.done;
  while (done < tiles.length && !signal?.aborted) {
    while (next < tiles.length && ahead.length < pool.size * 8) {
      const picture = draw(plan, pool, next++);
      // A rejection is thrown where its turn comes; until then it must not count as unhandled.
      picture.catch(() => undefined);
      ahead.push(picture);
    }
    const picture = await ahead.shift();
    if (picture) sink.add(tiles[done], picture);
    done++;
    if (done % commitTiles === 0) sink.commit(done);
    onProgress(done);
  }
  await Promise.allSettled(ahead);
  sink.commit(done);
  return done;
}

async function draw(
  {archive, style, selection: {size, ratio}, image, tiles}: TileExport,
  pool: DrawPool,
  index: number,
): Promise<Uint8Array | undefined> {
  const [z, x, y] = tileOfId(tiles[index]);
  const view = tileView({z, x, y, size, ratio});
  const {kernel} = scalePlan(archive, view, style);
  const stored = await readView(archive, view, kernel);
  if (stored.tiles.length === 0) return undefined;
  return (await pool.draw(archive, stored, formatStyle(style), image)).bytes;
}
