import {describe, expect, test} from 'vitest';
import type {Track} from '../../../builder/activity.ts';
import {cutByZones} from '../../../builder/privacy/cut-by-zones.ts';
import {type ZoneShape, zoneShape} from '../../../builder/privacy/zone-shape.ts';
import {along, home, morning, seededRandom, track} from '../../support/tracks.ts';

/** A square of a hundredth of a degree to each side of a middle. */
function square(lng: number, lat: number): ZoneShape {
  const d = 0.01;
  return {
    lng,
    cornerLng: Float64Array.of(-d, d, d, -d),
    cornerLat: Float64Array.of(lat - d, lat - d, lat + d, lat + d),
    west: -d,
    south: lat - d,
    east: d,
    north: lat + d,
  };
}

/** A track through places, ten seconds and ten metres of height apart. */
function through(...places: [lng: number, lat: number][]): Track {
  return {
    lng: Float64Array.from(places, ([lng]) => lng),
    lat: Float64Array.from(places, ([, lat]) => lat),
    time: Float64Array.from(places, (_, i) => morning + i * 10_000),
    elevation: Float64Array.from(places, (_, i) => i * 10),
  };
}

const places = ({lng, lat}: Track) => Array.from(lng, (each, i) => [each, lat[i]]);

describe('cutByZones', () => {
  test('leaves tracks alone that do not come into a zone, as the same objects', () => {
    const tracks = [through([0, 1], [1, 1]), through([0.02, 0.02], [0.03, -0.02])];
    const left = cutByZones(tracks, [square(0, 0)]);
    expect(left).toEqual(tracks);
    left.forEach((each, i) => {
      expect(each).toBe(tracks[i]);
    });
  });

  test('splits a track that passes through, exactly at the edges, with time and elevation between', () => {
    const [before, after, ...more] = cutByZones([through([-0.02, 0], [0.02, 0], [0.02, 0.02])], [square(0, 0)]);
    expect(more).toEqual([]);
    expect(places(before)).toEqual([
      [-0.02, 0],
      [-0.01, 0],
    ]);
    expect(before.time[1]).toBeCloseTo(morning + 2500, 3);
    expect(before.elevation[1]).toBeCloseTo(2.5, 9);
    expect(after.lng[0]).toBeCloseTo(0.01, 12);
    expect(after.time[0]).toBeCloseTo(morning + 7500, 3);
    expect(places(after).slice(1)).toEqual([
      [0.02, 0],
      [0.02, 0.02],
    ]);
  });

  test('takes off the end that lies within, and keeps unknown times unknown', () => {
    const ride = {...through([0, 0], [0.005, 0], [0.02, 0]), time: new Float64Array(3).fill(Number.NaN)};
    const [left, ...more] = cutByZones([ride], [square(0, 0)]);
    expect(more).toEqual([]);
    expect(left.lng[0]).toBeCloseTo(0.01, 12);
    expect(places(left).slice(1)).toEqual([[0.02, 0]]);
    expect(left.time).toEqual(Float64Array.of(Number.NaN, Number.NaN));
  });

  test('leaves nothing of a track within one zone, or within two that overlap', () => {
    expect(cutByZones([through([0, 0], [0.005, 0.005])], [square(0, 0)])).toEqual([]);
    expect(cutByZones([through([0, 0], [0.025, 0])], [square(0, 0), square(0.017, 0)])).toEqual([]);
    expect(cutByZones([through([0, 0])], [square(0, 0)])).toEqual([]);
  });

  test('keeps a track of one point outside, and the corner that one cuts off', () => {
    expect(cutByZones([through([1, 1])], [square(0, 0)])).toHaveLength(1);
    // In through the west edge and out through the north edge.
    const left = cutByZones([through([-0.012, 0.005], [-0.005, 0.012])], [square(0, 0)]);
    expect(left.map((each) => each.lng.length)).toEqual([2, 2]);
  });

  test('knows the antimeridian: a zone there cuts on both sides, and one far from it nothing there', () => {
    const zone = square(180, 0);
    const east = through([179.98, 0], [180, 0]);
    const west = through([-180, 0], [-179.98, 0]);
    const [a, b, ...more] = cutByZones([east, west], [zone]);
    expect(more).toEqual([]);
    expect(a.lng[1]).toBeCloseTo(179.99, 9);
    expect(b.lng[0]).toBeCloseTo(-179.99, 9);
    // Seen from 10° E the far side of the earth is at 170° W, where a line must not span the map.
    const far = through([-170.01, 0], [-169.99, 0]);
    expect(cutByZones([far], [square(10, 0)])[0]).toBe(far);
  });

  test('of random walks keeps every point outside and none inside, whatever the shape', () => {
    const random = seededRandom(8);
    for (let round = 0; round < 10; round++) {
      const shape = zoneShape({...home, radius: 300}, new Uint8Array(32).fill(round));
      const corners = Array.from({length: 20}, () => [random() * 2000 - 1000, random() * 2000 - 1000] as const);
      const walk = track(along(corners, 17));
      const left = cutByZones([walk], [shape]);
      const isOut = (lng: number, lat: number) => cutByZones([through([lng, lat])], [shape]).length === 1;
      const kept = new Set(left.flatMap(({time}) => Array.from(time)));
      Array.from(walk.time).forEach((time, i) => {
        expect(kept.has(time)).toBe(isOut(walk.lng[i], walk.lat[i]));
      });
      for (const {lng, lat, time} of left) {
        for (let i = 1; i < lng.length; i++) {
          expect(time[i]).toBeGreaterThan(time[i - 1]);
          expect(isOut((lng[i] + lng[i - 1]) / 2, (lat[i] + lat[i - 1]) / 2)).toBe(true);
        }
      }
    }
  });
});
