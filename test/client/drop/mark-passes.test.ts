import {expect, test} from 'vitest';
import {type Line, lengthOf} from '../../../client/drop/clean-line.ts';
import {markPasses} from '../../../client/drop/mark-passes.ts';
import {along, home, noisy, seededRandom, track} from '../../support/tracks.ts';

/** A line through corners in metres, east and north of a place. */
function lineOf(points: [number, number][], at = home): Line {
  const {lng, lat} = track(points, {at});
  return [...lng].map((x, i) => [x, lat[i]]);
}

function meters(lines: Line[]): number {
  return lines.reduce((sum, line) => sum + lengthOf(line), 0);
}

test('a way and its way back are one pass and a repeated one', () => {
  const {first, again} = markPasses([
    lineOf(
      along(
        [
          [0, 0],
          [2000, 0],
          [0, 4],
        ],
        7,
      ),
    ),
  ]);
  expect(first.length).toBe(1);
  expect(again.length).toBe(1);
  expect(meters(first)).toBeGreaterThan(1990);
  expect(meters(first)).toBeLessThan(2120);
  expect(meters(first) + meters(again)).toBeCloseTo(4000, -1);
  expect(first[0].at(-1)).toEqual(again[0][0]);
});

test('a way back is known when the way has gone on for 40 m: 20 m beyond the turning point', () => {
  const {first} = markPasses([
    lineOf(
      along(
        [
          [0, 0],
          [1000, 0],
          [0, 4],
        ],
        5,
      ),
    ),
  ]);
  expect(meters(first)).toBeGreaterThan(1000);
  expect(meters(first)).toBeLessThan(1000 + 40 / 2 + 10);
});

test('ten laps with the noise of GPS, also in lines of their own, are little more than one', () => {
  const random = seededRandom(7);
  const lap = along(
    [
      [0, 0],
      [400, 0],
      [400, 400],
      [0, 400],
      [0, 0],
    ],
    5,
  );
  const laps = Array.from({length: 10}, () => lineOf(noisy(lap, 3, random)));
  const {first, again} = markPasses(laps);
  // Noise alone makes a way longer.
  const one = lengthOf(laps[0]);
  expect(meters(first)).toBeGreaterThan(0.95 * one);
  expect(meters(first)).toBeLessThan(1.25 * one);
  expect(meters(first) + meters(again)).toBeCloseTo(meters(laps), 0);
});

test('a crossing stays whole', () => {
  const {first, again} = markPasses([
    lineOf(
      along(
        [
          [0, 0],
          [1000, 0],
          [1000, 500],
          [500, 500],
          [500, -500],
        ],
        6,
      ),
    ),
  ]);
  expect(again).toEqual([]);
  expect(first.length).toBe(1);
});

test('who stands still walks nowhere', () => {
  const random = seededRandom(3);
  const stop: [number, number][] = Array.from({length: 3000}, () => [random() * 8, random() * 8]);
  const {first} = markPasses([
    lineOf([
      ...along(
        [
          [-500, 0],
          [0, 0],
        ],
        5,
      ),
      ...stop,
    ]),
  ]);
  expect(meters(first)).toBeLessThan(750);
});

test('a way back counts as repeated across the antimeridian and along it, from whichever side its longitudes go on', () => {
  const east = {lng: 180, lat: -17};
  const west = {lng: -180, lat: -17};
  const across = along(
    [
      [-2000, 0],
      [2000, 0],
    ],
    7,
  );
  // 4 m on both sides of it: in cells beside each other.
  const along180 = (side: number) =>
    along(
      [
        [side, -2000],
        [side, 2000],
      ],
      7,
    );
  for (const lines of [
    [lineOf(across, east), lineOf(across.toReversed(), west)],
    [lineOf(along180(-4), east), lineOf(along180(4).toReversed(), west)],
    [lineOf(along180(4), west), lineOf(along180(-4).toReversed(), east)],
  ]) {
    const {first, again} = markPasses(lines);
    expect(meters(first)).toBeCloseTo(4000, -2);
    expect(meters(again)).toBeCloseTo(4000, -2);
  }
});
