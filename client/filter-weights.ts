import type {ActivityTable} from '../core/activity-table.ts';
import {passingShare, rowWeights} from '../core/row-weights.ts';
import type {HeatStyle} from '../core/style.ts';

/** What a filter lets pass. */
export type FilterWeights = {
  /** Weight 0..1 by dense row index, and one more for rows that the table does not know. */
  weights: Float32Array;
  /** Share of the activities that pass. */
  share: number;
  /** Number of activities that pass; a fraction where rows stand for a period. */
  passing: number;
};

/** The keys of a style that choose activities. */
export const filterKeys = ['sport', 'from', 'to', 'only', 'without'] as const;

/**
 * The weight of each row under a style's filter, and the share of the activities that pass. One more weight stands for rows that
 * the table does not know: they count only where nothing is filtered, as in the PNG tiles.
 */
export function filterWeights(table: ActivityTable, style: HeatStyle): FilterWeights {
  const isFiltered = filterKeys.some((key) => style[key].length > 0);
  const weights = new Float32Array(table.count + 1).fill(1);
  if (!isFiltered) return {weights, share: 1, passing: table.activities.reduce((sum, n) => sum + n, 0)};
  weights.set(rowWeights(table, style));
  weights[table.count] = 0;
  const passing = table.activities.reduce((sum, n, i) => sum + n * weights[i], 0);
  return {weights, share: passingShare(table, weights), passing};
}
