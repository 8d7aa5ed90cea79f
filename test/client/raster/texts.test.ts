import {expect, test} from 'vitest';
import {ignoredInLink} from '../../../client/raster/ignored-in-link.ts';
import {scaleBar} from '../../../client/raster/scale-bar.ts';
import {readTileJson} from '../../../client/raster/tile-json.ts';
import {parseStyle} from '../../../core/style.ts';

test('scaleBar(metersPerPixel, maxPixels, units) is the longest of 1, 2 or 5 · 10ⁿ that fits', () => {
  expect(scaleBar(10, 100, 'metric')).toEqual({label: '1\u202fkm', pixels: 100});
  expect(scaleBar(9.9, 100, 'metric')).toEqual({label: '500\u202fm', pixels: 500 / 9.9});
  expect(scaleBar(0.004, 100, 'metric')).toMatchObject({label: '20\u202fcm'});
  expect(scaleBar(40_000, 100, 'metric').label).toBe('2000\u202fkm');
  expect(scaleBar(17, 100, 'imperial')).toEqual({label: '1\u202fmi', pixels: 1609.344 / 17});
  expect(scaleBar(16, 100, 'imperial').label).toBe('5000\u202fft');
  expect(scaleBar(0.004, 100, 'imperial').label).toBe('1\u202fft');
});

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

test('ignoredInLink names what is wrong, without the lists of all that would be right', () => {
  expect(ignoredInLink([])).toBe('');
  const {faults} = parseStyle('ramp=fyre&sport=swimm&foo=1&width=99');
  expect(ignoredInLink(faults)).toBe(
    "Ignored in this link: ramp: 'fyre'; sport: 'swimm'; 'foo' is no key of a style; width: '99', expected 0.7 to 12.",
  );
});
