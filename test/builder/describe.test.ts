import {expect, test} from 'vitest';
import {describe as factsOf, localDay} from '../../builder/describe.ts';
import {track} from '../support/tracks.ts';

/** Facts of a walk in Berlin that begins at a time. */
const inBerlin = (start: string) =>
  factsOf(
    [
      track(
        [
          [0, 0],
          [20, 0],
          [40, 0],
        ],
        {at: {lng: 13.4, lat: 52.5}, start: Date.parse(start), seconds: 10},
      ),
    ],
    {start: Number.NaN},
  );

test.each([
  ['2024-03-10T10:00:15Z', 60],
  ['2024-03-10T10:00:45Z', 60],
  ['2024-03-31T01:00:45Z', 120],
  ['2023-10-08T22:00:45Z', 120],
])('local time is ahead of UTC by whole minutes in a month in which clocks change: %s', (start, minutes) => {
  expect(inBerlin(start).offsetMinutes).toBe(minutes);
});

test('an activity that begins in the minute after local midnight is of that day', () => {
  expect(localDay(inBerlin('2023-10-08T22:00:45Z'))).toBe(Date.UTC(2023, 9, 9) / 86_400_000);
});
