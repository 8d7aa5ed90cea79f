import {describe, expect, test} from 'vitest';
import {gaussianTaps, mostTaps} from '../../../core/heat/gaussian.ts';

describe('gaussianTaps(variance)', () => {
  test.each([0.2, 0.5, 0.75, 1.19, 2, 4, 5.6])('has sum 1 and the variance asked for: %d', (variance) => {
    const {weights, reach} = gaussianTaps(variance);
    expect(weights[0] + 2 * weights.slice(1).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(weights.reduce((sum, weight, i) => sum + 2 * i * i * weight, 0)).toBeCloseTo(variance, 6);
    expect(reach).toBeLessThanOrEqual(mostTaps);
  });

  test('falls from the middle outwards, and is 0 beyond its reach', () => {
    const {weights, reach} = gaussianTaps(1.19);
    expect(reach).toBe(4);
    expect(weights).toHaveLength(5);
    for (let i = 1; i <= reach; i++) expect(weights[i]).toBeLessThan(weights[i - 1]);
    const wide = gaussianTaps(2.5);
    expect(wide.weights).toHaveLength(9);
    expect([...wide.weights.slice(wide.reach + 1)]).toEqual([0, 0]);
  });
});
