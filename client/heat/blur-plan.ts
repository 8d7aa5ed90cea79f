import {drawnSigmas, gaussianTaps, mostTaps, type Taps} from '../../core/heat/gaussian.ts';
import {type LineKeys, lineAt} from '../../core/heat/line-at.ts';

/**
 * σ at which segments are accumulated, target pixels: the narrowest Gaussian whose sum over pixels does not depend on where
 * a line lies between them (to 10⁻⁴).
 */
export const baseSigma = 0.7;

/** How far from its segment a footprint is drawn, target pixels. */
export const footprintReach = drawnSigmas * baseSigma;

/** Margins are multiples of this, CSS pixels, so that a blur can change a little without a new accumulation. */
export const marginStep = 64;

/** One Gaussian that is still to be done on the accumulated target. */
export type BlurPart = {
  /** Side of a cell in target pixels, a power of two: the blur works on the target shrunk by this. */
  cell: number;
  /** Taps in cells; undefined where the target is as wide as wanted already. */
  taps: Taps | undefined;
  /** What the blurred target is multiplied by. */
  gain: number;
};

/** How the accumulated target becomes heat. */
export type BlurPlan = {
  line: BlurPart;
  /** Undefined where the style has no glow. */
  glow: BlurPart | undefined;
  /** What the target has around the screen, CSS pixels: a multiple of {@link marginStep}. */
  margin: number;
};

/** Variance of the widest Gaussian that the taps hold, in pixels or cells. */
const widestVariance = (mostTaps / drawnSigmas) ** 2;

/** Variance, cells², of the quadratic B-spline by which cells are read, and to which repeated halving comes close. */
const splineVariance = 1 / 4;

/**
 * The plan of a style at a zoom of 512 px tiles, for a target with `ratio` pixels per CSS pixel. Gaussians convolve, so that variances
 * are subtracted.
 */
export function blurPlan(style: LineKeys, zoom: number, ratio: number): BlurPlan {
  const {width, blur, glow} = lineAt(style, zoom);
  const sigma = Math.max(baseSigma, width * ratio);
  // A footprint has heat 1 on its axis at σ₀; blurred to σ its axis has σ₀ / σ.
  const gain = sigma / baseSigma;
  const line = blurPart(sigma, gain);
  const glowPart = glow > 0 ? blurPart(Math.hypot(sigma, blur * ratio), gain * glow) : undefined;
  const reach = Math.max(reachOf(line), glowPart ? reachOf(glowPart) : 0);
  return {line, glow: glowPart, margin: Math.ceil(reach / ratio / marginStep) * marginStep};
}

function blurPart(sigma: number, gain: number): BlurPart {
  const variance = sigma ** 2 - baseSigma ** 2;
  if (variance < 1e-3) return {cell: 1, taps: undefined, gain};
  if (variance <= widestVariance) return {cell: 1, taps: gaussianTaps(variance), gain};
  let cell = 1;
  let left = variance;
  while (left > widestVariance) {
    cell *= 2;
    left = (variance - splineVariance * (cell ** 2 - 1)) / cell ** 2 - splineVariance;
  }
  return {cell, taps: gaussianTaps(left), gain};
}

function reachOf({cell, taps}: BlurPart): number {
  const taken = taps ? taps.reach : 0;
  return footprintReach + cell * (cell > 1 ? taken + 3 : taken);
}
