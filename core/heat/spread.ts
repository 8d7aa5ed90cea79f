import {blurCoarse} from './blur-coarse.ts';
import {blurFine} from './blur-fine.ts';
import {blockShift, type HeatCanvas} from './canvas.ts';
import {clearPatches, gatherLines} from './gather.ts';
import type {HeatKernel} from './kernel.ts';
import {forEachRun} from './runs.ts';

/**
 * Turns what was accumulated into the heat of the picture, which it returns (the canvas's own array, good until the
 * next call), and empties the canvas for the next picture. `kernel` must be of the margin and sampling that the canvas
 * was made for.
 */
export function spreadHeat(canvas: HeatCanvas, kernel: HeatKernel): Float32Array<ArrayBuffer> {
  const {width, height, heat, lit, across, patches, sums} = canvas;
  forEachRun(lit, width >> blockShift, 0, height >> blockShift, (row, first, end) => {
    for (let y = row << blockShift; y < (row + 1) << blockShift; y++) {
      heat.fill(0, y * width + (first << blockShift), y * width + (end << blockShift));
    }
  });
  lit.fill(0);
  gatherLines(canvas);
  for (const part of kernel.parts) {
    if (part.cell > 1) blurCoarse(canvas, part);
    else blurFine(canvas, part);
  }
  clearPatches(across, canvas);
  patches.fill(0);
  sums.fill(0);
  return heat;
}
