import {expect, test} from 'vitest';
import {rowBounds} from '../../../client/tiles/row-bounds.ts';
import {projectX, projectY} from '../../../core/mercator.ts';
import {tileSource} from '../../support/tile-source.ts';

const maxZoom = 14;
const source = tileSource(
  [
    {id: 1, x0: 0.3, y0: 0.35, x1: 0.3003, y1: 0.3501},
    {id: 2, x0: 0.7, y0: 0.6, x1: 0.72, y1: 0.61},
    {id: 3, x0: 0.995, y0: 0.5, x1: 1.004, y1: 0.51},
    {id: 4, x0: 0.8, y0: 0.2, x1: 0.80000001, y1: 0.2},
  ],
  maxZoom,
);

/** Looks for some rows, where there are no groups. */
function only(...ids: number[]): Parameters<typeof rowBounds>[1] {
  return {isWanted: (row) => ids.includes(row + 1), isGroup: () => false};
}

/** The box of some rows in world coordinates: west, north, east, south. */
async function box(...rows: number[]): Promise<number[]> {
  const bounds = await rowBounds(source, only(...rows));
  if (!bounds) return [];
  const [west, south, east, north] = bounds;
  return [projectX(west), projectY(north), projectX(east), projectY(south)];
}

/** Whether two boxes are the same to a 500th of the longer side. */
function expectBox(found: number[], wanted: number[]): void {
  const width = wanted[2] - wanted[0] + (wanted[2] < wanted[0] ? 1 : 0);
  const tolerance = Math.max(width, wanted[3] - wanted[1]) / 250;
  wanted.forEach((side, i) => {
    expect(Math.abs(found[i] - side)).toBeLessThan(tolerance);
  });
}

test('rowBounds finds a short way and a long one to a pixel, by few tiles', async () => {
  source.asked.length = 0;
  expectBox(await box(1), [0.3, 0.35, 0.3003, 0.3501]);
  expect(source.asked.length).toBeLessThanOrEqual(10);
  expectBox(await box(2), [0.7, 0.6, 0.72, 0.61]);
  expectBox(await box(1, 2), [0.3, 0.35, 0.72, 0.61]);
});

test('rowBounds goes across the antimeridian where that is shorter', async () => {
  expectBox(await box(3), [0.995, 0.5, 0.004, 0.51]);
  expectBox(await box(2, 3), [0.7, 0.5, 0.004, 0.61]);
  expectBox(await box(1, 3), [0.995, 0.35, 0.3003, 0.51]);
});

test('rowBounds are undefined for rows without lines', async () => {
  expect(await rowBounds(source, only())).toBe(undefined);
});

test('rowBounds keeps the coarser box where finer tiles do not tell a row apart', async () => {
  const lines = [{id: 1, x0: 0.3, y0: 0.35, x1: 0.3003, y1: 0.3501}];
  const {readTile, ...rest} = tileSource(lines, maxZoom);
  const grouped = {...rest, readTile: async (z: number, x: number, y: number) => (z > 2 ? null : readTile(z, x, y))};
  const [west = 0, , east = 0] = (await rowBounds(grouped, only(1))) ?? [];
  expect(projectX(west)).toBeCloseTo(0.3, 2);
  expect(projectX(east)).toBeCloseTo(0.3003, 2);
});

test('rowBounds sees what lies a cell beside the lines of coarse tiles', async () => {
  const way = {id: 1, x0: 0.30001, y0: 0.35, x1: 0.3041, y1: 0.3541};
  const fine = tileSource([way], maxZoom);
  // As cut to cells: from centre to centre, and the ends within the first and the last.
  const coarse = tileSource([{...way, x0: 0.3008, y0: 0.3508, x1: 0.3033, y1: 0.3533}], maxZoom);
  const both = {...fine, readTile: (z: number, x: number, y: number) => (z > 0 ? fine : coarse).readTile(z, x, y)};
  const [west = 0, , east = 0] = (await rowBounds(both, only(1))) ?? [];
  expect(Math.abs(projectX(west) - way.x0)).toBeLessThan(0.0001);
  expect(Math.abs(projectX(east) - way.x1)).toBeLessThan(0.0001);
});

test('rowBounds finds what only finer tiles tell, far from what the first one does', async () => {
  const near = {id: 1, x0: 0.55, y0: 0.35, x1: 0.56, y1: 0.36};
  const far = {id: 2, x0: 0.58, y0: 0.6, x1: 0.59, y1: 0.61};
  const other = {id: 4, x0: 0.2, y0: 0.4, x1: 0.21, y1: 0.41};
  const group = (line: typeof near) => ({...line, id: 3});
  const fine = tileSource([near, far, other], maxZoom);
  const some = tileSource([near, group(far), group(other)], maxZoom);
  const none = tileSource([group(near), group(far), group(other)], maxZoom);
  for (const coarse of [some, none]) {
    for (const isCrowded of [(z: number) => z === 0, (z: number) => z < 2]) {
      const readTile = (z: number, x: number, y: number) => (isCrowded(z) ? coarse : fine).readTile(z, x, y);
      const wanted = {isWanted: (row: number) => row < 2, isGroup: (row: number) => row === 2};
      const [west = 0, south = 0, east = 0, north = 0] = (await rowBounds({...fine, readTile}, wanted)) ?? [];
      expectBox([projectX(west), projectY(north), projectX(east), projectY(south)], [0.55, 0.35, 0.59, 0.61]);
    }
  }
  const wanted = {isWanted: (row: number) => row < 2, isGroup: (row: number) => row === 2};
  expect(await rowBounds(none, wanted)).toBe(undefined);
});

test('rowBounds holds all of a line that goes from a crowded tile into one that tells it', async () => {
  const way = {id: 1, x0: 0.305, y0: 0.36, x1: 0.32, y1: 0.36};
  const group = {...way, id: 2};
  const told = tileSource([way], maxZoom);
  const crowded = tileSource([group], maxZoom);
  const isCrowded = (z: number, x: number) => z > 0 && (x + 0.5) / 2 ** z < 0.3125;
  const source = {
    ...told,
    readTile: (z: number, x: number, y: number) => (isCrowded(z, x) ? crowded : told).readTile(z, x, y),
  };
  const bounds = await rowBounds(source, {isWanted: (row) => row === 0, isGroup: (row) => row === 1});
  const [west = 0, , east = 0] = bounds ?? [];
  expect(projectX(west)).toBeCloseTo(way.x0, 2);
  expect(projectX(west)).toBeLessThanOrEqual(way.x0);
  expect(projectX(east)).toBeCloseTo(way.x1, 2);
});
