import type {ActivityTable} from '../core/activity-table.ts';
import {failedKeys} from '../core/failed-keys.ts';
import {type Filter, isFiltered} from '../core/filter.ts';
import {countedRows, passingShare, rowWeights} from '../core/row-weights.ts';

/** What a filter lets pass. */
export type FilterWeights = {
  /** Weight 0..1 by dense row index, and one more for rows that the table does not know. */
  weights: Float32Array;
  /** Share of the activities that pass. */
  share: number;
  /** Number of activities that pass; a fraction where rows stand for a period. */
  passing: number;
  /** Keys of the filter that each row fails (core/failed-keys.ts). */
  failed: Uint16Array;
};

/**
 * The weight of each row under a filter, and the share of the activities that pass. One more weight stands for rows that
 * the table does not know: they count only where nothing is filtered, as in the PNG tiles.
 */
export function filterWeights(table: ActivityTable, filter: Filter): FilterWeights {
  const failed = failedKeys(table, filter);
  const weights = new Float32Array(table.count + 1).fill(1);
  if (isFiltered(filter)) {
    weights.set(rowWeights(table, filter, failed));
    weights[table.count] = 0;
  }
  const counted = countedRows(table);
  let passing = 0;
  for (let i = 0; i < counted; i++) passing += table.activities[i] * weights[i];
  return {weights, share: isFiltered(filter) ? passingShare(table, weights) : 1, passing, failed};
}
