import {type ActivityTable, unknownDay} from './activity-table.ts';
import {dayOfDate, yearOfDay} from './days.ts';
import {failedKeys} from './failed-keys.ts';
import type {Filter} from './filter.ts';
import {allSports, groupOfRow, groupRow} from './group-row.ts';

/**
 * Weight 0..1 of each row of a table (dense index) under a filter. A row that stands for a period weighs by the share of
 * its days in range, a group row beside its activities by the share of these that pass. `failed` are the table's
 * {@link failedKeys} where they are known.
 */
export function rowWeights(
  table: ActivityTable,
  filter: Filter,
  failed = failedKeys(table, filter),
): Float32Array<ArrayBuffer> {
  const weights = new Float32Array(table.count);
  const min = filter.from ? dayOfDate(filter.from) : Number.NEGATIVE_INFINITY;
  const max = filter.to ? dayOfDate(filter.to) : Number.POSITIVE_INFINITY;
  const count = countedRows(table);
  for (let i = 0; i < count; i++) {
    if (failed[i] === 0) weights[i] = shareInRange(table.from[i], table.to[i], min, max);
  }
  if (count < table.count) weighGroups(table, weights);
  return weights;
}

/**
 * How many rows of a table, from the first, stand for all of its activities once: the single activities, which come before the group
 * rows of crowded tiles; all rows where there are no single ones.
 */
export function countedRows(table: ActivityTable): number {
  let count = table.count;
  while (count > 0 && groupOfRow(table.id[count - 1])) count--;
  return count || table.count;
}

/** Share of a table's activities that pass, 0..1: the `share` of `toneScale`. 1 for an empty table. */
export function passingShare(table: ActivityTable, weights: Float32Array): number {
  const count = countedRows(table);
  let all = 0;
  let passing = 0;
  for (let i = 0; i < count; i++) {
    all += table.activities[i];
    passing += table.activities[i] * weights[i];
  }
  return all > 0 ? passing / all : 1;
}

/** Share of the days from..to (both included) that lie in min..max. */
function shareInRange(from: number, to: number, min: number, max: number): number {
  if (from >= min && to <= max) return 1;
  const days = Math.min(to, max) - Math.max(from, min) + 1;
  return Math.max(0, days / (to - from + 1));
}

/** Group rows that one activity can be part of: by sport or all, of its year or of all years. */
const groupsPerRow = 4;

/** Which group rows each single activity of a table is part of. */
type Groups = {
  /** Dense indices of group rows, {@link groupsPerRow} for each single activity; -1 for none. */
  of: Int32Array;
  /** Single activities of each group row, by dense index. */
  total: Float64Array;
};

function weighGroups(table: ActivityTable, weights: Float32Array): void {
  const groups = groupsOf.get(table) ?? findGroups(table);
  groupsOf.set(table, groups);
  const {of, total} = groups;
  const passing = new Float64Array(table.count);
  for (let i = 0; i < of.length; i++) {
    if (of[i] >= 0) passing[of[i]] += weights[Math.floor(i / groupsPerRow)];
  }
  for (let row = countedRows(table); row < table.count; row++) {
    weights[row] = total[row] > 0 ? passing[row] / total[row] : 0;
  }
}

/** Found once for a table: a filter that is dragged weighs its rows in each frame. */
const groupsOf = new WeakMap<ActivityTable, Groups>();

function findGroups(table: ActivityTable): Groups {
  const count = countedRows(table);
  const rows = new Map<number, number>();
  for (let row = count; row < table.count; row++) rows.set(table.id[row], row);
  const of = new Int32Array(count * groupsPerRow).fill(-1);
  const total = new Float64Array(table.count);
  for (let i = 0; i < count; i++) {
    const year = table.from[i] === unknownDay ? 0 : yearOfDay(table.from[i]);
    const ids = new Set([0, year].flatMap((year) => [groupRow(table.sport[i], year), groupRow(allSports, year)]));
    let place = i * groupsPerRow;
    for (const id of ids) {
      const row = rows.get(id);
      if (row === undefined) continue;
      of[place++] = row;
      total[row]++;
    }
  }
  return {of, total};
}
