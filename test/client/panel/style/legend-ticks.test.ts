import {expect, test} from 'vitest';
import {legendTicks} from '../../../../client/panel/style/legend-ticks.ts';
import {quantileProbabilities} from '../../../../core/metadata.ts';
import {defaultStyle} from '../../../../core/style.ts';
import {toneScale} from '../../../../core/tone.ts';

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
