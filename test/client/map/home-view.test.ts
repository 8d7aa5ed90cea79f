import {expect, test} from 'vitest';
import {everything, homeView, isSameView} from '../../../client/map/home-view.ts';
import {worldPixels} from '../../../client/map/view.ts';
import type {HeatArchive} from '../../../client/tiles/archive.ts';
import {projectX} from '../../../core/mercator.ts';

const page = {width: 800, height: 600, left: 0, right: 0, bottom: 0};
const bounds: HeatArchive['bounds'] = [7, 46, 9, 48];
const center = {lng: 8.1, lat: 47.2, zoom: 11};

test('home is the busiest region where the archive names one, else everything', () => {
  const {lng, lat} = center;
  const home = homeView({bounds, center}, page);
  expect(home).toEqual({lng: expect.closeTo(lng, 9), lat: expect.closeTo(lat, 9), zoom: 11, bearing: 0, pitch: 0});
  const all = everything({bounds, center}, page);
  expect(homeView({bounds, center: undefined}, page)).toEqual(all);
  expect(all.lng).toBeCloseTo(8, 9);
  expect(all).toMatchObject({bearing: 0, pitch: 0});
});

test('what covers the page at the right or the foot moves home and everything to the middle of the rest', () => {
  const home = homeView({bounds, center}, {...page, right: 300});
  const pixel = 360 / worldPixels(center.zoom);
  expect((home.lng - center.lng) / pixel).toBeCloseTo(150, 6);
  expect(home).toMatchObject({lat: expect.closeTo(center.lat, 9), zoom: center.zoom});
  expect(homeView({bounds, center}, {...page, left: 54, right: 300})).toEqual(home);
  expect(everything({bounds, center}, {...page, left: 54}).lng).toBeLessThan(8);
  expect(homeView({bounds, center}, {...page, bottom: 200}).lat).toBeLessThan(center.lat);
  const all = everything({bounds, center}, {...page, right: 300});
  const middle = projectX(all.lng) * worldPixels(all.zoom);
  expect(projectX(9) * worldPixels(all.zoom) - middle).toBeLessThan(400 - 300);
  expect(projectX(7) * worldPixels(all.zoom) - middle).toBeGreaterThan(-400);
});

test('isSameView(a, b) holds within a pixel', () => {
  const view = {...center, bearing: 0, pitch: 0};
  expect(isSameView(view, {...view, lng: 8.1 + 1e-4, zoom: 11.001})).toBe(true);
  expect(isSameView(view, {...view, lng: 8.1 + 1e-3})).toBe(false);
  expect(isSameView(view, {...view, zoom: 11.1})).toBe(false);
  expect(isSameView(view, {...view, pitch: 20})).toBe(false);
});
