import {expect, test} from 'vitest';
import {constrain, fitBounds, pan, type View, zoomAt} from '../../../client/map/view.ts';
import {formatHash, parseHash} from '../../../client/map/view-hash.ts';

const bern: View = {lng: 7.44, lat: 46.95, zoom: 12};
const size = {width: 800, height: 600};

test('pan(view, dx, dy) and back is the same view', () => {
  const there = pan(bern, 120, -80);
  expect(there.lng).toBeLessThan(bern.lng);
  expect(there.lat).toBeLessThan(bern.lat);
  const back = pan(there, -120, 80);
  expect(back.lng).toBeCloseTo(bern.lng, 10);
  expect(back.lat).toBeCloseTo(bern.lat, 10);
});

test('zoomAt(view, zoom, dx, dy) keeps the place under the pointer', () => {
  const place = pan(bern, -200, -100);
  const zoomed = zoomAt(bern, 14.5, 200, 100);
  const same = pan(zoomed, -200, -100);
  expect(same.lng).toBeCloseTo(place.lng, 10);
  expect(same.lat).toBeCloseTo(place.lat, 10);
  expect(zoomed.zoom).toBe(14.5);
});

test('constrain(view) stops at the edges of the world and at the largest zoom', () => {
  const outside = constrain({lng: 190, lat: 89, zoom: -3}, size, 21);
  expect(outside.lng).toBe(-170);
  expect(outside.zoom).toBeCloseTo(Math.log2(600 / 512), 10);
  expect(outside.lat).toBeCloseTo(0, 8);
  expect(constrain({...bern, zoom: 30}, size, 21).zoom).toBe(21);
});

test('fitBounds(bounds) shows the whole box, across the antimeridian too', () => {
  const fiji = fitBounds([177, -19, -178, -16], size);
  expect(fiji.lng).toBeCloseTo(179.5, 6);
  expect(fiji.zoom).toBeGreaterThan(5);
  const point = fitBounds([7.44, 46.95, 7.44, 46.95], size);
  expect(point).toMatchObject({zoom: 15});
});

test('parseHash(formatHash(view)) is the view to within a pixel', () => {
  const view = {lng: -0.12345678, lat: 51.5, zoom: 16.25};
  expect(formatHash(view)).toBe('#map=16.25/51.5/-0.1234568');
  const read = parseHash(formatHash(view));
  expect(read?.zoom).toBe(16.25);
  expect(read?.lng).toBeCloseTo(view.lng, 5);
  // A telephone that shows the whole world.
  expect(parseHash(formatHash({lng: 0, lat: -35.29, zoom: -0.8946}))).toEqual({lng: 0, lat: -35.29, zoom: -0.8946});
});

test('parseHash(hash) takes nothing that is no place', () => {
  for (const hash of [
    '',
    '#',
    '#map=',
    '#map=3/95/0',
    '#map=3/0/181',
    '#map=99/0/0',
    '#map=-9/0/0',
    '#map=a/b/c',
    '#map=3/1/2/3',
  ]) {
    expect(parseHash(hash), hash).toBeUndefined();
  }
});
