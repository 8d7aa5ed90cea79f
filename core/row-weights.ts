import {type ActivityTable, unknownDay} from './activity-table.ts';
import {dayOfDate} from './days.ts';
import {allSports, groupOfRow} from './group-row.ts';
import {sportIndex} from './sports.ts';
import type {HeatStyle} from './style.ts';

/** The keys of a style that choose activities. */
export type Filter = Pick<HeatStyle, 'sport' | 'from' | 'to' | 'only' | 'without'>;

/**
 * Weight 0..1 of each row of a table (dense index) under a filter. A row that stands for a period weighs by the share of
 * its days in range; a row without a date passes only where the dates are open.
 */
export function rowWeights(table: ActivityTable, filter: Filter): Float32Array<ArrayBuffer> {
  const allowed = new Set(filter.sport.map(sportIndex));
  const only = new Set(filter.only);
  const without = new Set(filter.without);
  const from = filter.from ? dayOfDate(filter.from) : Number.NEGATIVE_INFINITY;
  const to = filter.to ? dayOfDate(filter.to) : Number.POSITIVE_INFINITY;
  const openDates = !filter.from && !filter.to;
  const weights = new Float32Array(table.count);
  for (let i = 0; i < table.count; i++) {
    if (allowed.size && !allowed.has(table.sport[i])) continue;
    if (only.size && !only.has(table.id[i])) continue;
    if (without.has(table.id[i])) continue;
    if (openDates) weights[i] = 1;
    else if (table.from[i] !== unknownDay) weights[i] = shareInRange(table.from[i], table.to[i], from, to);
  }
  weighGroups(table, weights);
  return weights;
}

/**
 * Where a table has activities beside the group rows that stand for them in crowded tiles, a group weighs by the share of its
 * activities that pass.
 */
function weighGroups(table: ActivityTable, weights: Float32Array): void {
  const single = singleRows(table);
  if (single === 0) return;
  for (let i = single; i < table.count; i++) {
    const group = groupOfRow(table.id[i]);
    if (!group) continue;
    let all = 0;
    let passing = 0;
    for (let k = 0; k < single; k++) {
      if (group.sport !== allSports && table.sport[k] !== group.sport) continue;
      if (group.year !== 0 && yearOf(table.from[k]) !== group.year) continue;
      all++;
      passing += weights[k];
    }
    weights[i] = all > 0 ? passing / all : 0;
  }
}

/** How many rows of a table are single activities; they come before the group rows. */
function singleRows(table: ActivityTable): number {
  let count = table.count;
  while (count > 0 && groupOfRow(table.id[count - 1])) count--;
  return count;
}

function yearOf(day: number): number {
  return day === unknownDay ? 0 : new Date(day * 86_400_000).getUTCFullYear();
}

/** Share of a table's activities that pass, 0..1: the `share` of `toneScale`. 1 for an empty table. */
export function passingShare(table: ActivityTable, weights: Float32Array): number {
  // Group rows beside single activities stand for the same activities once more.
  const count = singleRows(table) || table.count;
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
  const days = Math.min(to, max) - Math.max(from, min) + 1;
  return Math.max(0, days / (to - from + 1));
}
