import {describe, expect, test} from 'vitest';
import {
  distance,
  groundMeters,
  maxLat,
  metersPerDegree,
  projectLatitudes,
  projectX,
  projectY,
  unprojectX,
  unprojectY,
} from '../../core/mercator.ts';

describe('mercator', () => {
  test('the world is the unit square: 180° W and 85.05° N at 0/0, the equator in the middle', () => {
    expect(projectX(-180)).toBe(0);
    expect(projectX(180)).toBe(1);
    expect(projectY(maxLat)).toBeCloseTo(0, 12);
    expect(projectY(0)).toBe(0.5);
    expect(projectY(-maxLat)).toBeCloseTo(1, 12);
  });

  test('the poles fall on the edge of the square instead of at infinity', () => {
    expect(projectY(90)).toBeCloseTo(0, 12);
    expect(projectY(-90)).toBeCloseTo(1, 12);
  });

  test('latitudes of a track are projected as each by itself to 10⁻¹² of the world, also across the edges of the map', () => {
    for (let degree = -89; degree <= 89; degree++) {
      // Steps of 0.004° there and back, and one jump.
      const lat = Float64Array.from({length: 700}, (_, i) => degree + Math.sin(i / 9) * 0.04 + (i > 350 ? 0.5 : 0));
      const y = new Float64Array(700);
      projectLatitudes(lat, 700, y);
      const worst = Math.max(...Array.from(y, (each, i) => Math.abs(each - projectY(lat[i]))));
      expect(worst).toBeLessThan(1e-12);
    }
  });

  test('unproject undoes project to a tenth of a millimetre', () => {
    for (const [lng, lat] of [
      [7.85, 47.99],
      [-122.4194, 37.7749],
      [179.9999, -84.9],
      [0, 0],
    ]) {
      expect(unprojectX(projectX(lng))).toBeCloseTo(lng, 9);
      expect(unprojectY(projectY(lat))).toBeCloseTo(lat, 9);
    }
  });

  test('ground metres shrink with the cosine of the latitude', () => {
    expect(groundMeters(0)).toBeCloseTo(40_075_016.7, 0);
    expect(groundMeters(60)).toBeCloseTo(20_037_508.3, 0);
  });

  test('distance is 111.2 km for a degree along the equator and across the antimeridian alike', () => {
    expect(distance(0, 0, 1, 0)).toBeCloseTo(111_195, 0);
    expect(distance(179.5, 0, -179.5, 0)).toBeCloseTo(111_195, 0);
    expect(distance(8, 48, 8, 49)).toBeCloseTo(metersPerDegree, 6);
  });

  test('distance of a metre to a few kilometres is that along the sphere to one in a million, up to the edge of the map', () => {
    const radians = Math.PI / 180;
    const place = (lng: number, lat: number) => {
      const [a, b] = [lng * radians, lat * radians];
      return [Math.cos(b) * Math.cos(a), Math.cos(b) * Math.sin(a), Math.sin(b)];
    };
    for (const lat of [0, 48, -70, 85]) {
      for (const [east, north] of [
        [0.0001, 0.0001],
        [0.009, -0.009],
        [0.0099, 0],
        [-0.02, 0.011],
      ]) {
        const [from, to] = [place(8, lat), place(8 + east, lat + north)];
        const chord = Math.hypot(...from.map((each, i) => each - to[i]));
        const around = 2 * 6371008.8 * Math.asin(chord / 2);
        expect(Math.abs(distance(8, lat, 8 + east, lat + north) / around - 1)).toBeLessThan(1e-6);
      }
    }
  });
});
