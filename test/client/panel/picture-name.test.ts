import {expect, test} from 'vitest';
import {pictureName} from '../../../client/panel/share/picture-name.ts';

test('pictureName(view, ratio, today) has place, zoom, size and date', () => {
  const today = new Date(2025, 5, 2, 12);
  expect(pictureName({lng: 8.123456, lat: -47.2, zoom: 12.04}, 2, today)).toBe(
    'trackheat--47.2000_8.1235-z12@2x-2025-06-02.png',
  );
  expect(pictureName({lng: 0, lat: 10, zoom: 0}, 1, today)).toBe('trackheat-10.0_0.0-z0-2025-06-02.png');
});
