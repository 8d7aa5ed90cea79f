import {canvasEdge, patchShift} from './canvas.ts';
import {gaussianTaps, mostTaps, type Taps} from './gaussian.ts';
import type {LineStyle} from './line-at.ts';

/** One Gaussian that is added to the heat: the lines themselves, or their glow. */
export type KernelPart = {
  /** Side of a coarse cell in canvas pixels, a power of two; 1 where the blur is done pixel by pixel. */
  cell: number;
  /** The Gaussian that remains to be done, in pixels or cells. */
  taps: Taps;
  /** What the sums are multiplied by: √(2π) · σ of the width, for the glow times `glow`. */
  gain: number;
};

/** How accumulated lines become heat: numbers only, the same for every picture of a style and pixel ratio. */
export type HeatKernel = {
  /**
   * Canvas pixels per device pixel: 2 for the thinnest lines, whose cross-section one sample a pixel does not catch.
   */
  sampling: number;
  parts: KernelPart[];
  /** How far from a line there can be heat, device pixels. */
  reach: number;
  /** What a canvas has around the picture, canvas pixels: at least the reach, and a multiple of blocks and cells. */
  margin: number;
};

/** Below this σ, in device pixels, the canvas has twice the pixels. */
const thinnest = 1;

/** Up to this σ, in canvas pixels, a blur is done pixel by pixel; above it in cells, in which σ is 1.2 to 2.4. */
const widestFine = 2.42;

/** Variance, px², of the quadratic B-spline by which lines are splatted and coarse cells are read. */
const splineVariance = 1 / 4;

/** Variance, px², of the mean of two neighbours. */
const halvingVariance = 1 / 4;

/** The kernel of a style for pictures with `ratio` device pixels per CSS pixel. */
export function heatKernel({width, blur, glow}: LineStyle, ratio: number): HeatKernel {
  const sampling = width * ratio < thinnest ? 2 : 1;
  const scale = ratio * sampling;
  const gain = Math.sqrt(2 * Math.PI) * width * scale;
  const parts = [kernelPart(width * scale, gain, sampling)];
  if (glow > 0) parts.push(kernelPart(Math.hypot(width, blur) * scale, gain * glow, sampling));
  const cell = Math.max(...parts.map(({cell}) => cell));
  const grain = Math.max(1 << patchShift, cell);
  // A blur reads pixels under weights of 0 too, so the margin is made for the longest row of taps.
  const margin = canvasEdge + cell + Math.max(...parts.map(({cell}) => spread(cell, mostTaps)));
  return {
    sampling,
    parts,
    reach: Math.max(...parts.map(({cell, taps}) => spread(cell, taps.reach))) / sampling,
    margin: Math.ceil(margin / grain) * grain,
  };
}

/**
 * Canvas pixels from a line to where it can add to heat: splatting and gathering, the taps, the splines of coarse
 * cells.
 */
function spread(cell: number, reach: number): number {
  return 3 + cell * (cell > 1 ? reach + 3 : reach);
}

/** What is left to do for a Gaussian of `sigma` canvas pixels, after all that blurs on the way. */
function kernelPart(sigma: number, gain: number, sampling: number): KernelPart {
  if (sigma <= widestFine) {
    const variance = sigma ** 2 - splineVariance - (sampling > 1 ? halvingVariance : 0);
    return {cell: 1, taps: gaussianTaps(variance), gain};
  }
  const cell = 2 ** Math.ceil(Math.log2(sigma / widestFine));
  const variance = (sigma ** 2 - splineVariance) / cell ** 2 - 2 * splineVariance;
  return {cell, taps: gaussianTaps(variance), gain};
}
