import {describe, expect, test} from 'vitest';
import type {Track} from '../../../builder/activity.ts';
import {describe as factsOf} from '../../../builder/describe.ts';
import type {StoredActivity} from '../../../builder/library.ts';
import {cutActivity, type Privacy} from '../../../builder/privacy/cut-activity.ts';
import {type ZoneShape, zoneShape} from '../../../builder/privacy/zone-shape.ts';
import {decodeTracks, encodeTracks} from '../../../builder/track-blob.ts';
import {distance} from '../../../core/mercator.ts';
import {along, home, morning, noisy, seededRandom, track} from '../../support/tracks.ts';

const radius = 400;

function stored(tracks: Track[]): StoredActivity {
  const facts = factsOf(tracks, {start: morning, zone: 120});
  return {
    ...facts,
    number: 7,
    sport: 'ride',
    name: 'Round',
    gear: '',
    commute: false,
    points: tracks.reduce((sum, {lng}) => sum + lng.length, 0),
    bounds: [facts.west, facts.south, facts.east, facts.north],
    version: '',
    tracks: encodeTracks(tracks.map((each) => ({track: each, indices: Uint32Array.from(each.lng.keys())}))),
  };
}

const shapeOf = (secret: number) => zoneShape({...home, radius}, new Uint8Array(32).fill(secret));
const privacyOf = (shapes: ZoneShape[], trimMeters = 0): Privacy => ({trimMeters, shapes});

/** A ride from home and back, a kilometre and more out in a direction. */
function roundFrom(random: () => number): StoredActivity {
  const turn = random() * 2 * Math.PI;
  const far = 1500 + random() * 2000;
  const [x, y] = [Math.cos(turn) * far, Math.sin(turn) * far];
  const way = along(
    [
      [0, 0],
      [x, y],
      [x - y / 4, y + x / 4],
      [0, 0],
    ],
    6,
  );
  return stored([track(noisy(way, 3, random))]);
}

/** Metres from a place to a shape's nearest edge, which is straight in degrees. */
function toEdge({lng, cornerLng, cornerLat}: ZoneShape, atLng: number, atLat: number): number {
  const east = Math.cos((atLat * Math.PI) / 180);
  let best = Number.POSITIVE_INFINITY;
  cornerLng.forEach((_, b) => {
    const a = (b + cornerLng.length - 1) % cornerLng.length;
    const [x0, y0] = [(lng + cornerLng[a] - atLng) * east, cornerLat[a] - atLat];
    const [dx, dy] = [(cornerLng[b] - cornerLng[a]) * east, cornerLat[b] - cornerLat[a]];
    const share = Math.max(0, Math.min(1, -(x0 * dx + y0 * dy) / (dx * dx + dy * dy)));
    best = Math.min(best, Math.hypot(x0 + dx * share, y0 + dy * share) * 111_195);
  });
  return best;
}

