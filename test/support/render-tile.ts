import {rowIndex} from '../../core/activity-table.ts';
import type {HeatStyle} from '../../core/style.ts';
import type {HeatArchive} from '../../raster-fallback/archive.ts';
import {type DrawPlan, drawPlan} from '../../raster-fallback/draw-plan.ts';
import {keptTiles} from '../../raster-fallback/kept-tiles.ts';
import {type LoadedView, loadView} from '../../raster-fallback/load-view.ts';
import {encodePng8, transparentPng} from '../../raster-fallback/png.ts';
import {drawIndexed} from '../../raster-fallback/render.ts';
import {readView} from '../../raster-fallback/stored-view.ts';
import {type RasterView, type TileRequest, tileView, viewPixels} from '../../raster-fallback/view.ts';
import {drawPoolDefaults} from '../../raster-fallback/workers/draw-pool.ts';

/** The PNG of a raster tile, drawn here and now by the steps of a server and its workers. */
export async function renderTile(
  archive: HeatArchive,
  request: TileRequest,
  style: HeatStyle,
): Promise<Buffer<ArrayBufferLike>> {
  const view = tileView(request);
  const plan = drawPlan(archive, view, style);
  return drawPng(await readTiles(archive, view, plan), plan);
}

/** The tiles of a view of an archive, decoded; those that were used last are kept, as a worker keeps them. */
export async function readTiles(archive: HeatArchive, view: RasterView, plan: DrawPlan): Promise<LoadedView> {
  const {index, decode} = known.get(archive) ?? {
    index: rowIndex(archive.table),
    decode: keptTiles(drawPoolDefaults.cacheBytes),
  };
  known.set(archive, {index, decode});
  return loadView(await readView(archive, view, plan.kernel), plan.weights, index, decode);
}

/** Draws a view as PNG. */
export function drawPng(loaded: LoadedView, plan: DrawPlan): Buffer<ArrayBufferLike> {
  const picture = drawIndexed(loaded, plan);
  if (picture) return encodePng8(picture.scanlines, picture.width, picture.height, picture.palette);
  const {width, height} = viewPixels(loaded.view);
  return transparentPng(width, height);
}

const known = new WeakMap<HeatArchive, {index: Map<number, number>; decode: ReturnType<typeof keptTiles>}>();
