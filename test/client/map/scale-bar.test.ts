import {expect, test} from 'vitest';
import {scaleBar} from '../../../client/map/scale-bar.ts';

test('scaleBar(metersPerPixel, maxPixels, units) is the longest of 1, 2 or 5 · 10ⁿ that fits', () => {
  expect(scaleBar(10, 100, 'metric')).toEqual({label: '1\u202fkm', pixels: 100});
  expect(scaleBar(9.9, 100, 'metric')).toEqual({label: '500\u202fm', pixels: 500 / 9.9});
  expect(scaleBar(0.004, 100, 'metric')).toMatchObject({label: '20\u202fcm'});
  expect(scaleBar(40_000, 100, 'metric').label).toBe('2000\u202fkm');
  expect(scaleBar(17, 100, 'imperial')).toEqual({label: '1\u202fmi', pixels: 1609.344 / 17});
  expect(scaleBar(16, 100, 'imperial').label).toBe('5000\u202fft');
  expect(scaleBar(0.004, 100, 'imperial').label).toBe('1\u202fft');
});
