import {expect, test} from 'vitest';
import {droppedTiles} from '../../../client/drop/dropped-tiles.ts';
import {filterWeights} from '../../../client/filter-weights.ts';
import {againBit, type TileSegments} from '../../../client/tiles/tile-segments.ts';
import type {TileSource} from '../../../client/tiles/tile-source.ts';
import {openFilter} from '../../../core/filter.ts';
import {projectX, projectY} from '../../../core/mercator.ts';
import {activityTable} from '../../support/activity-table.ts';

const table = activityTable([{}, {}, {}]);
const archive = {table, minZoom: 0, maxZoom: 15};
const line = [
  [8.5, 47.3],
  [8.53, 47.31],
  [8.58, 47.29],
];
const box: [number, number, number, number] = [8.5, 47.29, 8.58, 47.31];

/** Length of all segments of a zoom, in shares of the world's side. */
async function lengthAt(source: TileSource, z: number, west: number, east: number): Promise<number> {
  const at = (degrees: number, project: (degrees: number) => number) => Math.floor(project(degrees) * 2 ** z);
  let length = 0;
  for (let x = at(west, projectX); x <= at(east, projectX); x++) {
    for (let y = at(47.4, projectY); y <= at(47.2, projectY); y++) {
      const tile = await source.readTile(z, x, y);
      if (tile) length += lengthOf(tile) / tile.extent / 2 ** z;
    }
  }
  return length;
}

function lengthOf({count, ends}: TileSegments): number {
  let length = 0;
  for (let i = 0; i < count * 4; i += 4) length += Math.hypot(ends[i + 2] - ends[i], ends[i + 3] - ends[i + 1]);
  return length;
}

test('at every zoom the tiles hold the line once, cut at their borders', async () => {
  const source = droppedTiles([{first: [line], again: []}], box, archive);
  let whole = 0;
  for (let i = 1; i < line.length; i++) {
    const [[lng0, lat0], [lng1, lat1]] = [line[i - 1], line[i]];
    whole += Math.hypot(projectX(lng1) - projectX(lng0), projectY(lat1) - projectY(lat0));
  }
  for (const z of [6, 9, 12, 15])
    expect(Math.abs((await lengthAt(source, z, 8.4, 8.7)) / whole - 1)).toBeLessThan(0.01);
  expect(await source.readTile(15, 0, 0)).toBeNull();
});

test('its row is one that the table does not know, which counts where nothing is filtered; repeated passes are marked', async () => {
  const source = droppedTiles([{first: [line.slice(0, 2)], again: [line.slice(1)]}], box, archive);
  const tile = await source.readTile(10, Math.floor(projectX(8.5) * 1024), Math.floor(projectY(47.3) * 1024));
  expect([...tile!.rows]).toEqual([table.count, 1, table.count + againBit, 1]);
  expect(filterWeights(table, openFilter).weights[table.count]).toBe(1);
  expect(filterWeights(table, {...openFilter, sport: ['run']}).weights[table.count]).toBe(0);
});

test('a line across the antimeridian lies at both ends of the world', async () => {
  const across = [
    [179.5, 47.3],
    [180.5, 47.3],
  ];
  const source = droppedTiles([{first: [across], again: []}], [179.5, 47.3, 180.5, 47.3], archive);
  expect(source.bounds).toEqual([-180, 47.3, 180, 47.3]);
  const y = Math.floor(projectY(47.3) * 64);
  for (const x of [0, 63]) {
    const tile = await source.readTile(6, x, y);
    expect(lengthOf(tile!) / tile!.extent / 64).toBeCloseTo(0.5 / 360, 5);
  }
});
