import {describe, expect, test} from 'vitest';
import {heatKernel} from '../../../core/heat/kernel.ts';

describe('heatKernel(style, ratio)', () => {
  test('draws lines under a device pixel at double size, others not', () => {
    const sampling = (width: number, ratio: number) => heatKernel({width, blur: 0, glow: 0}, ratio).sampling;
    expect([sampling(0.7, 1), sampling(0.7, 2), sampling(1, 1), sampling(12, 1)]).toEqual([2, 1, 1, 1]);
  });

  test('has a part for the lines and one for the glow, and none for a glow of 0', () => {
    expect(heatKernel({width: 1.2, blur: 6, glow: 0.15}, 1).parts.map(({cell}) => cell)).toEqual([1, 4]);
    expect(heatKernel({width: 1.2, blur: 6, glow: 0}, 1).parts).toHaveLength(1);
  });

  test('reaches at least three σ of lines and glow, within a margin that cells and patches divide', () => {
    for (const width of [0.7, 1.2, 3, 12]) {
      for (const blur of [0, 1, 6, 20, 64]) {
        for (const ratio of [1, 2]) {
          const {reach, margin, parts, sampling} = heatKernel({width, blur, glow: 1}, ratio);
          expect(reach).toBeGreaterThan(3 * Math.hypot(width, blur) * ratio);
          expect(margin).toBeGreaterThanOrEqual(reach * sampling);
          for (const divisor of [16, ...parts.map(({cell}) => cell)]) expect(margin % divisor).toBe(0);
        }
      }
    }
  });
});