describe('cutActivity', () => {
  test('gives an activity that nothing takes anything from as it is', () => {
    const ride = roundFrom(seededRandom(1));
    expect(cutActivity(ride, privacyOf([]))).toBe(ride);
    const elsewhere = zoneShape({lng: 9, lat: 48.2, radius}, new Uint8Array(32));
    expect(cutActivity(ride, privacyOf([elsewhere]))).toBe(ride);
    // Its box meets this one, its way does not.
    const beside = stored([
      track([
        [-3000, 0],
        [0, 3000],
        [3000, 0],
      ] as const),
    ]);
    expect(cutActivity(beside, privacyOf([shapeOf(1)]))).toBe(beside);
  });

  test('gives nothing of one that lies wholly within a zone, or is not longer than both ends', () => {
    const errand = stored([
      track([
        [0, 0],
        [100, 50],
        [0, 0],
      ] as const),
    ]);
    expect(cutActivity(errand, privacyOf([shapeOf(1)]))).toBeUndefined();
    expect(cutActivity(errand, privacyOf([], 150))).toBeUndefined();
    expect(cutActivity(errand, privacyOf([], 50))?.distance).toBeCloseTo(errand.distance - 100, 1);
  });

  test('leaves the ends of all activities on the edge of the shape, never within the circle', () => {
    const random = seededRandom(2);
    const shape = shapeOf(2);
    for (let i = 0; i < 40; i++) {
      const left = cutActivity(roundFrom(random), privacyOf([shape]));
      const [{lng, lat}, ...more] = decodeTracks(left?.tracks as Uint8Array);
      expect(more).toEqual([]);
      for (const end of [0, lng.length - 1]) expect(toEdge(shape, lng[end], lat[end])).toBeLessThan(0.02);
      lng.forEach((each, p) => {
        expect(distance(home.lng, home.lat, each, lat[p])).toBeGreaterThan(radius * 1.04);
      });
    }
  });

  test('leaves ends whose mean is not the place, nor is the middle of their box', () => {
    let nearestMean = Number.POSITIVE_INFINITY;
    let nearestMiddle = Number.POSITIVE_INFINITY;
    for (let secret = 1; secret <= 12; secret++) {
      const random = seededRandom(secret);
      const ends: [number, number][] = [];
      for (let i = 0; i < 150; i++) {
        const [{lng, lat}] = decodeTracks(
          cutActivity(roundFrom(random), privacyOf([shapeOf(secret)]))?.tracks as Uint8Array,
        );
        ends.push([lng[0], lat[0]], [lng[lng.length - 1], lat[lat.length - 1]]);
      }
      const mean = [0, 1].map((k) => ends.reduce((sum, end) => sum + end[k], 0) / ends.length);
      const middle = [0, 1].map((k) => (Math.min(...ends.map((e) => e[k])) + Math.max(...ends.map((e) => e[k]))) / 2);
      nearestMean = Math.min(nearestMean, distance(home.lng, home.lat, mean[0], mean[1]));
      nearestMiddle = Math.min(nearestMiddle, distance(home.lng, home.lat, middle[0], middle[1]));
    }
    expect(nearestMean).toBeGreaterThan(0.1 * radius);
    expect(nearestMiddle).toBeGreaterThan(0.1 * radius);
  });

  test('tells of a cut activity only what is left: way, times and bounds give no difference away', () => {
    const ride = roundFrom(seededRandom(3));
    const left = cutActivity(ride, privacyOf([shapeOf(3)])) as StoredActivity;
    const tracks = decodeTracks(left.tracks);
    const facts = factsOf(tracks, {start: Number.NaN, zone: 120});
    expect(left.start).toBeGreaterThan(ride.start + 30_000);
    expect(Math.abs(left.start - facts.start)).toBeLessThan(1);
    expect(left.offsetMinutes).toBe(120);
    expect(left.distance).toBeCloseTo(facts.distance, 0);
    expect(left.moving).toBeCloseTo(facts.moving, 1);
    expect(left.distance).toBeLessThan(ride.distance - 2 * radius);
    expect(left.points).toBeLessThan(ride.points);
    expect(left.points).toBeGreaterThan(0);
    const [west, south, east, north] = left.bounds;
    expect([west, south, east, north]).toEqual(
      [facts.west, facts.south, facts.east, facts.north].map((each) => expect.closeTo(each, 6)),
    );
    expect(left).toMatchObject({number: 7, sport: 'ride', name: 'Round'});
  });

  test('does not tell when it began within a zone, of one whose points outside have no times', () => {
    const leaving = track(
      along(
        [
          [0, 0],
          [300, 0],
        ],
        6,
      ),
    );
    const drawn = track(
      along(
        [
          [2000, 0],
          [5000, 0],
        ],
        30,
      ),
    );
    drawn.time.fill(Number.NaN);
    const left = cutActivity(stored([leaving, drawn]), privacyOf([shapeOf(3)]));
    expect(left?.distance).toBeCloseTo(3000, -2);
    expect([left?.start, left?.moving]).toEqual([Number.NaN, Number.NaN]);
  });

  test('takes the ends off before the zones: what a zone leaves is not trimmed again', () => {
    const ride = roundFrom(seededRandom(4));
    const zone = cutActivity(ride, privacyOf([shapeOf(4)]))?.distance;
    expect(cutActivity(ride, privacyOf([shapeOf(4)], 100))?.distance).toBe(zone);
  });
});
