import {dateOfDay, dayOfDate} from '../../../core/days.ts';
import type {Filter} from '../../../core/filter.ts';
import {addUnits} from './date-bins.ts';

/** Dates of a filter. */
export type Dates = Pick<Filter, 'from' | 'to'>;

export const allDates: Dates = {from: '', to: ''};

/** The dates of a calendar year. */
export function yearDates(year: string): Dates {
  return {from: `${year}-01-01`, to: `${year}-12-31`};
}

/** The year that a day lies in, and the twelve months that end with it: as dates, so that a link means the same tomorrow. */
export function thisYear(today: string): Dates {
  return yearDates(today.slice(0, 4));
}

export function lastTwelveMonths(today: string): Dates {
  return {from: dateOfDay(addUnits('year', dayOfDate(today), -1) + 1), to: today};
}

/** What the year's choice shows for a range of dates: a year, all, or neither. */
export function yearOf({from, to}: Dates): string {
  if (!from && !to) return '';
  const year = from.slice(0, 4);
  return isSame({from, to}, yearDates(year)) ? year : 'range';
}

export function isSame(one: Dates, other: Dates): boolean {
  return one.from === other.from && one.to === other.to;
}
