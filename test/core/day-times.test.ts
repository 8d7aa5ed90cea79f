import {expect, test} from 'vitest';
import {clockTime, formatTimes, isAtTimes, parseTimes} from '../../core/day-times.ts';

test('a range of times is read and written as it stands, its end up to 24:00', () => {
  expect(parseTimes('06:00-09:30')).toEqual({start: 360, end: 570});
  expect(parseTimes('18:15-24:00')).toEqual({start: 1095, end: 1440});
  expect(formatTimes({start: 1320, end: 300})).toBe('22:00-05:00');
  expect(clockTime(1440)).toBe('24:00');
});

test('an end at 00:00 is that of the day, and the whole day is no range', () => {
  expect(parseTimes('18:00-00:00')).toEqual({start: 1080, end: 1440});
  expect(parseTimes('00:00-24:00')).toBe('');
});

test.each([
  '',
  '6:00-09:00',
  '06:00',
  '06:00-06:00',
  '06:60-07:00',
  '24:00-06:00',
  '06:00-24:01',
  '06:00 - 09:00',
])("'%s' is no range of times", (text) => expect(parseTimes(text)).toBeUndefined());

test('a range holds its start and not its end, also over midnight', () => {
  const at = (minutes: number[], start: number, end: number) => minutes.map((each) => isAtTimes(each, {start, end}));
  expect(at([359, 360, 569, 570], 360, 570)).toEqual([false, true, true, false]);
  expect(at([1319, 1320, 0, 299, 300], 1320, 300)).toEqual([false, true, true, true, false]);
  expect(isAtTimes(Number.NaN, {start: 360, end: 570})).toBe(false);
  expect(isAtTimes(Number.NaN, {start: 1320, end: 300})).toBe(false);
});
