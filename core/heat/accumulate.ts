import {type HeatCanvas, patchShift} from './canvas.ts';

/** A line is noted in pieces of this many pixels: with a pixel on each end, a piece lies in at most 2 × 2 patches. */
const notePixels = (1 << patchShift) - 2;

/**
 * Adds the segments `from` to `to` (not included) of a tile to the canvas's sums: `weight` per canvas pixel of length.
 * A point u, v in tile units lies at u · scale + offsetX, v · scale + offsetY in device pixels of the picture.
 *
 * A segment is walked pixel by pixel along its longer extent, and what lies in one pixel's column (row) goes to the
 * three pixels around it across the walk, by the quadratic B-spline. Its variance is 1/4 px² however a line lies
 * between the pixels, so that a line does not get brighter where it happens to hit their centres; with bilinear weights
 * it is up to 10 % off. The same spline along the walk is the same for all lines, so it is left to `gatherLines`.
 *
 * There are few branches, because which way the next segment runs cannot be predicted.
 */
export function accumulate(
  canvas: HeatCanvas,
  segments: Int16Array,
  from: number,
  to: number,
  scale: number,
  offsetX: number,
  offsetY: number,
  weight: number,
): void {
  const {across, down, patches, width, height, stride, sampling, margin, reach} = canvas;
  const columns = stride >> patchShift;
  const unit = scale * sampling;
  const left = offsetX * sampling + margin;
  const top = offsetY * sampling + margin;
  const min = margin - reach;
  const maxX = margin + width * sampling + reach;
  const maxY = margin + height * sampling + reach;
  for (let at = from * 4; at < to * 4; at += 4) {
    const x0 = segments[at] * unit + left;
    const y0 = segments[at + 1] * unit + top;
    const x1 = segments[at + 2] * unit + left;
    const y1 = segments[at + 3] * unit + top;
    const west = Math.min(x0, x1);
    const east = Math.max(x0, x1);
    const north = Math.min(y0, y1);
    const south = Math.max(y0, y1);
    if (east < min || south < min || west > maxX || north > maxY) continue;
    // u is the direction of the longer extent, v the other.
    let sums: Float32Array;
    let u0: number;
    let u1: number;
    let slope: number;
    let base: number;
    let stepU: number;
    let stepV: number;
    let columnsU: number;
    let columnsV: number;
    if (south - north > east - west) {
      sums = down;
      u0 = north;
      u1 = south;
      slope = (x1 - x0) / (y1 - y0);
      base = x0 - slope * y0;
      stepU = stride;
      stepV = 1;
      columnsU = columns;
      columnsV = 1;
    } else {
      if (west === east) continue;
      sums = across;
      u0 = west;
      u1 = east;
      slope = (y1 - y0) / (x1 - x0);
      base = y0 - slope * x0;
      stepU = 1;
      stepV = stride;
      columnsU = 1;
      columnsV = columns;
    }
    if (west < min || north < min || east > maxX || south > maxY) {
      const maxV = stepV === 1 ? maxX : maxY;
      u0 = Math.max(u0, min);
      u1 = Math.min(u1, stepU === 1 ? maxX : maxY);
      if (slope !== 0) {
        const atMin = (min - base) / slope;
        const atMax = (maxV - base) / slope;
        u0 = Math.max(u0, Math.min(atMin, atMax));
        u1 = Math.min(u1, Math.max(atMin, atMax));
      }
      if (!(u0 < u1)) continue;
    }
    const density = weight * Math.sqrt(1 + slope * slope);
    let start = u0;
    do {
      const end = Math.min(start + notePixels, u1);
      const vStart = base + slope * start;
      const vEnd = base + slope * end;
      const firstU = ((start - 1) >> patchShift) * columnsU;
      const lastU = ((end + 1) >> patchShift) * columnsU;
      const firstV = ((Math.min(vStart, vEnd) - 1) >> patchShift) * columnsV;
      const lastV = ((Math.max(vStart, vEnd) + 1) >> patchShift) * columnsV;
      patches[firstU + firstV] = 1;
      patches[firstU + lastV] = 1;
      patches[lastU + firstV] = 1;
      patches[lastU + lastV] = 1;
      start = end;
    } while (start < u1);

    const first = u0 | 0;
    const last = u1 | 0;
    const firstEnd = Math.min(first + 1, u1);
    const lastStart = Math.max(last, firstEnd);
    let p = stride + first * stepU;
    splat(sums, p, stepV, base + slope * 0.5 * (u0 + firstEnd), density * (firstEnd - u0));
    p += stepU;
    let v = base + slope * (first + 1.5);
    for (let u = first + 1; u < last; u++) {
      splat(sums, p, stepV, v, density);
      p += stepU;
      v += slope;
    }
    splat(sums, stride + last * stepU, stepV, base + slope * 0.5 * (lastStart + u1), density * (u1 - lastStart));
  }
}

/** Spreads a weight over three pixels around v, which is in pixels from the edge of the first; `p` is where v is 0. */
function splat(sums: Float32Array, p: number, step: number, v: number, weight: number): void {
  const whole = v | 0;
  const part = v - whole;
  const after = 0.5 * weight * part * part;
  const before = after + weight * (0.5 - part);
  p += whole * step;
  sums[p - step] += before;
  sums[p] += weight - before - after;
  sums[p + step] += after;
}
