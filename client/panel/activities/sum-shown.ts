import type {ActivityTable} from '../../../core/activity-table.ts';
import {countedRows} from '../../../core/row-weights.ts';

/** What activities come to. */
export type Sums = {
  /** Metres; undefined where the archive knows none. */
  distance: number | undefined;
  /** Seconds in motion; undefined where the archive knows none. */
  moving: number | undefined;
};

/** What the rows of a table come to by their weights; rows of which a length or a time is unknown add nothing to it. */
export function sumShown(table: ActivityTable, weights: Float32Array): Sums {
  return {
    distance: weightedSum(table, weights, table.details?.distance),
    moving: weightedSum(table, weights, table.details?.moving),
  };
}

function weightedSum(table: ActivityTable, weights: Float32Array, values?: Float64Array): number | undefined {
  const count = countedRows(table);
  let sum: number | undefined;
  for (let row = 0; row < count; row++) {
    if (values && values[row] >= 0) sum = (sum ?? 0) + values[row] * weights[row];
  }
  return sum;
}

/** Seconds as people tell hours of sport: `45 min`, `3.5 h`, `1,204 h`. */
export function formatHours(seconds: number): string {
  const hours = seconds / 3600;
  if (seconds > 0 && hours < 0.995) return `${Math.round(seconds / 60)}\u202fmin`;
  const digits = hours > 0 && hours < 9.95 ? 1 : 0;
  return `${hours.toLocaleString('en', {minimumFractionDigits: digits, maximumFractionDigits: digits})}\u202fh`;
}
