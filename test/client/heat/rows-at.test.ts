import {WebMercatorViewport} from '@deck.gl/core';
import {expect, test} from 'vitest';
import type {DrawnTile} from '../../../client/heat/accumulate.ts';
import {rowsAt} from '../../../client/heat/rows-at.ts';
import {unprojectX, unprojectY} from '../../../core/mercator.ts';
import {tileSource} from '../../support/tile-source.ts';

const world = 512 * 2 ** 12;

/** Tiles of zoom 11 around a place in world coordinates. */
async function tilesAround(x: number, y: number, lines: Parameters<typeof tileSource>[0]): Promise<DrawnTile[]> {
  const source = tileSource(lines, 15);
  const tiles: DrawnTile[] = [];
  for (const dx of [-1, 0, 1]) {
    for (const dy of [-1, 0, 1]) {
      const index = {z: 11, x: (Math.floor(x * 2048) + dx + 2048) % 2048, y: Math.floor(y * 2048) + dy};
      const segments = await source.readTile(index.z, index.x, index.y);
      const tile = {index, isVisible: true, share: 1};
      if (segments) tiles.push({id: '', props: {tile, segments}, state: {segmentModel: undefined}});
    }
  }
  return tiles;
}

test.each([
  [0.52, 0.34],
  [1 / 4, 3 / 8],
])('rowsAt finds the lines within 6 pixels of a place, also at tile borders (%f, %f)', async (x, y) => {
  const upright = (id: number, dx: number) => ({
    id,
    x0: x + dx / world,
    y0: y - 300 / world,
    x1: x + dx / world,
    y1: y + 300 / world,
  });
  const tiles = await tilesAround(x, y, [upright(1, 0), upright(2, 40), upright(3, 44), upright(4, -90)]);
  const view = {width: 800, height: 600, longitude: unprojectX(x), latitude: unprojectY(y), zoom: 12};
  const viewport = new WebMercatorViewport(view);
  const at = (dx: number) => [...rowsAt(tiles, viewport, 400 + dx, 300, 1.2)].map((row) => row + 1).sort();
  expect([-90, -30, -4, 4, 12, 42].map(at)).toEqual([[4], [], [1], [1], [], [2, 3]]);
  for (const {props} of tiles) props.tile.isVisible = false;
  expect(at(0)).toEqual([]);
});

test.each([0, 60])('rowsAt means 6 pixels of the screen, also on a map turned and tilted by %i°', async (pitch) => {
  const [x, y] = [0.52, 0.34];
  const across = {id: 1, x0: x - 300 / world, y0: y, x1: x + 300 / world, y1: y};
  const tiles = await tilesAround(x, y, [across]);
  const view = {width: 800, height: 600, longitude: unprojectX(x), latitude: unprojectY(y), zoom: 12};
  for (const bearing of [0, 70]) {
    const viewport = new WebMercatorViewport({...view, pitch, bearing});
    for (const along of [-150, 0, 150]) {
      const [sx, sy] = viewport.project([unprojectX(x + along / world), unprojectY(y)]);
      const [ex, ey] = viewport.project([unprojectX(x + (along + 1) / world), unprojectY(y)]);
      const length = Math.hypot(ex - sx, ey - sy);
      const beside = (pixels: number) =>
        [sx - (pixels * (ey - sy)) / length, sy + (pixels * (ex - sx)) / length] as const;
      const at = (pixels: number, sigma: number) => rowsAt(tiles, viewport, ...beside(pixels), sigma).size;
      expect(
        [-8, -5, 5, 8].map((pixels) => at(pixels, 1.2)),
        `${bearing}° ${along}`,
      ).toEqual([0, 1, 1, 0]);
      // A wide line is hit within one and a half of its σ.
      expect(
        [-20, -13, 13, 20].map((pixels) => at(pixels, 10)),
        `${bearing}° ${along}`,
      ).toEqual([0, 1, 1, 0]);
    }
  }
});
