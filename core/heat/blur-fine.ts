import {blockShift, type HeatCanvas} from './canvas.ts';
import {blurAlong, blurDown} from './convolve.ts';
import type {KernelPart} from './kernel.ts';
import {forEachRun} from './runs.ts';

/** Adds the gathered lines, blurred pixel by pixel, to the heat of the picture, where they reach it. */
export function blurFine(canvas: HeatCanvas, {taps, gain}: KernelPart): void {
  const {width, height, sampling, margin, stride, across, between, touched, reached, blurred} = canvas;
  const {weights, reach} = taps;
  const columns = stride >> blockShift;
  const around = (reach + (1 << blockShift) - 1) >> blockShift;
  // The picture in blocks of the canvas.
  const left = margin >> blockShift;
  const right = left + ((width * sampling) >> blockShift);
  const top = left;
  const bottom = top + ((height * sampling) >> blockShift);

  forEachRun(touched, columns, top - around, bottom + around, (row, first, end) => {
    const from = Math.max(left, first - around);
    const to = Math.min(right, end + around);
    if (from < to) reached.fill(1, row * columns + from, row * columns + to);
  });
  forEachRun(reached, columns, top - around, bottom + around, (row, first, end) => {
    for (let y = row << blockShift; y < (row + 1) << blockShift; y++) {
      blurAlong(across, between, (y + 1) * stride + (first << blockShift), (end - first) << blockShift, weights);
    }
    const lowest = Math.min(bottom - 1, row + around);
    for (let near = Math.max(top, row - around); near <= lowest; near++) {
      blurred.fill(1, near * columns + first, near * columns + end);
    }
  });
  const inPlace = sampling === 1;
  const target = inPlace ? canvas.heat : canvas.down;
  forEachRun(blurred, columns, top, bottom, (row, first, end) => {
    const at = ((row << blockShift) + 1) * stride + (first << blockShift);
    const to = inPlace ? ((row - top) << blockShift) * width + ((first - left) << blockShift) : at;
    const count = (end - first) << blockShift;
    blurDown(between, at, stride, target, to, inPlace ? width : stride, count, weights, gain);
    markLit(canvas, row - top, first - left, end - left);
  });
  if (!inPlace) halve(canvas);

  forEachRun(reached, columns, top - around, bottom + around, (row, first, end) => {
    for (let y = row << blockShift; y < (row + 1) << blockShift; y++) {
      between.fill(0, (y + 1) * stride + (first << blockShift), (y + 1) * stride + (end << blockShift));
    }
  });
  reached.fill(0);
  blurred.fill(0);
}

/** Marks a run of the picture's blocks, counted in canvas pixels, in the picture's own blocks. */
function markLit({lit, width, sampling}: HeatCanvas, row: number, first: number, end: number): void {
  const start = (Math.floor(row / sampling) * width) >> blockShift;
  lit.fill(1, start + Math.floor(first / sampling), start + Math.ceil(end / sampling));
}

/** Adds the means of 2 × 2 canvas pixels of `down` to the heat, and empties `down`. */
function halve({width, height, stride, margin, down, heat, lit}: HeatCanvas): void {
  forEachRun(lit, width >> blockShift, 0, height >> blockShift, (row, first, end) => {
    for (let y = row << blockShift; y < (row + 1) << blockShift; y++) {
      const start = (margin + 2 * y + 1) * stride + margin;
      for (let x = first << blockShift; x < end << blockShift; x++) {
        const p = start + 2 * x;
        heat[y * width + x] += 0.25 * (down[p] + down[p + 1] + down[p + stride] + down[p + stride + 1]);
      }
      down.fill(0, start + (first << (blockShift + 1)), start + (end << (blockShift + 1)));
      down.fill(0, start + stride + (first << (blockShift + 1)), start + stride + (end << (blockShift + 1)));
    }
  });
}
