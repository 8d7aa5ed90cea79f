import {describe, expect, test} from 'vitest';
import {placeTiles} from '../../raster-fallback/place-tiles.ts';
import {tileView} from '../../raster-fallback/view.ts';

function names(z: number, x: number, y: number, reach: number, {size = 256, ratio = 1, maxZoom = 15} = {}): string[] {
  return placeTiles(tileView({z, x, y, size, ratio}), reach, 0, maxZoom).map((tile) => `${tile.z}/${tile.x}/${tile.y}`);
}

describe('placeTiles(view, reach, minZoom, maxZoom)', () => {
  test('takes a 256 px tile of zoom z from the 512 px tile of zoom z − 1, of which it is a quarter', () => {
    const [placed, ...others] = placeTiles(tileView({z: 10, x: 533, y: 358, size: 256, ratio: 1}), 0, 0, 15);
    expect(placed).toEqual({z: 9, x: 266, y: 179, left: -256, top: 0, side: 512, share: 1});
    expect(others).toEqual([]);
  });

  test('takes in neighbours within reach, the diagonal one too', () => {
    expect(names(10, 533, 358, 20)).toEqual(['9/266/178', '9/267/178', '9/266/179', '9/267/179']);
    expect(names(9, 266, 179, 20, {size: 512})).toHaveLength(9);
  });

  test('draws the deepest tiles larger beyond them', () => {
    const [placed] = placeTiles(tileView({z: 22, x: 2_200_003, y: 1_500_001, size: 256, ratio: 2}), 10, 0, 15);
    expect(placed).toMatchObject({z: 15, x: 2_200_003 >> 7, y: 1_500_001 >> 7, side: 512 * 2 * 64});
    expect(placed.left).toBe(-(2_200_003 % 128) * 512);
  });

  test('mixes a picture between two zooms from both', () => {
    const placed = placeTiles({zoom: 8.75, left: 0, top: 512, width: 512, height: 512, ratio: 1}, 0, 0, 15);
    const kinds = placed.map(({z, share, side}) => `zoom ${z} × ${share}, ${side.toFixed(1)} px`);
    expect(new Set(kinds)).toEqual(new Set(['zoom 8 × 0.25, 861.1 px', 'zoom 9 × 0.75, 430.5 px']));
  });

  test('goes round the world in x, and ends with it in y', () => {
    expect(names(4, 0, 0, 30)).toEqual(['3/7/0', '3/0/0']);
    expect(names(4, 15, 15, 30)).toEqual(['3/7/7', '3/0/7']);
    const [west, east] = placeTiles(tileView({z: 4, x: 0, y: 0, size: 256, ratio: 1}), 30, 0, 15);
    expect([west.left, east.left]).toEqual([-512, 0]);
  });

  test('draws the whole world beside itself in the one 256 px tile of zoom 0', () => {
    const placed = placeTiles(tileView({z: 0, x: 0, y: 0, size: 256, ratio: 1}), 30, 0, 15);
    expect(placed.map(({left, side}) => [left, side])).toEqual([
      [-256, 256],
      [0, 256],
      [256, 256],
    ]);
    expect(new Set(placed.map(({z, x, y}) => `${z}/${x}/${y}`))).toEqual(new Set(['0/0/0']));
  });
});
