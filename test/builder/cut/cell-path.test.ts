import {expect, test} from 'vitest';
import {type CellPath, cellPath, newCellPath} from '../../../builder/cut/cell-path.ts';
import {seededRandom} from '../../support/tracks.ts';

function pathOf(points: [x: number, y: number][], cells: number, tips = false): [number, number][] {
  const path: CellPath = {...newCellPath(), tips};
  const world = {
    count: points.length,
    x: Float64Array.from(points, ([x]) => x / cells),
    y: Float64Array.from(points, ([, y]) => y / cells),
  };
  cellPath(world, cells, path);
  return Array.from({length: path.count}, (_, i) => [path.x[i], path.y[i]]);
}

test('a track that stays in one cell is that cell', () => {
  expect(
    pathOf(
      [
        [3.1, 5.2],
        [3.8, 5.9],
        [3.2, 5.5],
      ],
      16,
    ),
  ).toEqual([[3, 5]]);
});

test('an oblique line has one cell per column', () => {
  expect(
    pathOf(
      [
        [0.5, 0.5],
        [6.5, 3.5],
      ],
      16,
    ).map(([x]) => x),
  ).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('a corner of an L-step is left out', () => {
  const path = pathOf(
    [
      [0.5, 0.5],
      [1.5, 0.5],
      [1.5, 1.5],
    ],
    16,
  );
  expect(path).toEqual([
    [0, 0],
    [1, 1],
  ]);
});

test('detours of one cell are left out where they are not asked for', () => {
  const away: [number, number][] = [
    [0.5, 0.5],
    [1.5, 1.5],
    [0.5, 1.5],
  ];
  expect(pathOf(away, 16, true)).toEqual([
    [0, 0],
    [1, 1],
    [0, 1],
  ]);
  expect(pathOf(away, 16)).toEqual([
    [0, 0],
    [0, 1],
  ]);
});

test('each step of a random walk goes to one of the 8 neighbours, and no cell lies outside the world', () => {
  const random = seededRandom(8);
  for (let walk = 0; walk < 100; walk++) {
    const points: [number, number][] = [[random() * 64, random() * 64]];
    while (points.length < 200) {
      const [x, y] = points[points.length - 1];
      const reach = random() < 0.05 ? 20 : 1.5;
      points.push([clamp(x + (random() - 0.5) * reach), clamp(y + (random() - 0.5) * reach)]);
    }
    const path = pathOf(points, 64);
    expect(path.length).toBeGreaterThan(20);
    for (const [x, y] of path) expect(x >= 0 && x < 64 && y >= 0 && y < 64).toBe(true);
    for (let i = 1; i < path.length; i++) {
      const [dx, dy] = [Math.abs(path[i][0] - path[i - 1][0]), Math.abs(path[i][1] - path[i - 1][1])];
      expect(Math.max(dx, dy)).toBe(1);
    }
  }
});

/** Onto the world's edge and a little less, in 64 cells. */
function clamp(value: number): number {
  return Math.max(0, Math.min(64, value));
}
