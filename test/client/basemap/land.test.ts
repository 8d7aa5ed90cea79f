import {expect, test} from 'vitest';
import landFile from '../../../client/basemap/land.json' with {type: 'json'};
import {decodeLand, type Land} from '../../../client/basemap/land.ts';

const {land, coasts, borders}: Land = decodeLand(landFile);

/** Whether a position is on land, by the even-odd rule over all rings. */
function isLand(lng: number, lat: number): boolean {
  let inside = false;
  for (const ring of land.coordinates.flat()) {
    for (let i = 1; i < ring.length; i++) {
      const [[x0, y0], [x1, y1]] = [ring[i - 1], ring[i]];
      if (y0 > lat !== y1 > lat && lng < ((x1 - x0) * (lat - y0)) / (y1 - y0) + x0) inside = !inside;
    }
  }
  return inside;
}

test('decodeLand(file) knows land from water on both sides of the antimeridian', () => {
  expect(isLand(7.44, 46.95), 'Bern').toBe(true);
  expect(isLand(178, -17.8), 'Viti Levu, Fiji').toBe(true);
  expect(isLand(179.9, 68.5), 'Chukotka, east longitude').toBe(true);
  expect(isLand(-179.9, 68.5), 'Chukotka, west longitude').toBe(true);
  expect(isLand(179.5, 71.2), 'Wrangel Island, east longitude').toBe(true);
  expect(isLand(-179, 71.2), 'Wrangel Island, west longitude').toBe(true);
  expect(isLand(0, -85), 'Antarctica').toBe(true);
  expect(isLand(-170, -85), 'Antarctica near the antimeridian').toBe(true);
  expect(isLand(50, 41.5), 'Caspian Sea, a hole').toBe(false);
  expect(isLand(-30, 40), 'Atlantic').toBe(false);
});

test('decodeLand(file) has no band across the world: two meridians of open sea are water from 60° S to 59° N', () => {
  for (let lat = -60; lat < 59; lat += 0.25) {
    expect(isLand(-150, lat), `Pacific at ${lat}`).toBe(false);
    expect(isLand(-30, lat), `Atlantic at ${lat}`).toBe(false);
  }
});

test('decodeLand(file) gives closed rings of at least a triangle within the map, outer ones counter-clockwise', () => {
  for (const polygon of land.coordinates) {
    polygon.forEach((ring, i) => {
      expect(ring.length).toBeGreaterThanOrEqual(4);
      expect(ring[0]).toEqual(ring.at(-1));
      expect(ring.every(([lng, lat]) => Math.abs(lng) <= 180 && Math.abs(lat) <= 85.06)).toBe(true);
      const area = ring.reduce((sum, [x, y], j) => (j ? sum + ring[j - 1][0] * y - x * ring[j - 1][1] : sum), 0);
      expect(area > 0).toBe(i === 0);
    });
  }
});

test('decodeLand(file) has the Caspian Sea as a hole of Eurasia, not of a neighbour', () => {
  const holed = land.coordinates.filter((rings) => rings.length > 1);
  expect(holed).toHaveLength(1);
  const [outer, hole] = holed[0].map((ring) => ring.map(([lng]) => lng));
  expect(Math.min(...hole)).toBeGreaterThan(Math.min(...outer));
  expect(Math.max(...hole)).toBeLessThan(Math.max(...outer));
});

test('decodeLand(file) draws no coast along the antimeridian or across the world', () => {
  const bad: [number, number][] = [];
  for (const line of [...coasts.coordinates, ...borders.coordinates]) {
    for (let i = 1; i < line.length; i++) {
      const [[x0], [x1]] = [line[i - 1], line[i]];
      if ((x0 === x1 && Math.abs(x0) === 180) || Math.abs(x1 - x0) > 30) bad.push([x0, x1]);
    }
  }
  expect(bad).toEqual([]);
});
