import {type ActivityTable, unknownDay} from '../../../core/activity-table.ts';
import {yearOfDay} from '../../../core/days.ts';
import {countedRows} from '../../../core/row-weights.ts';
import {type Sport, sports} from '../../../core/sports.ts';
import type {Days} from './date-bins.ts';

/** What an archive knows of its activities: only that can be asked for. */
export type TableFacts = {
  /** Sports, the most frequent first. */
  sports: Sport[];
  /** First and last day; undefined where no date is known. */
  days: Days | undefined;
  /** Years with activities, the latest first. */
  years: string[];
  hasWeekdays: boolean;
  hasTimes: boolean;
  /** Names of gear, the most frequent first. */
  gear: string[];
  hasCommutes: boolean;
  hasNames: boolean;
};

/** What the table of an archive knows. */
export function tableFacts(table: ActivityTable): TableFacts {
  const {details, from, to} = table;
  const rows = Array.from({length: countedRows(table)}, (_, row) => row);
  const days = dayRange(table);
  const commutes = rows.filter((row) => details?.commute[row] === 1).length;
  return {
    sports: byFrequency(rows, table, (row) => sports[table.sport[row]]),
    days,
    years: yearsOf(table),
    hasWeekdays: rows.some((row) => from[row] !== unknownDay && from[row] === to[row]),
    hasTimes: details?.startMinute.some((minute) => !Number.isNaN(minute)) ?? false,
    gear: details ? byFrequency(rows, table, (row) => details.gear[row]).filter((name) => name !== '') : [],
    hasCommutes: commutes > 0 && commutes < rows.length,
    hasNames: details?.name?.some((name) => name !== '') ?? false,
  };
}

/** What the rows of a table have, the most frequent in activities first. */
function byFrequency<T>(rows: number[], {activities}: ActivityTable, factOf: (row: number) => T): T[] {
  const sums = new Map<T, number>();
  for (const row of rows) sums.set(factOf(row), (sums.get(factOf(row)) ?? 0) + activities[row]);
  return [...sums].sort((a, b) => b[1] - a[1]).map(([value]) => value);
}

/** First and last day of a table; undefined where no date is known. */
export function dayRange({from, to}: ActivityTable): Days | undefined {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < from.length; i++) {
    if (from[i] === unknownDay) continue;
    first = Math.min(first, from[i]);
    last = Math.max(last, to[i]);
  }
  return first <= last ? {first, last} : undefined;
}

/** Calendar years in which activities of a table lie, the latest first. */
export function yearsOf({from, to}: ActivityTable): string[] {
  const years = new Set<number>();
  for (let i = 0; i < from.length; i++) {
    if (from[i] === unknownDay) continue;
    for (let year = yearOfDay(from[i]); year <= yearOfDay(to[i]); year++) years.add(year);
  }
  return [...years].sort((a, b) => b - a).map((year) => String(year).padStart(4, '0'));
}
