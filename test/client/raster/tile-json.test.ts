import {expect, test} from 'vitest';
import {readTileJson} from '../../../client/raster/tile-json.ts';

test('readTileJson(json) counts zooms of 512 px tiles and leaves out what is malformed', () => {
  expect(readTileJson({bounds: [7, 46, 8, 47], center: [7.5, 46.5, 12], maxzoom: 22, attribution: 'me'})).toEqual({
    bounds: [7, 46, 8, 47],
    center: {lng: 7.5, lat: 46.5, zoom: 11},
    maxTileZoom: 22,
    attribution: 'me',
  });
  const nothing = {bounds: undefined, center: undefined, maxTileZoom: 22, attribution: ''};
  expect(readTileJson({bounds: [7, 46, 8], center: ['a', 0, 1], maxzoom: '9', attribution: {}})).toEqual(nothing);
  expect(readTileJson(null)).toEqual(nothing);
});
