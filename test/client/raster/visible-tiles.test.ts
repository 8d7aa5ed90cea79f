import {expect, test} from 'vitest';
import {tileZoom, visibleTiles} from '../../../client/raster/visible-tiles.ts';

test('tileZoom(zoom) counts 256 px tiles, so that they are drawn near their own size', () => {
  expect(tileZoom(12, 22)).toBe(13);
  expect(tileZoom(12.4, 22)).toBe(13);
  expect(tileZoom(12.6, 22)).toBe(14);
  expect(tileZoom(21.9, 22)).toBe(22);
});

test('visibleTiles(view) covers the view from its centre outwards', () => {
  const tiles = visibleTiles({lng: 0.001, lat: 0.001, zoom: 9}, {width: 512, height: 512}, 10);
  expect(tiles).toHaveLength(9);
  expect(tiles[0]).toEqual({z: 10, x: 512, y: 511, column: 512});
});

test('visibleTiles(view) repeats the world east and west, but not north and south', () => {
  const tiles = visibleTiles({lng: 180, lat: 0, zoom: 0}, {width: 512, height: 900}, 1);
  expect(tiles.map(({x, column, y}) => [x, column, y]).sort()).toEqual([
    [0, 2, 0],
    [0, 2, 1],
    [1, 1, 0],
    [1, 1, 1],
  ]);
});
