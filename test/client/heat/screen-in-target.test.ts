import {WebMercatorViewport} from '@deck.gl/core';
import {expect, test} from 'vitest';
import {screenInTarget} from '../../../client/heat/screen-in-target.ts';
import {padViewport} from '../../../client/map/pad-viewport.ts';
import {seededRandom} from '../../support/tracks.ts';

const size = {width: 640, height: 400};

/** Where a share of the screen lies in the target, target pixels. */
function place(matrix: number[], x: number, y: number): [x: number, y: number] {
  const at = (row: number) => matrix[row] * x + matrix[4 + row] * y + matrix[12 + row];
  return [at(0) / at(3), at(1) / at(3)];
}

test('screenInTarget finds each place of the ground where it was drawn, however the camera has moved', () => {
  const random = seededRandom(7);
  const between = (low: number, high: number) => low + (high - low) * random();
  const [margin, ratio] = [64, 2];
  for (let i = 0; i < 200; i++) {
    const zoom = between(1, 20);
    const from = {longitude: between(-180, 180), latitude: between(-70, 70), zoom};
    const view = {...size, ...from, pitch: between(0, 60), bearing: between(0, 360), repeat: true};
    const drawn = new WebMercatorViewport(view);
    const [longitude, latitude] = drawn.unproject([between(100, 540), between(100, 300)]);
    const viewport = new WebMercatorViewport({
      ...view,
      longitude,
      latitude,
      zoom: zoom + between(-1, 1),
      bearing: between(0, 360),
      pitch: between(0, 60),
    });
    const target = {viewport: drawn, margin, width: size.width * ratio, height: size.height * ratio};
    const matrix = screenInTarget(viewport, target);
    const [lng, lat] = viewport.unproject([100, 380]);
    const worlds = 360 * Math.round((drawn.longitude - viewport.longitude) / 360);
    const [x, y] = drawn.project([lng + worlds, lat]);
    const [targetX, targetY] = place(matrix, 100 / size.width, 1 - 380 / size.height);
    const tolerance = 1e-6 * Math.max(1, Math.abs(x), Math.abs(y));
    expect(Math.abs(targetX - (margin + x * ratio))).toBeLessThan(tolerance * ratio);
    expect(Math.abs(targetY - (margin + (size.height - y) * ratio))).toBeLessThan(tolerance * ratio);
  }
});

test('screenInTarget is exact where the camera has not moved', () => {
  const viewport = new WebMercatorViewport({...size, longitude: 8, latitude: 48, zoom: 11.3, pitch: 30, bearing: 10});
  const same = padViewport(padViewport(viewport, 10), -10);
  const matrix = screenInTarget(same, {viewport, margin: 64, width: 1280, height: 800});
  expect(matrix).toEqual([1280, 0, 0, 0, 0, 800, 0, 0, 0, 0, 1, 0, 64, 64, 0, 1]);
});
