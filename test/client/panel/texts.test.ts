import {expect, test} from 'vitest';
import {legendTicks} from '../../../client/panel/style/legend-ticks.ts';
import {defaultStyle} from '../../../core/style.ts';
import {toneScale} from '../../../core/tone.ts';

test('legendTicks are round numbers that rise to the full colour', () => {
  const scale = toneScale({...defaultStyle, top: 100}, [new Array(33).fill(1)], 0, 1);
  const ticks = legendTicks(scale);
  expect(ticks.map(({heat}) => heat)).toEqual([1, 5, 20, 100]);
  expect(ticks.at(-1)?.at).toBe(1);
  const linear = legendTicks({...scale, curve: 'linear', floor: 20});
  expect(linear.map(({heat}) => heat)).toEqual([20, 50, 100]);
});
