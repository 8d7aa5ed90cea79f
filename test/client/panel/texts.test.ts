import {expect, test} from 'vitest';
import {countSports, dayRange, yearOf, yearsOf} from '../../../client/panel/activities/table-facts.ts';
import {legendTicks} from '../../../client/panel/style/legend-ticks.ts';
import {type ActivityTable, unknownDay} from '../../../core/activity-table.ts';
import {sportIndex} from '../../../core/sports.ts';
import {defaultStyle} from '../../../core/style.ts';
import {toneScale} from '../../../core/tone.ts';

const table: ActivityTable = {
  count: 4,
  id: Float64Array.of(1, 2, 3, 4),
  sport: Uint8Array.from(['run', 'ride', 'run', 'hike'], sportIndex),
  from: Int32Array.of(19_000, unknownDay, 19_800, 18_000),
  to: Int32Array.of(19_000, unknownDay, 20_000, 18_000),
  activities: Float64Array.of(1, 9, 5, 1),
};

test('countSports counts activities, not rows, the most frequent first', () => {
  expect(countSports(table)).toEqual([
    {sport: 'ride', activities: 9},
    {sport: 'run', activities: 6},
    {sport: 'hike', activities: 1},
  ]);
});

test('the years of a table go from its last day to its first; rows without a date do not count', () => {
  const days = dayRange(table);
  expect(days).toEqual({first: 18_000, last: 20_000});
  expect(yearsOf(days!)).toEqual(['2024', '2023', '2022', '2021', '2020', '2019']);
  expect(dayRange({...table, from: table.from.fill(unknownDay)})).toBeUndefined();
});

test('yearOf tells a whole year from other dates', () => {
  expect(yearOf('', '')).toBe('');
  expect(yearOf('2024-01-01', '2024-12-31')).toBe('2024');
  expect(yearOf('2024-01-01', '')).toBe('range');
  expect(yearOf('2023-01-01', '2024-12-31')).toBe('range');
});

test('legendTicks are round numbers that rise to the full colour', () => {
  const scale = toneScale({...defaultStyle, top: 100}, [new Array(33).fill(1)], 0, 1);
  const ticks = legendTicks(scale);
  expect(ticks.map(({heat}) => heat)).toEqual([1, 5, 20, 100]);
  expect(ticks.at(-1)?.at).toBe(1);
  const linear = legendTicks({...scale, curve: 'linear', floor: 20});
  expect(linear.map(({heat}) => heat)).toEqual([20, 50, 100]);
});
