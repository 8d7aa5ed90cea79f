import {describe, expect, test} from 'vitest';
import {barsPath} from '../../../../client/panel/activities/bars.ts';
import {
  addUnits,
  binAt,
  binUnit,
  countByDates,
  dateEdges,
  startOf,
} from '../../../../client/panel/activities/date-bins.ts';
import {stepDates} from '../../../../client/panel/activities/date-filter.ts';
import {
  isSame,
  lastTwelveMonths,
  thisYear,
  yearDates,
  yearOf,
} from '../../../../client/panel/activities/date-presets.ts';
import {dateTicks, dayText} from '../../../../client/panel/activities/date-ticks.ts';
import {zoomIn, zoomOut} from '../../../../client/panel/activities/date-window.ts';
import {dateOfDay, dayOfDate} from '../../../../core/days.ts';
import {failedKeys} from '../../../../core/failed-keys.ts';
import {openFilter} from '../../../../core/filter.ts';
import {activityTable} from '../../../support/activity-table.ts';

const days = (first: string, last: string) => ({first: dayOfDate(first), last: dayOfDate(last)});

describe('bins of dates', () => {
  test.each([
    ['2000-01-01', '2024-01-01', 'year'],
    ['2014-01-01', '2024-12-31', 'month'],
    ['2024-01-01', '2024-07-01', 'month'],
    ['2024-01-01', '2024-04-30', 'day'],
    ['2024-01-01', '2024-01-01', 'day'],
  ])('%s to %s is shown by %s', (first, last, unit) => expect(binUnit(days(first, last))).toBe(unit));

  test('begin and end with whole units', () => {
    const edges = dateEdges(days('2023-11-20', '2024-03-01'), 'month').map(dateOfDay);
    expect(edges).toEqual(['2023-11-01', '2023-12-01', '2024-01-01', '2024-02-01', '2024-03-01', '2024-04-01']);
    expect(dateEdges(days('2023-11-20', '2024-03-01'), 'year').map(dateOfDay)).toEqual([
      '2023-01-01',
      '2024-01-01',
      '2025-01-01',
    ]);
    expect(dateEdges(days('2024-02-28', '2024-03-01'), 'day')).toHaveLength(4);
  });

  test('addUnits keeps the day of the month where there is one', () => {
    const at = (unit: 'year' | 'month' | 'day', date: string, by: number) =>
      dateOfDay(addUnits(unit, dayOfDate(date), by));
    expect(at('month', '2024-01-31', 1)).toBe('2024-02-29');
    expect(at('month', '2024-01-15', -1)).toBe('2023-12-15');
    expect(at('year', '2024-02-29', -1)).toBe('2023-02-28');
    expect(at('day', '2024-02-29', 1)).toBe('2024-03-01');
    expect(dateOfDay(startOf('month', dayOfDate('2024-02-29')))).toBe('2024-02-01');
  });

  test('binAt is the bin whose edges hold a value', () => {
    expect([9, 10, 19, 20, 29, 30].map((value) => binAt([10, 20, 30], value))).toEqual([-1, 0, 0, 1, 1, 2]);
  });

  test('count all activities, and those that fail nothing but the dates', () => {
    const table = activityTable([
      {date: '2024-01-05', sport: 'run'},
      {date: '2024-01-31', sport: 'ride'},
      {date: '2024-02-01', sport: 'run'},
      {date: '2023-12-31', sport: 'run'},
      {},
    ]);
    const failed = failedKeys(table, {...openFilter, sport: ['run'], from: '2024-02-01'});
    const edges = dateEdges(days('2024-01-01', '2024-02-29'), 'month');
    expect(countByDates(table, failed, edges)).toEqual({all: Float64Array.of(2, 1), passing: Float64Array.of(1, 1)});
  });

  test('spread periods over their days', () => {
    const table = activityTable([{date: '2024-01-30'}]);
    const period = {...table, to: table.from.map((day) => day + 3), activities: Float64Array.of(8)};
    const edges = dateEdges(days('2024-01-01', '2024-02-29'), 'month');
    expect(countByDates(period, new Uint16Array(1), edges).all).toEqual(Float64Array.of(4, 4));
  });

  test('have bars in proportion, none where nothing is, and a low one for one among many', () => {
    const path = barsPath([0, 10, 20, 40], Float64Array.of(100, 0, 1), 100);
    expect(path).toBe('M17.5 100V0H232.5V100ZM535 100V96H965V100Z');
  });
});

describe('the window of days', () => {
  const whole = days('2010-01-01', '2024-12-31');

  test('goes closer to a small range, which then fills half of it, and not closer than four weeks', () => {
    const year = days('2020-01-01', '2020-12-31');
    const window = zoomIn(whole, year, whole);
    expect(window.last - window.first + 1).toBe(2 * 366);
    expect(window.first).toBe(year.first - 183);
    const day = days('2024-12-31', '2024-12-31');
    expect(zoomIn(window, day, whole)).toEqual(days('2024-12-04', '2024-12-31'));
  });

  test('stays as it is where it would hardly be closer, and goes back to all', () => {
    expect(zoomIn(whole, whole, whole)).toBe(whole);
    const wider = zoomOut(days('2020-01-01', '2020-12-31'), whole);
    expect(wider.last - wider.first + 1).toBe(4 * 366);
    expect(zoomOut(wider, whole)).toBe(whole);
  });
});

