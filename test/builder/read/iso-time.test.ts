import {expect, test} from 'vitest';
import {isoTime, isoZone} from '../../../builder/read/iso-time.ts';
import {seededRandom} from '../../support/tracks.ts';

const time = (text: string) => isoTime(Buffer.from(`<${text}<`), 1, text.length + 1);
const zone = (text: string) => isoZone(Buffer.from(`<${text}<`), 1, text.length + 1);

test('isoTime agrees with Date.parse on 2,000 random times of 400 years', () => {
  const random = seededRandom(7);
  for (let i = 0; i < 2000; i++) {
    const iso = new Date(Date.UTC(1800, 0, 1) + Math.floor(random() * 400 * 365.25 * 86_400_000)).toISOString();
    const minutes = Math.floor(random() * 24 * 60) - 12 * 60;
    const offset = `${minutes < 0 ? '-' : '+'}${String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0')}:${String(Math.abs(minutes) % 60).padStart(2, '0')}`;
    for (const text of [iso, `${iso.slice(0, 19)}Z`, iso.replace('Z', offset)]) {
      expect([text, time(text)]).toEqual([text, Date.parse(text)]);
    }
  }
});

test('a text without a zone is UTC, with blanks around, a blank for T, small letters', () => {
  const ms = Date.UTC(2013, 0, 1, 12, 0, 4);
  for (const text of [
    '2013-01-01T12:00:04',
    ' 2013-01-01T12:00:04Z\n',
    '2013-01-01 12:00:04',
    '2013-01-01t12:00:04z',
  ]) {
    expect([text, time(text)]).toEqual([text, ms]);
  }
});

test('fractions of any length are cut to ms', () => {
  const ms = Date.UTC(2024, 1, 29, 23, 59, 59);
  expect(time('2024-02-29T23:59:59.5Z')).toBe(ms + 500);
  expect(time('2024-02-29T23:59:59.1239999Z')).toBe(ms + 123);
  expect(time('2024-02-29T23:59:59,25+00:00')).toBe(ms + 250);
  expect(time('2024-02-29T23:59:59.Z')).toBe(ms);
});

test('odd forms are read too', () => {
  const ms = Date.UTC(2024, 5, 7, 8, 9);
  const odd = [
    '2024-06-07T08:09Z',
    '20240607T080900Z',
    '2024-06-07T10:09:00+0200',
    '2024-06-07T10:09:00+02',
    '2024-6-7T8:09:00Z',
    '2024/06/07 08:09:00',
    '2024-06-07 08:09:00 UTC',
    'Fri, 07 Jun 2024 08:09:00 GMT',
    'Jun 7 2024 08:09',
  ];
  for (const text of odd) expect([text, time(text)]).toEqual([text, ms]);
  expect(time('2024-06-07')).toBe(Date.UTC(2024, 5, 7));
  expect(time('2016-12-31T23:59:60Z')).toBe(Date.UTC(2017, 0, 1));
  expect(time('7605-11-10T09:01:45Z')).toBe(Date.UTC(7605, 10, 10, 9, 1, 45));
});

test('what is no time is NaN', () => {
  const none = ['', ' ', 'undefined', '2024-13-01T00:00:00Z', '2024-01-32T00:00:00Z', '2024-01-01T25:00:00Z'];
  none.push('2024-01-01T00:61:00Z', '0000-00-00T00:00:00Z', 'x'.repeat(5000), '2024-01-01T00:00:00Zjunk');
  for (const text of none) expect([text, time(text)]).toEqual([text, Number.NaN]);
});

test('a year at the end of a date is no zone: its time is UTC on every computer', () => {
  expect(time('10:00:00 03-04-2021')).toBe(Date.UTC(2021, 2, 4, 10));
});

test('isoZone tells a zone only where a text has one that is not UTC itself', () => {
  expect(zone('2024-06-07T10:09:00+02:00')).toBe(120);
  expect(zone('2024-06-07T10:09:00.835-0930')).toBe(-570);
  expect(zone('2024-06-07T10:09:00Z')).toBeUndefined();
  expect(zone('2024-06-07T10:09:00+00:00')).toBeUndefined();
  expect(zone('2024-06-07T10:09:00')).toBeUndefined();
  expect(zone('2024-06-07')).toBeUndefined();
});
