/** Taps on either side of the middle that a blur pass has at most. */
export const mostTaps = 8;

/** Weights of a sampled Gaussian. */
export type Taps = {
  /** From the middle outwards: 5 or 9 entries, those beyond `reach` are 0. w₀ + 2 · (w₁ + w₂ + …) is 1. */
  weights: Float64Array<ArrayBuffer>;
  /** Pixels from the middle to the outermost weight above 0. */
  reach: number;
};

/** How far from its middle a Gaussian is drawn, σ: on a road that a thousand activities share, an edge at 3 σ would show. */
export const drawnSigmas = 3.5;

/**
 * Taps of a Gaussian of a variance in px², up to about 6. Their own variance is the asked one, where a plainly sampled
 * and cut off Gaussian misses it by some per cent.
 */
export function gaussianTaps(variance: number): Taps {
  const reach = Math.min(mostTaps, Math.ceil(drawnSigmas * Math.sqrt(variance)));
  let low = variance / 4;
  let high = variance * 4 + 1;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (varianceOf(sampled(middle, reach)) < variance) low = middle;
    else high = middle;
  }
  const weights = new Float64Array(reach > 4 ? 9 : 5);
  weights.set(sampled(high, reach));
  return {weights, reach};
}

function sampled(variance: number, reach: number): Float64Array {
  const weights = Float64Array.from({length: reach + 1}, (_, i) => Math.exp((-i * i) / (2 * variance)));
  const sum = weights.reduce((sum, weight, i) => sum + (i === 0 ? weight : 2 * weight), 0);
  return weights.map((weight) => weight / sum);
}

function varianceOf(weights: Float64Array): number {
  return weights.reduce((sum, weight, i) => sum + 2 * i * i * weight, 0);
}
