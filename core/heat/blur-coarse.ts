import {blockShift, type HeatCanvas} from './canvas.ts';
import {blurAlong, blurDown} from './convolve.ts';
import type {KernelPart} from './kernel.ts';
import {forEachRun} from './runs.ts';

/**
 * Adds the gathered lines, blurred in coarse cells, to the heat of the picture: a wide Gaussian has no detail that
 * cells of half its σ would not hold. Into cells and back to pixels it goes by the quadratic B-spline, whose mean and
 * variance are the same wherever in its cell a pixel lies; with plain means a line would jump from cell to cell. Cells
 * are counted from the canvas's corner, and the margin is a multiple of them, so that those of neighbouring pictures
 * coincide.
 */
export function blurCoarse(canvas: HeatCanvas, {cell, taps, gain}: KernelPart): void {
  const {width, height, sampling, margin, stride, rows, cells, cellsBetween} = canvas;
  const columns = stride / cell;
  const total = columns * (rows / cell + 3);
  cells.fill(0, 0, total);
  cellsBetween.fill(0, 0, total);
  const box = shrink(canvas, cell);
  // Cells that the picture needs: one more on each side for growing.
  const left = Math.max(margin / cell - 1, box.left - taps.reach);
  const right = Math.min(Math.ceil((margin + width * sampling) / cell) + 1, box.right + taps.reach);
  const top = Math.max(margin / cell - 1, box.top - taps.reach);
  const bottom = Math.min(Math.ceil((margin + height * sampling) / cell) + 1, box.bottom + taps.reach);
  if (left >= right || top >= bottom) return;
  for (let row = box.top; row < box.bottom; row++) {
    blurAlong(cells, cellsBetween, row * columns + left, right - left, taps.weights);
  }
  cells.fill(0, 0, total);
  for (let row = top; row < bottom; row += 4) {
    const at = row * columns + left;
    blurDown(cellsBetween, at, columns, cells, at, columns, right - left, taps.weights, gain / cell ** 2);
  }
  grow(canvas, cell, {left, right, top, bottom});
}

/** A box of cells; `right` and `bottom` are not included. */
type Box = {left: number; top: number; right: number; bottom: number};

/** Splats the gathered lines into cells; returns the box of cells that got any. */
function shrink({across, touched, stride, rows, cells, cellsBetween}: HeatCanvas, cell: number): Box {
  const blocks = stride >> blockShift;
  const columns = stride / cell;
  const box = {left: columns, top: Number.POSITIVE_INFINITY, right: 0, bottom: 0};
  const row = cellsBetween;
  forEachRun(touched, blocks, 0, rows >> blockShift, (blockRow, firstBlock, endBlock) => {
    const first = firstBlock << blockShift;
    const end = endBlock << blockShift;
    const left = Math.floor(first / cell) - 1;
    const right = Math.ceil(end / cell) + 1;
    const top = blockRow << blockShift;
    for (let y = top; y < top + (1 << blockShift); y++) {
      row.fill(0, left, right);
      if (cell > 2) shrinkFours(across, (y + 1) * stride, first, end, cell, row);
      else shrinkTwos(across, (y + 1) * stride, first, end, row);
      const part = ((y % cell) + 0.5) / cell;
      addToRows(row, left, right, part, cells, Math.floor(y / cell) * columns, columns);
    }
    box.left = Math.min(box.left, left);
    box.right = Math.max(box.right, right);
    box.top = Math.min(box.top, Math.floor(top / cell) - 1);
    box.bottom = Math.floor((top + 3) / cell) + 2;
  });
  row.fill(0, 0, columns);
  return box;
}

/**
 * Splats the pixels `first` to `end` of a row to the cells of a row, four at a time: at t (-1/2..1/2) from a cell's
 * middle the weights are (1/2 - t)² / 2, 3/4 - t² and (1/2 + t)² / 2, so it takes the sums of v, v · t and v · t².
 */
function shrinkFours(
  pixels: Float32Array,
  start: number,
  first: number,
  end: number,
  cell: number,
  row: Float32Array,
): void {
  const shift = Math.log2(cell);
  const step = 1 / cell;
  for (let x = first; x < end; x += 4) {
    const p = start + x;
    const a = pixels[p];
    const b = pixels[p + 1];
    const c = pixels[p + 2];
    const d = pixels[p + 3];
    const t = ((x & (cell - 1)) + 0.5) * step - 0.5;
    const sum = a + b + c + d;
    const steps = (b + 2 * c + 3 * d) * step;
    const squares = (b + 4 * c + 9 * d) * step * step;
    const once = t * sum + steps;
    const twice = t * (t * sum + 2 * steps) + squares;
    const outer = 0.125 * sum + 0.5 * twice;
    const q = x >> shift;
    row[q - 1] += outer - 0.5 * once;
    row[q] += 0.75 * sum - twice;
    row[q + 1] += outer + 0.5 * once;
  }
}

