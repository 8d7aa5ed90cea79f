import {describe, expect, test} from 'vitest';
import {dragRange, gripAt} from '../../../../client/panel/activities/brush-range.ts';
import {stepTimes} from '../../../../client/panel/activities/time-filter.ts';
import {seededRandom} from '../../../support/tracks.ts';

/** Bins of unequal length, as months are; and the hours of a day. */
const months = {edges: [0, 31, 59, 90, 120], isCircular: false};
const hours = {edges: Array.from({length: 25}, (_, hour) => hour * 60), isCircular: true};

describe('gripAt', () => {
  const range = {start: 31, end: 90};
  test.each([
    [30, 'start'],
    [34, 'start'],
    [88, 'end'],
    [94, 'end'],
    [60, 'range'],
    [20, 'new'],
    [110, 'new'],
  ])('at %i of 31 to 90 it is %s', (value, grip) => expect(gripAt(months, range, value, 5)).toBe(grip));

  test('in the whole a drag begins a new range, but at the ends', () => {
    expect(gripAt(months, {start: 0, end: 120}, 60, 5)).toBe('new');
    expect(gripAt(months, {start: 0, end: 120}, 2, 5)).toBe('start');
    expect(gripAt(months, {start: 0, end: 120}, 119, 5)).toBe('end');
  });

  test('a short range can still be moved', () => {
    expect(gripAt(months, {start: 50, end: 56}, 53, 20)).toBe('range');
    expect(gripAt(months, {start: 50, end: 56}, 57, 20)).toBe('end');
  });

  test('over the end of a circle both parts are the range', () => {
    const night = {start: 1320, end: 300};
    expect([100, 700, 1400].map((value) => gripAt(hours, night, value, 30))).toEqual(['range', 'new', 'range']);
  });
});

describe('dragRange', () => {
  const range = {start: 31, end: 90};

  test('draws out a new range of whole bins, both ways', () => {
    expect(dragRange(months, range, 'new', 10, 60)).toEqual({start: 0, end: 90});
    expect(dragRange(months, range, 'new', 60, 10)).toEqual({start: 0, end: 90});
    expect(dragRange(months, range, 'new', 40, 40)).toEqual({start: 31, end: 59});
    expect(dragRange(months, range, 'new', 100, 500)).toEqual({start: 90, end: 120});
  });

  test('moves an end to the nearest border, past the other one too, and leaves a bin', () => {
    expect(dragRange(months, range, 'start', 31, 50)).toEqual({start: 59, end: 90});
    expect(dragRange(months, range, 'start', 31, 118)).toEqual({start: 90, end: 120});
    expect(dragRange(months, range, 'start', 31, 88)).toEqual({start: 59, end: 90});
    expect(dragRange(months, range, 'end', 90, 32)).toEqual({start: 31, end: 59});
    expect(dragRange(months, range, 'end', 90, -5)).toEqual({start: 0, end: 31});
  });

  test('moves months as months, and stops at the ends', () => {
    expect(dragRange(months, {start: 0, end: 31}, 'range', 10, 40)).toEqual({start: 31, end: 59});
    expect(dragRange(months, range, 'range', 60, 500)).toEqual({start: 59, end: 120});
    expect(dragRange(months, range, 'range', 60, -500)).toEqual({start: 0, end: 59});
    expect(dragRange(months, {start: 5, end: 25}, 'range', 10, 17.4)).toEqual({start: 12, end: 32});
  });

  test('moves times around the clock', () => {
    const evening = {start: 1080, end: 1440};
    expect(dragRange(hours, evening, 'range', 1200, 1380)).toEqual({start: 1260, end: 180});
    expect(dragRange(hours, {start: 1260, end: 180}, 'range', 60, -120)).toEqual({start: 1080, end: 1440});
    expect(dragRange(hours, {start: 1290, end: 1410}, 'range', 1300, 1360)).toEqual({start: 1350, end: 30});
    expect(dragRange(hours, {start: 1320, end: 300}, 'start', 1320, 1200)).toEqual({start: 1200, end: 300});
    expect(dragRange(hours, {start: 1320, end: 300}, 'end', 300, 10)).toEqual({start: 1320, end: 1440});
  });

  test('is never empty and never beyond the scale, whatever is dragged', () => {
    const random = seededRandom(3);
    for (const scale of [months, hours]) {
      const last = scale.edges[scale.edges.length - 1];
      let range = {start: scale.edges[1], end: scale.edges[3]};
      for (let i = 0; i < 400; i++) {
        const [from, value] = [random() * last, (random() * 1.4 - 0.2) * last];
        range = dragRange(scale, range, gripAt(scale, range, from, last / 30), from, value);
        expect(scale.edges).toContain(range.start);
        expect(scale.edges).toContain(range.end);
        expect(range.end).toBeGreaterThan(0);
        expect(range.start).toBeLessThan(last);
        if (scale.isCircular) expect(range.start).not.toBe(range.end % last || -1);
        else expect(range.start).toBeLessThan(range.end);
      }
    }
  });
});

test('stepTimes goes around the clock and is never empty', () => {
  const day = {start: 0, end: 1440};
  expect(stepTimes(day, 'start', {by: 1, size: 'bin'})).toEqual({start: 60, end: 1440});
  expect(stepTimes(day, 'start', {by: -1, size: 'bin'})).toEqual({start: 1380, end: 1440});
  expect(stepTimes(day, 'end', {by: 1, size: 'page'})).toEqual({start: 0, end: 360});
  expect(stepTimes({start: 1320, end: 300}, 'end', {by: 1, size: 'fine'})).toEqual({start: 1320, end: 315});
  expect(stepTimes({start: 1320, end: 300}, 'end', {by: 1, size: 'all'})).toEqual({start: 1320, end: 1440});
  expect(stepTimes({start: 60, end: 120}, 'start', {by: 1, size: 'bin'})).toEqual({start: 60, end: 120});
});
