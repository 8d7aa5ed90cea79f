import {expect, test} from 'vitest';
import {baseSigma, blurPlan, marginStep} from '../../../client/heat/blur-plan.ts';
import type {Taps} from '../../../core/heat/gaussian.ts';

/** Variance, target pixels², that halving, taps and the spline of reading add to the accumulated target. */
function varianceOf(cell: number, taps: Taps | undefined): number {
  if (!taps) return 0;
  const ofTaps = taps.weights.reduce((sum, weight, i) => sum + 2 * i * i * weight, 0);
  // Halving by 1, 3, 3, 1 adds 3/4 of the smaller texels'.
  let halving = 0;
  for (let side = 1; side < cell; side *= 2) halving += 0.75 * side ** 2;
  return halving + ofTaps * cell ** 2 + (cell > 1 ? 0.25 * cell ** 2 : 0);
}

test.each([
  0.7, 0.75, 1.2, 2.3, 2.4, 5, 9.7, 12,
])('blurPlan makes up the variance of width %f at ratios 1 to 3', (width) => {
  for (const ratio of [1, 1.5, 2, 3]) {
    const {line, glow} = blurPlan({width, grow: 0, blur: 23, glow: 0.5}, 12, ratio);
    expect(baseSigma ** 2 + varianceOf(line.cell, line.taps)).toBeCloseTo((width * ratio) ** 2, 5);
    expect(baseSigma ** 2 + varianceOf(glow!.cell, glow!.taps)).toBeCloseTo((width ** 2 + 23 ** 2) * ratio ** 2, 5);
    expect(glow!.gain / line.gain).toBe(0.5);
  }
});

test('blurPlan leaves the thinnest lines as they were accumulated, and never makes them thinner', () => {
  expect(blurPlan({width: 0.7, grow: 0, blur: 6, glow: 0}, 12, 1)).toMatchObject({
    line: {cell: 1, taps: undefined, gain: 1},
  });
  expect(blurPlan({width: 0.7, grow: 0, blur: 6, glow: 0}, 12, 0.5).line).toEqual({
    cell: 1,
    taps: undefined,
    gain: 1,
  });
});

test('blurPlan keeps one margin for the usual styles, and a wider one for wide blurs', () => {
  expect(blurPlan({width: 1.2, grow: 0, blur: 6, glow: 0.15}, 12, 1).margin).toBe(marginStep);
  expect(blurPlan({width: 2, grow: 0, blur: 10, glow: 1}, 12, 2).margin).toBe(marginStep);
  expect(blurPlan({width: 1.2, grow: 0, blur: 64, glow: 1}, 12, 1).margin).toBeGreaterThanOrEqual(3.5 * 64);
  expect(blurPlan({width: 1.2, grow: 0, blur: 64, glow: 0}, 12, 1).margin).toBe(marginStep);
});

test('blurPlan draws lines as wide as they have grown close by, at every ratio, and takes the margin for it', () => {
  const style = {width: 3, grow: 1, blur: 6, glow: 0};
  for (const ratio of [1, 2]) {
    const {line, margin} = blurPlan(style, 16.5, ratio);
    const sigma = Math.sqrt(baseSigma ** 2 + varianceOf(line.cell, line.taps));
    expect(sigma / ratio / (3 * (1 + 2 ** 3))).toBeCloseTo(1, 6);
    expect(line.gain).toBeCloseTo(sigma / baseSigma, 6);
    expect(margin).toBeGreaterThanOrEqual(3.5 * 27);
  }
});
