import {expect, test} from 'vitest';
import {dateOfDay, dayOfDate, firstDay, lastDay, weekdayOfDay, yearOfDay} from '../../core/days.ts';

test('days and dates are two forms of one thing, from the first to the last that can be named', () => {
  for (const date of ['0100-01-01', '1969-12-31', '1970-01-01', '2024-02-29', '9999-12-31']) {
    expect(dateOfDay(dayOfDate(date))).toBe(date);
  }
  expect([dateOfDay(firstDay), dateOfDay(lastDay)]).toEqual(['0100-01-01', '9999-12-31']);
});

test('weekdayOfDay counts from Monday, before 1970 too', () => {
  const weekdays = ['1970-01-01', '2024-01-01', '2024-01-07', '1969-12-28', '1901-01-01'].map(dayOfDate);
  expect(weekdays.map(weekdayOfDay)).toEqual([3, 0, 6, 6, 1]);
});

test('yearOfDay is the calendar year', () => {
  expect(['2023-12-31', '2024-01-01'].map((date) => yearOfDay(dayOfDate(date)))).toEqual([2023, 2024]);
});