describe('labels below the histogram', () => {
  test.each([
    ['2010-01-01', '2024-12-31', ['2010', '2015', '2020']],
    ['2014-08-01', '2026-05-31', ['2016', '2018', '2020', '2022', '2024']],
    ['2024-01-01', '2024-12-31', ['2024', 'Mar', 'May', 'Jul', 'Sep', 'Nov']],
    ['2024-01-01', '2024-01-28', ['1 Jan', '8 Jan', '15 Jan', '22 Jan']],
  ])('of %s to %s are few, round and within it', (first, last, texts) => {
    const ticks = dateTicks(days(first, last));
    expect(ticks.map(({text}) => text)).toEqual(texts);
    for (const {at} of ticks) expect(at).toBeLessThanOrEqual(0.87);
  });

  test('dayText is a date in words', () => {
    expect(dayText(dayOfDate('2024-03-05'))).toBe('5 March 2024');
    expect(dayText(dayOfDate('2024-03-05'), true)).toBe('5 Mar 2024');
  });
});

describe('dates at a press', () => {
  test('are the year of today, and the twelve months that end today', () => {
    expect(thisYear('2024-02-29')).toEqual({from: '2024-01-01', to: '2024-12-31'});
    expect(lastTwelveMonths('2024-02-29')).toEqual({from: '2023-03-01', to: '2024-02-29'});
    expect(lastTwelveMonths('2024-05-10')).toEqual({from: '2023-05-11', to: '2024-05-10'});
  });

  test('yearOf tells a whole year from other dates', () => {
    expect(yearOf({from: '', to: ''})).toBe('');
    expect(yearOf(yearDates('2024'))).toBe('2024');
    expect(yearOf({from: '2024-01-01', to: ''})).toBe('range');
    expect(yearOf({from: '2023-01-01', to: '2024-12-31'})).toBe('range');
    expect(isSame(yearDates('2023'), yearDates('2024'))).toBe(false);
  });
});

describe('stepDates', () => {
  const whole = days('2010-03-05', '2024-12-20');
  const range = {start: dayOfDate('2020-02-10'), end: dayOfDate('2020-03-01')};
  const step = (end: 'start' | 'end', by: -1 | 1, size: 'bin' | 'fine' | 'page' | 'all', window = whole) => {
    const {start, end: last} = stepDates(range, end, {by, size}, window, whole);
    return `${dateOfDay(start)} ${dateOfDay(last - 1)}`;
  };

  test('goes to the borders of months, by days, by years and all the way', () => {
    expect(step('start', -1, 'bin')).toBe('2020-02-01 2020-02-29');
    expect(step('end', 1, 'bin')).toBe('2020-02-10 2020-03-31');
    expect(step('end', -1, 'fine')).toBe('2020-02-10 2020-02-28');
    expect(step('end', 1, 'page')).toBe('2020-02-10 2021-02-28');
    expect(step('start', -1, 'all')).toBe('2010-03-05 2020-02-29');
    expect(step('end', 1, 'all')).toBe('2020-02-10 2024-12-20');
  });

  test('goes by days and months in a short window', () => {
    const window = days('2020-02-01', '2020-03-31');
    expect(step('start', 1, 'bin', window)).toBe('2020-02-11 2020-02-29');
    expect(step('end', 1, 'page', window)).toBe('2020-02-10 2020-03-31');
  });

  test('goes by a day from an open end, which is shown at the border of its month', () => {
    const open = {start: dayOfDate('2010-03-01'), end: dayOfDate('2025-01-01')};
    const later = stepDates(open, 'start', {by: 1, size: 'fine'}, whole, whole);
    expect(dateOfDay(later.start)).toBe('2010-03-06');
    const sooner = stepDates(open, 'end', {by: -1, size: 'fine'}, whole, whole);
    expect(dateOfDay(sooner.end - 1)).toBe('2024-12-19');
  });

  test('leaves at least one day', () => {
    expect(step('start', 1, 'all')).toBe('2020-02-29 2020-02-29');
    expect(step('start', 1, 'page')).toBe('2020-02-29 2020-02-29');
    expect(step('end', -1, 'all')).toBe('2020-02-10 2020-02-10');
    // An open end, shown at the border of its month: a day with activities is left.
    const open = {start: dayOfDate('2010-03-01'), end: dayOfDate('2025-01-01')};
    const last = stepDates(open, 'start', {by: 1, size: 'all'}, whole, whole);
    expect(dateOfDay(last.start)).toBe('2024-12-20');
    const first = stepDates(open, 'end', {by: -1, size: 'all'}, whole, whole);
    expect(dateOfDay(first.end - 1)).toBe('2010-03-05');
  });
});
