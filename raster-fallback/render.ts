import {blockShift, type HeatCanvas} from '../core/heat/canvas.ts';
import {forEachRun} from '../core/heat/runs.ts';
import {type ToneTable, toneIndices} from '../core/heat/tone-table.ts';
import type {DrawPlan} from './draw-plan.ts';
import {heatRaster} from './heat-raster.ts';
import type {LoadedView} from './load-view.ts';
import {viewPixels} from './view.ts';

/**
 * Raised when tiles become another picture by the same numbers of a plan: by other arithmetic in core/heat or here, or as another
 * kind of file. Pictures that somebody keeps by their tag are asked for anew then.
 */
export const drawingVersion = 1;

/** A drawn view: palette indices, row by row, each row after a byte 0 (as PNG wants them), good until the next is drawn. */
export type IndexedPicture = {
  width: number;
  height: number;
  scanlines: Uint8Array;
  /** Straight RGBA of the indices from 0 to the largest that occurs. */
  palette: Uint8Array;
};

/** Draws a loaded view; undefined where nothing in it is visible. */
export function drawIndexed({view, tiles}: LoadedView, plan: DrawPlan): IndexedPicture | undefined {
  const {width, height} = viewPixels(view);
  const canvas = tiles.length > 0 ? heatRaster(tiles, width, height, plan.kernel, plan.weights) : undefined;
  if (!canvas) return undefined;
  const most = toneScanlines(canvas, plan.table);
  if (most === 0) return undefined;
  return {width, height, scanlines, palette: plan.palette.subarray(0, (most + 1) * 4)};
}

/** Fills `scanlines` with the palette indices of a canvas's heat, a byte 0 before each row; returns the largest. */
function toneScanlines({width, height, heat, lit}: HeatCanvas, table: ToneTable): number {
  const length = (width + 1) * height;
  if (scanlines.length === length) scanlines.fill(0);
  else scanlines = new Uint8Array(length);
  const bits = new Int32Array(heat.buffer);
  let most = 0;
  forEachRun(lit, width >> blockShift, 0, height >> blockShift, (row, first, end) => {
    const x = first << blockShift;
    const count = (end - first) << blockShift;
    for (let y = row << blockShift; y < (row + 1) << blockShift; y++) {
      most = toneIndices(bits, y * width + x, count, table, scanlines, y * (width + 1) + 1 + x, most);
    }
  });
  return most;
}

/** Kept from picture to picture: a fresh one each time is a tenth of the work of drawing. */
let scanlines = new Uint8Array(0);
