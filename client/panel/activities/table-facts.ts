import {type ActivityTable, unknownDay} from '../../../core/activity-table.ts';
import {dateOfDay} from '../../../core/days.ts';
import {type Sport, sports} from '../../../core/sports.ts';

/** What the year's choice shows for a range of dates: a year, all, or neither. */
export function yearOf(from: string, to: string): string {
  if (!from && !to) return '';
  const year = from.slice(0, 4);
  return from === `${year}-01-01` && to === `${year}-12-31` ? year : 'range';
}

/** Sports of a table with the number of their activities, the most frequent first. */
export function countSports({count, sport, activities}: ActivityTable): {sport: Sport; activities: number}[] {
  const sums = new Map<Sport, number>();
  for (let i = 0; i < count; i++) {
    const name = sports[sport[i]];
    sums.set(name, (sums.get(name) ?? 0) + activities[i]);
  }
  return [...sums].map(([sport, activities]) => ({sport, activities})).sort((a, b) => b.activities - a.activities);
}

/** First and last day of a table; undefined where no date is known. */
export function dayRange({from, to}: ActivityTable): {first: number; last: number} | undefined {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < from.length; i++) {
    if (from[i] === unknownDay) continue;
    first = Math.min(first, from[i]);
    last = Math.max(last, to[i]);
  }
  return first <= last ? {first, last} : undefined;
}

/** Calendar years of a range of days, the latest first. */
export function yearsOf({first, last}: {first: number; last: number}): string[] {
  const firstYear = Number(dateOfDay(first).slice(0, 4));
  const lastYear = Number(dateOfDay(last).slice(0, 4));
  return Array.from({length: lastYear - firstYear + 1}, (_, i) => String(lastYear - i));
}
