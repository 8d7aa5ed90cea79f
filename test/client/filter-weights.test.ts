import {expect, test} from 'vitest';
import {filterWeights} from '../../client/filter-weights.ts';
import type {ActivityTable} from '../../core/activity-table.ts';
import {groupRow} from '../../core/group-row.ts';
import {sportIndex} from '../../core/sports.ts';
import {defaultStyle} from '../../core/style.ts';

const table: ActivityTable = {
  count: 3,
  id: Float64Array.of(1, 2, 3),
  sport: Uint8Array.from(['run', 'ride', 'ride'], sportIndex),
  from: Int32Array.of(19_000, 19_000, 19_365),
  to: Int32Array.of(19_000, 19_000, 19_374),
  activities: Float64Array.of(1, 3, 6),
};

test('without a filter every row counts, those that the table does not know too', () => {
  expect(filterWeights(table, defaultStyle)).toEqual({
    weights: Float32Array.of(1, 1, 1, 1),
    share: 1,
    passing: 10,
    failed: new Uint16Array(3),
  });
});

test('with a filter unknown rows do not count, and the share is of activities', () => {
  const {weights, share, passing} = filterWeights(table, {...defaultStyle, sport: ['ride']});
  expect(weights).toEqual(Float32Array.of(0, 1, 1, 0));
  expect(share).toBeCloseTo(0.9);
  expect(passing).toBe(9);
});

test('a period that is partly in range counts in part', () => {
  const {weights, passing} = filterWeights(table, {...defaultStyle, from: '2023-01-10'});
  expect(weights).toEqual(Float32Array.of(0, 0, 0.8, 0));
  expect(passing).toBeCloseTo(4.8);
});

test('group rows beside their activities are not counted again', () => {
  const id = Float64Array.of(1, 2, groupRow(sportIndex('ride'), 0));
  expect(filterWeights({...table, id}, defaultStyle).passing).toBe(4);
  expect(filterWeights({...table, id}, {...defaultStyle, without: [1]}).passing).toBe(3);
});
