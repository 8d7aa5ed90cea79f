import type {ActivityTable} from '../../../core/activity-table.ts';
import {failureBit} from '../../../core/failed-keys.ts';
import type {FilterKey} from '../../../core/filter.ts';
import {countedRows} from '../../../core/row-weights.ts';
import type {BinCounts} from './date-bins.ts';

/**
 * Activities of a table by `indexOf` a row (0 to `size` - 1; all else is not counted): all of them, and those whose rows
 * fail (core/failed-keys.ts) no key but this one, so that each choice shows what it would give.
 */
export function facetCounts(
  table: ActivityTable,
  failed: Uint16Array,
  key: FilterKey,
  size: number,
  indexOf: (row: number) => number,
): BinCounts {
  const all = new Float64Array(size);
  const passing = new Float64Array(size);
  const others = ~failureBit(key);
  const count = countedRows(table);
  for (let row = 0; row < count; row++) {
    const index = indexOf(row);
    if (!(index >= 0 && index < size)) continue;
    all[index] += table.activities[row];
    if ((failed[row] & others) === 0) passing[index] += table.activities[row];
  }
  return {all, passing};
}
