import {expect, test} from 'vitest';
import {firstTileId, tileId, tileOfId} from '../../core/tile-id.ts';

test('tile ids are those of the PMTiles v3 specification, section 4.1', () => {
  expect(tileId(0, 0, 0)).toBe(0);
  expect(tileId(1, 0, 0)).toBe(1);
  expect(tileId(1, 0, 1)).toBe(2);
  expect(tileId(1, 1, 1)).toBe(3);
  expect(tileId(1, 1, 0)).toBe(4);
  expect(tileId(2, 0, 0)).toBe(5);
  expect(tileId(12, 3423, 1763)).toBe(19_078_479);
});

test('firstTileId(zoom) is the id after all tiles of lower zooms', () => {
  for (const zoom of [0, 1, 5, 15]) {
    expect(tileOfId(firstTileId(zoom))[0]).toBe(zoom);
    if (zoom > 0) expect(tileOfId(firstTileId(zoom) - 1)[0]).toBe(zoom - 1);
  }
});
