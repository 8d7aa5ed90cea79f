import {expect, test} from 'vitest';
import {cleanLine, lengthOf} from '../../../client/drop/clean-line.ts';

test('impossible positions, 0/0 and what is no number are left out', () => {
  const line = [
    [8, 47],
    [0, 0],
    [8.001, 47],
    [200, 47],
    [8.002, 91],
    [Number.NaN, 47],
    [8.002, 47, 430],
  ];
  expect(cleanLine(line)).toEqual([
    [
      [8, 47],
      [8.001, 47],
      [8.002, 47],
    ],
  ]);
});

test('a line is broken where a position is over 1 km and ten usual steps away, and a single position is none', () => {
  const near = [
    [8, 47],
    [8.001, 47],
    [8.002, 47],
  ];
  const far = [
    [8.1, 47],
    [8.101, 47],
  ];
  expect(cleanLine([...near, ...far, [9, 47]])).toEqual([near, far]);
  const sparse = [
    [8, 47],
    [8.1, 47],
    [8.3, 47],
  ];
  expect(cleanLine(sparse)).toEqual([sparse]);
});

test('a line ends where it leaves the map at 85.05° and begins anew where it comes back', () => {
  const there = [
    [20, 85.04],
    [20, 85.05],
  ];
  const back = [
    [20.02, 85.05],
    [20.02, 85.04],
  ];
  const beyond = [
    [20, 85.06],
    [20.02, 85.06],
  ];
  expect(cleanLine([...there, ...beyond, ...back])).toEqual([there, back]);
  expect(cleanLine(beyond)).toEqual([]);
  const south = (line: number[][]) => line.map(([lng, lat]) => [lng, -lat]);
  expect(cleanLine(south([...there, beyond[0], ...back]))).toEqual([south(there), south(back)]);
});

test('across the antimeridian longitudes go on', () => {
  const [[[,], [lng], [back]]] = cleanLine([
    [179.999, 10],
    [-179.999, 10],
    [179.998, 10],
  ]);
  expect(lng).toBeCloseTo(180.001);
  expect(back).toBeCloseTo(179.998);
});

test('a line is as long as the ground below it', () => {
  expect(
    lengthOf([
      [8, 47],
      [8, 48],
      [8, 47],
    ]),
  ).toBeCloseTo(2 * 111_195, -1);
});
