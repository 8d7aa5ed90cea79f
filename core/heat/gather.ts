import {blockShift, type HeatCanvas, patchShift} from './canvas.ts';
import {forEachRun} from './runs.ts';

/**
 * Finishes the splatting: smooths the sums along the lines' own direction by the quadratic B-spline (at pixel centres
 * 1/8, 3/4, 1/8), adds both directions up in `across` and empties `down`. Then `across` holds, per pixel, length of
 * line · weight, blurred by a variance of 1/4 px² in x and y; `sums` and `touched` tell in which blocks.
 */
export function gatherLines(canvas: HeatCanvas): void {
  const {across, down, patches, sums, touched, stride, rows} = canvas;
  forEachRun(patches, stride >> patchShift, 0, rows >> patchShift, (row, first, end) => {
    const left = first << patchShift;
    const right = end << patchShift;
    for (let y = row << patchShift; y < (row + 1) << patchShift; y++) {
      const sumAt = (y >> blockShift) * (stride >> blockShift) + (left >> blockShift);
      gatherRow(across, down, (y + 1) * stride + left, (y + 1) * stride + right, stride, sums, sumAt);
    }
  });
  clearPatches(down, canvas);
  for (let i = 0; i < sums.length; i++) touched[i] = sums[i] === 0 ? 0 : 1;
}

/** Gathers the pixels `first` to `end` (not included) of a row, and adds them up by fours in `sums` from `sumAt` on. */
function gatherRow(
  across: Float32Array,
  down: Float32Array,
  first: number,
  end: number,
  stride: number,
  sums: Float32Array,
  sumAt: number,
): void {
  // Lines keep a pixel from the edges of the patches noted for them: what is left of a run is 0.
  let a = 0;
  let b = across[first];
  for (let p = first; p < end; p += 4) {
    const c = across[p + 1];
    const d = across[p + 2];
    const e = across[p + 3];
    const f = across[p + 4];
    const g = 0.125 * (a + c + down[p - stride] + down[p + stride]) + 0.75 * (b + down[p]);
    const h = 0.125 * (b + d + down[p + 1 - stride] + down[p + 1 + stride]) + 0.75 * (c + down[p + 1]);
    const i = 0.125 * (c + e + down[p + 2 - stride] + down[p + 2 + stride]) + 0.75 * (d + down[p + 2]);
    const j = 0.125 * (d + f + down[p + 3 - stride] + down[p + 3 + stride]) + 0.75 * (e + down[p + 3]);
    across[p] = g;
    across[p + 1] = h;
    across[p + 2] = i;
    across[p + 3] = j;
    sums[sumAt++] += g + h + i + j;
    a = e;
    b = f;
  }
}

/** Sets an array over the canvas to 0 in all patches with lines. */
export function clearPatches(pixels: Float32Array, {patches, stride, rows}: HeatCanvas): void {
  forEachRun(patches, stride >> patchShift, 0, rows >> patchShift, (row, first, end) => {
    for (let y = row << patchShift; y < (row + 1) << patchShift; y++) {
      pixels.fill(0, (y + 1) * stride + (first << patchShift), (y + 1) * stride + (end << patchShift));
    }
  });
}
