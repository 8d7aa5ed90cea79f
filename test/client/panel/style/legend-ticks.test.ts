import {expect, test} from 'vitest';
import {legendTicks} from '../../../../client/panel/style/legend-ticks.ts';
import {quantileProbabilities} from '../../../../core/metadata.ts';
import {defaultStyle} from '../../../../core/style.ts';
import {tone, toneScale} from '../../../../core/tone.ts';

const quantiles = [quantileProbabilities.map((share) => 0.05 + 300 * share)];
const ticks = (style: Partial<typeof defaultStyle>) =>
  legendTicks(toneScale({...defaultStyle, ...style}, quantiles, 0, 1));

test('legendTicks end with the number that has the full colour, as it is', () => {
  expect(ticks({top: 100}).map(({heat}) => heat)).toEqual([1, 5, 20, 100]);
  expect(ticks({top: 234.5}).at(-1)).toEqual({heat: 235, at: 1});
  expect(ticks({curve: 'rank'}).at(-1)).toEqual({heat: 300, at: 1});
});

test('legendTicks are round, rise and can be read', () => {
  for (const top of [0.5, 2, 37, 4000, 100_000]) {
    const found = ticks({top});
    expect(found.at(-1)?.at).toBe(1);
    for (let i = 1; i < found.length; i++) {
      expect(found[i].at - found[i - 1].at).toBeGreaterThanOrEqual(0.17 - 1e-9);
      expect(String(found[i - 1].heat)).toMatch(/^[125]0*$/);
    }
  }
});

test('legendTicks name no number that the floor hides', () => {
  expect(ticks({top: 100, curve: 'linear', floor: 20}).map(({heat}) => heat)).toEqual([20, 50, 100]);
});

test('legendTicks leave room for long numbers', () => {
  const found = ticks({top: 287});
  const [before, last] = found.slice(-2);
  expect(last.heat).toBe(287);
  // At 150 px and 7.5 px a character: half of the one, and all of the last.
  const room = (last.at - before.at) * 150;
  expect(room).toBeGreaterThan(7.5 * (String(before.heat).length / 2 + 3));
  const large = ticks({top: 100_000});
  for (let i = 1; i < large.length - 1; i++) {
    const width =
      (7.5 * (large[i].heat.toLocaleString('en').length + large[i - 1].heat.toLocaleString('en').length)) / 2;
    expect((large[i].at - large[i - 1].at) * 150).toBeGreaterThan(width);
  }
});

test('legendTicks of the curve rank are the numbers at a third and two thirds of the ramp', () => {
  const style = {...defaultStyle, curve: 'rank', gamma: 1.5} as const;
  for (const most of [6, 15, 300, 40_000]) {
    const table = [quantileProbabilities.map((share) => 0.2 + most * share ** 3)];
    const scale = toneScale(style, table, 0, 1);
    const found = legendTicks(scale);
    expect(found.map(({at}) => at)).toEqual([1 / 3, 2 / 3, 1]);
    for (const {heat, at} of found.slice(0, 2)) expect(Math.abs(tone(heat, scale) - at)).toBeLessThan(0.03);
  }
});
