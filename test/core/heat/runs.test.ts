import {expect, test} from 'vitest';
import {forEachRun} from '../../../core/heat/runs.ts';

test('forEachRun visits the runs of each row, which end with the row', () => {
  const mask = Uint8Array.of(1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0);
  const runs: number[][] = [];
  forEachRun(mask, 4, 0, 3, (...run) => runs.push(run));
  expect(runs).toEqual([
    [0, 0, 2],
    [0, 3, 4],
    [1, 0, 1],
    [1, 3, 4],
  ]);
  runs.length = 0;
  forEachRun(mask, 4, 1, 2, (...run) => runs.push(run));
  expect(runs).toHaveLength(2);
});
