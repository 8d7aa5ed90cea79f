import {expect, test} from 'vitest';
import {quantileProbabilities, quantileZooms} from '../../core/metadata.ts';
import {passingShare, rowWeights} from '../../core/row-weights.ts';
import {type Curve, parseStyle} from '../../core/style.ts';
import {tone, toneScale} from '../../core/tone.ts';
import {activityTable} from '../support/activity-table.ts';

/** Ten years with 40 rides each. */
const years = Array.from({length: 10}, (_, year) => 2015 + year);
const table = activityTable(years.flatMap((year) => Array.from({length: 40}, () => ({date: `${year}-06-01`}))));

/** Few places are hot, as in every library; 200 activities are the 99.9th percentile. */
const quantiles = Array.from({length: quantileZooms}, () => quantileProbabilities.map((p) => 0.05 + 200 * p ** 9));

/** Tones of a road that takes part of the busiest one's activities, the same part in each year: in all years, and in one. */
function tones(part: number, curve: Curve): {all: number; one: number; unscaled: number} {
  const {style} = parseStyle(`from=2020-01-01&to=2020-12-31&curve=${curve}`);
  const share = passingShare(table, rowWeights(table, style));
  expect(share).toBeCloseTo(0.1, 6);
  const heat = 200 * part;
  return {
    all: tone(heat, toneScale(style, quantiles, 12, 1)),
    one: tone(heat * share, toneScale(style, quantiles, 12, share)),
    unscaled: tone(heat * share, toneScale(style, quantiles, 12, 1)),
  };
}

test('of a road ridden equally each year, one year of ten has the tone of all within a few per cent', () => {
  for (const curve of ['linear', 'sqrt', 'rank'] as const) {
    for (const part of [0.1, 0.3, 0.9]) {
      const {all, one, unscaled} = tones(part, curve);
      expect(Math.abs(one / all - 1)).toBeLessThan(0.03);
      expect(unscaled / all).toBeLessThan(0.8);
    }
  }
  expect(Math.abs(tones(0.9, 'log').one / tones(0.9, 'log').all - 1)).toBeLessThan(0.03);
});

test('with the curve log, quieter roads of one year are a little darker, not as dark as without the scale', () => {
  for (const part of [0.3, 0.5, 0.7]) {
    const {all, one, unscaled} = tones(part, 'log');
    expect(one / all).toBeGreaterThan(0.8);
    expect(one / all).toBeGreaterThan(1.4 * (unscaled / all));
  }
});
