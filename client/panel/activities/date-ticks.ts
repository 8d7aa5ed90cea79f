import {dateOfDay} from '../../../core/days.ts';
import {addUnits, type BinUnit, type Days, startOf} from './date-bins.ts';

/** A label below a histogram and where it begins, as a share of the width. */
export type Tick = {at: number; text: string};

/** Names of months, short and in full. */
export const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Steps between labels, the finest first. */
const steps: [unit: BinUnit, count: number][] = [
  ['day', 1],
  ['day', 7],
  ['day', 14],
  ['month', 1],
  ['month', 2],
  ['month', 3],
  ['month', 6],
  ['year', 1],
  ['year', 2],
  ['year', 5],
  ['year', 10],
  ['year', 20],
  ['year', 50],
  ['year', 100],
  ['year', 500],
  ['year', 2000],
];

/** Most labels, and the share of the width that the last one needs. */
const mostTicks = {day: 5, month: 7, year: 7};
const tickWidth = 0.13;

/** Labels for the days `first` to `last`, as many as can be read. */
export function dateTicks({first, last}: Days): Tick[] {
  const days = last - first + 1;
  const [unit, count] = steps.find(([unit, count]) => days / (count * unitDays[unit]) <= mostTicks[unit]) ?? steps[0];
  const ticks: Tick[] = [];
  for (let day = firstTick(unit, count, first); day <= last; day = addUnits(unit, day, count)) {
    const at = (day - first) / days;
    if (at >= 0 && at <= 1 - tickWidth) ticks.push({at, text: tickText(unit, day)});
  }
  return ticks;
}

const unitDays = {day: 1, month: 30.4, year: 365.25};

/** The last day at or before `day` at which a step begins: years and months that its number divides; days follow on the first one. */
function firstTick(unit: BinUnit, count: number, day: number): number {
  if (unit === 'day') return day;
  const start = startOf(unit, day);
  const [year, month] = dateOfDay(start).split('-').map(Number);
  const over = unit === 'year' ? year % count : (month - 1) % count;
  return over < year || unit === 'month' ? addUnits(unit, start, -over) : start;
}

function tickText(unit: BinUnit, day: number): string {
  const [year, month, date] = dateOfDay(day).split('-').map(Number);
  if (unit === 'year' || (unit === 'month' && month === 1)) return String(year);
  const name = months[month - 1].slice(0, 3);
  return unit === 'month' ? name : `${date} ${name}`;
}

/** A day as people write it: 3 January 2024, or with a short month. */
export function dayText(day: number, isShort = false): string {
  const [year, month, date] = dateOfDay(day).split('-').map(Number);
  const name = months[month - 1];
  return `${date} ${isShort ? name.slice(0, 3) : name} ${year}`;
}
