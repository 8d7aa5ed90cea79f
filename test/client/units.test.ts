import {expect, test} from 'vitest';
import {formatDistance, unitsOf} from '../../client/units.ts';

test('unitsOf(language) counts miles where road signs do, by the region that the language names', () => {
  expect(['en-US', 'en-GB', 'my-MM', 'en-LR'].map(unitsOf)).toEqual(Array(4).fill('imperial'));
  expect(['en', 'de-DE', 'en-CA', 'no language', ''].map(unitsOf)).toEqual(Array(5).fill('metric'));
});

test('formatDistance(meters, units) has as many digits as can be read at a glance', () => {
  const metric = [0, 99, 100, 9940, 9960, 1_234_567].map((meters) => formatDistance(meters, 'metric'));
  expect(metric.join()).toBe('0\u202fkm,99\u202fm,0.1\u202fkm,9.9\u202fkm,10\u202fkm,1,235\u202fkm');
  expect(formatDistance(42_195, 'imperial')).toBe('26\u202fmi');
  expect(formatDistance(100, 'imperial')).toBe('328\u202fft');
});