/** The same for cells of two pixels, where t is -1/4 and 1/4. */
function shrinkTwos(pixels: Float32Array, start: number, first: number, end: number, row: Float32Array): void {
  for (let x = first; x < end; x += 2) {
    const a = pixels[start + x];
    const b = pixels[start + x + 1];
    const q = x >> 1;
    row[q - 1] += 0.28125 * a + 0.03125 * b;
    row[q] += 0.6875 * (a + b);
    row[q + 1] += 0.03125 * a + 0.28125 * b;
  }
}

/**
 * Splats a row, which lies at `part` (0..1) of the height of the cells from `at` on, to these and those above and
 * below.
 */
function addToRows(
  row: Float32Array,
  first: number,
  end: number,
  part: number,
  cells: Float32Array,
  at: number,
  columns: number,
): void {
  const above = 0.5 * (1 - part) * (1 - part);
  const below = 0.5 * part * part;
  const here = 1 - above - below;
  for (let c = first; c < end; c++) {
    const value = row[c];
    const p = at + c;
    cells[p - columns] += above * value;
    cells[p] += here * value;
    cells[p + columns] += below * value;
  }
}

/** Adds the cells of a box to the heat of the picture, smoothly between them. */
function grow(canvas: HeatCanvas, cell: number, box: Box): void {
  const {width, height, sampling, margin, stride, cells, heat, lit} = canvas;
  const columns = stride / cell;
  /** Device pixels per cell. */
  const side = cell / sampling;
  const origin = margin / cell;
  const firstY = Math.max(0, (box.top - 1 - origin) * side);
  const endY = Math.min(height, (box.bottom + 1 - origin) * side);
  const first = Math.max(origin, box.left - 1);
  const end = Math.min(origin + Math.ceil(width / side), box.right + 1);
  for (let y = firstY; y < endY; y++) {
    const start = (origin + Math.floor(y / side)) * columns;
    const part = ((y % side) + 0.5) / side;
    const at = y * width - origin * side;
    if (side === 4) growRow4(cells, start, columns, first, end, part, heat, at);
    else growRow(cells, start, columns, first, end, part, heat, at, side, (y + 1) * width);
  }
  const litFirst = Math.floor(((first - origin) * side) / 4);
  const litEnd = Math.ceil(Math.min(width, (end - origin) * side) / 4);
  for (let row = Math.floor(firstY / 4); row < Math.ceil(endY / 4); row++) {
    lit.fill(1, (row * width) / 4 + litFirst, (row * width) / 4 + litEnd);
  }
}

/**
 * Adds one row of pixels, read from a row of cells by the spline, up to `stop`. `part` (0..1) is where in the cells'
 * height the pixels lie; cell c begins at pixel `at` + c · side. Along a row the spline is a parabola in each cell.
 */
function growRow(
  cells: Float32Array,
  start: number,
  columns: number,
  first: number,
  end: number,
  part: number,
  heat: Float32Array,
  at: number,
  side: number,
  stop: number,
): void {
  const above = 0.5 * (1 - part) * (1 - part);
  const below = 0.5 * part * part;
  const here = 1 - above - below;
  let s = start + first;
  let a = above * cells[s - 1 - columns] + here * cells[s - 1] + below * cells[s - 1 + columns];
  let b = above * cells[s - columns] + here * cells[s] + below * cells[s + columns];
  for (let c = first; c < end; c++) {
    s++;
    const d = above * cells[s - columns] + here * cells[s] + below * cells[s + columns];
    const middle = 0.125 * (a + 6 * b + d);
    const slope = 0.5 * (d - a);
    const curve = 0.5 * (a - 2 * b + d);
    const last = Math.min(at + (c + 1) * side, stop);
    let t = 0.5 / side - 0.5;
    for (let p = at + c * side; p < last; p++) {
      heat[p] += middle + t * (slope + t * curve);
      t += 1 / side;
    }
    a = b;
    b = d;
  }
}

/** The same for cells of four pixels, the commonest: t is -3/8, -1/8, 1/8, 3/8. */
function growRow4(
  cells: Float32Array,
  start: number,
  columns: number,
  first: number,
  end: number,
  part: number,
  heat: Float32Array,
  at: number,
): void {
  const above = 0.5 * (1 - part) * (1 - part);
  const below = 0.5 * part * part;
  const here = 1 - above - below;
  let s = start + first;
  let a = above * cells[s - 1 - columns] + here * cells[s - 1] + below * cells[s - 1 + columns];
  let b = above * cells[s - columns] + here * cells[s] + below * cells[s + columns];
  for (let p = at + first * 4; p < at + end * 4; p += 4) {
    s++;
    const d = above * cells[s - columns] + here * cells[s] + below * cells[s + columns];
    const curve = 0.5 * (a - 2 * b + d);
    const near = curve * 0.015625 + 0.125 * (a + 6 * b + d);
    const far = near + curve * 0.125;
    const slope = 0.0625 * (d - a);
    heat[p] += far - 3 * slope;
    heat[p + 1] += near - slope;
    heat[p + 2] += near + slope;
    heat[p + 3] += far + 3 * slope;
    a = b;
    b = d;
  }
}
