import {expect, test} from 'vitest';
import {pairTaps} from '../../../client/heat/pair-taps.ts';
import {gaussianTaps} from '../../../core/heat/gaussian.ts';

test.each([0.05, 0.95, 2, 5.2])('pairTaps reads each tap of a Gaussian of variance %f once', (variance) => {
  const taps = gaussianTaps(variance);
  const {middle, weights, offsets} = pairTaps(taps);
  const single = new Float64Array(10);
  single[0] = middle;
  weights.forEach((weight, i) => {
    const low = Math.floor(offsets[i]);
    single[low] += weight * (low + 1 - offsets[i]);
    single[low + 1] += weight * (offsets[i] - low);
  });
  taps.weights.forEach((weight, i) => {
    expect(single[i]).toBeCloseTo(weight, 12);
  });
});
