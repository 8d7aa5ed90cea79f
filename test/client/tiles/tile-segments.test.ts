import {expect, test} from 'vitest';
import {againBit, tileSegments} from '../../../client/tiles/tile-segments.ts';
import {decodeHeatTile, encodeHeatTile} from '../../../core/heat-tile.ts';
import {heatFeature} from '../../support/heat-feature.ts';

test('tileSegments gives each segment the dense index of its row, n, and whether the pass is repeated', () => {
  const bytes = encodeHeatTile(
    [
      heatFeature({
        id: 700,
        n: 3,
        lines: [
          [
            [0, 0],
            [4, 0],
            [4, 9],
          ],
        ],
      }),
      heatFeature({
        id: 900,
        n: 1,
        again: true,
        lines: [
          [
            [1, 1],
            [2, 2],
          ],
        ],
      }),
      heatFeature({
        id: 901,
        n: 2,
        lines: [
          [
            [5, 5],
            [6, 6],
          ],
        ],
      }),
    ],
    4096,
  );
  const segments = tileSegments(
    decodeHeatTile(bytes),
    new Map([
      [700, 0],
      [900, 1],
    ]),
  );
  expect(segments).toMatchObject({count: 4, extent: 4096, byteLength: 4 * 16});
  expect([...segments.ends]).toEqual([0, 0, 4, 0, 4, 0, 4, 9, 1, 1, 2, 2, 5, 5, 6, 6]);
  // Row 901 is not in the table: the index after the last.
  expect([...segments.rows]).toEqual([0, 3, 0, 3, 1 + againBit, 1, 2, 2]);
});
