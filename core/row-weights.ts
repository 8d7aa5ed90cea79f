import {type ActivityTable, unknownDay} from './activity-table.ts';
import {dayOfDate} from './days.ts';
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
  return weights;
}

/** Share of a table's activities that pass, 0..1: the `share` of `toneScale`. 1 for an empty table. */
export function passingShare(table: ActivityTable, weights: Float32Array): number {
  let all = 0;
  let passing = 0;
  for (let i = 0; i < table.count; i++) {
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
