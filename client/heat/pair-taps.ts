import type {Taps} from '../../core/heat/gaussian.ts';

/** Taps 1 and 2, 3 and 4 … as one read each, between the two where their weights balance. */
export function pairTaps({weights}: Taps): {middle: number; weights: number[]; offsets: number[]} {
  const sums = [0, 0, 0, 0];
  const offsets = [0, 0, 0, 0];
  for (let i = 1; i < weights.length; i += 2) {
    const near = weights[i];
    const far = weights[i + 1];
    const sum = near + far;
    if (sum === 0) continue;
    sums[(i - 1) / 2] = sum;
    offsets[(i - 1) / 2] = i + far / sum;
  }
  return {middle: weights[0], weights: sums, offsets};
}
