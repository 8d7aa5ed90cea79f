import {expect, test} from 'vitest';
import {everything, homeView, isSameView} from '../../../client/map/home-view.ts';
import type {HeatArchive} from '../../../client/tiles/archive.ts';

const size = {width: 800, height: 600};
const bounds: HeatArchive['bounds'] = [7, 46, 9, 48];
const center = {lng: 8.1, lat: 47.2, zoom: 11};

test('home is the busiest region where the archive names one, else everything', () => {
  expect(homeView({bounds, center}, size)).toEqual({...center, bearing: 0, pitch: 0});
  const all = everything({bounds, center}, size);
  expect(homeView({bounds, center: undefined}, size)).toEqual(all);
  expect(all.lng).toBeCloseTo(8, 9);
  expect(all).toMatchObject({bearing: 0, pitch: 0});
});

test('isSameView(a, b) holds within a pixel', () => {
  const view = {...center, bearing: 0, pitch: 0};
  expect(isSameView(view, {...view, lng: 8.1 + 1e-4, zoom: 11.001})).toBe(true);
  expect(isSameView(view, {...view, lng: 8.1 + 1e-3})).toBe(false);
  expect(isSameView(view, {...view, zoom: 11.1})).toBe(false);
  expect(isSameView(view, {...view, pitch: 20})).toBe(false);
});
