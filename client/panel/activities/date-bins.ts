import {type ActivityTable, unknownDay} from '../../../core/activity-table.ts';
import {dateOfDay} from '../../../core/days.ts';
import {failureBit} from '../../../core/failed-keys.ts';
import {countedRows} from '../../../core/row-weights.ts';

/** A range of days since 1970-01-01, both ends included. */
export type Days = {first: number; last: number};

/** How long the bins of dates are. */
export type BinUnit = 'year' | 'month' | 'day';

/** Longest ranges that are shown in days and in months, days. */
const mostDays = 124;
const mostMonthDays = 20 * 366;

/** How long bins have to be for a range of days to be read at a glance. */
export function binUnit({first, last}: Days): BinUnit {
  const days = last - first + 1;
  if (days <= mostDays) return 'day';
  return days <= mostMonthDays ? 'month' : 'year';
}

/** The first day of a calendar unit that a day lies in. */
export function startOf(unit: BinUnit, day: number): number {
  if (unit === 'day') return day;
  const [year, month] = dateOfDay(day).split('-').map(Number);
  return dayOf(year, unit === 'year' ? 0 : month - 1, 1);
}

/** The same day some units later, or the last one of a month that is too short. */
export function addUnits(unit: BinUnit, day: number, count: number): number {
  if (unit === 'day') return day + count;
  const [year, month, date] = dateOfDay(day).split('-').map(Number);
  const months = year * 12 + month - 1 + count * (unit === 'year' ? 12 : 1);
  const first = dayOf(Math.floor(months / 12), months % 12, 1);
  const next = dayOf(Math.floor((months + 1) / 12), (months + 1) % 12, 1);
  return first + Math.min(date, next - first) - 1;
}

/** Where bins of whole calendar units that cover a range of days begin, and where the last one ends. */
export function dateEdges({first, last}: Days, unit: BinUnit): number[] {
  const edges = [startOf(unit, first)];
  while (edges[edges.length - 1] <= last) edges.push(addUnits(unit, edges[edges.length - 1], 1));
  return edges;
}

/** Activities in bins: all of them, and those that pass what else is asked. */
export type BinCounts = {all: Float64Array; passing: Float64Array};

/**
 * Activities of a table in bins of days between `edges`; those pass whose rows fail (core/failed-keys.ts) nothing but dates. Periods are
 * spread over their days.
 */
export function countByDates(table: ActivityTable, failed: Uint16Array, edges: readonly number[]): BinCounts {
  const bins = edges.length - 1;
  const all = new Float64Array(bins);
  const passing = new Float64Array(bins);
  const others = ~failureBit('from', 'to');
  const count = countedRows(table);
  for (let row = 0; row < count; row++) {
    const from = table.from[row];
    if (from === unknownDay) continue;
    const end = table.to[row] + 1;
    const passes = (failed[row] & others) === 0;
    for (let bin = Math.max(0, binAt(edges, from)); bin < bins && edges[bin] < end; bin++) {
      const days = Math.min(end, edges[bin + 1]) - Math.max(from, edges[bin]);
      if (days <= 0) continue;
      const activities = (table.activities[row] * days) / (end - from);
      all[bin] += activities;
      if (passes) passing[bin] += activities;
    }
  }
  return {all, passing};
}

/** The bin that a value lies in; -1 below the first, the number of bins above the last. */
export function binAt(edges: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Days since 1970-01-01 of a date; the month counts from 0. */
function dayOf(year: number, month: number, date: number): number {
  return Date.UTC(year, month, date) / 86_400_000;
}
