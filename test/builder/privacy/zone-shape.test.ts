import {describe, expect, test} from 'vitest';
import {cutByZones} from '../../../builder/privacy/cut-by-zones.ts';
import {type Circle, destination, zoneShape} from '../../../builder/privacy/zone-shape.ts';
import {distance} from '../../../core/mercator.ts';

const secrets = Array.from({length: 40}, (_, i) => new Uint8Array(32).fill(i + 1));

/** Places of a circle around another, every 3°. */
function around({lng, lat}: Circle, radius: number) {
  return Array.from({length: 120}, (_, i) => destination(lng, lat, radius, (i * Math.PI) / 60));
}

/** Whether all of some places are cut out by a zone, each taken as a track of one point. */
function hides(circle: Circle, secret: Uint8Array, places: {lng: number; lat: number}[]): boolean {
  const tracks = places.map(({lng, lat}) => ({
    // Tracks of a library have longitudes from −180 to 180.
    lng: Float64Array.of(lng > 180 ? lng - 360 : lng < -180 ? lng + 360 : lng),
    lat: Float64Array.of(lat),
    time: Float64Array.of(Number.NaN),
    elevation: Float64Array.of(Number.NaN),
  }));
  return cutByZones(tracks, [zoneShape(circle, secret)]).length === 0;
}

describe.each<[string, Circle]>([
  ['at 48° N', {lng: 8.5, lat: 48.2, radius: 400}],
  ['at 60° N', {lng: 25, lat: 60.2, radius: 50}],
  ['at 85° S, as large as can be', {lng: -70, lat: -85, radius: 50_000}],
  ['on the equator', {lng: 100, lat: 0, radius: 5000}],
  ['on the antimeridian', {lng: 179.999, lat: -17, radius: 2000}],
])('the shape of a zone %s', (_, circle) => {
  test('contains the asked circle, whatever the secret', () => {
    for (const secret of secrets) expect(hides(circle, secret, around(circle, circle.radius))).toBe(true);
  });

  test('has its corners between 1.1 and 2.8 radii from the place, in ground metres', () => {
    for (const secret of secrets) {
      const {lng, cornerLng, cornerLat} = zoneShape(circle, secret);
      const away = Array.from(cornerLng, (each, i) => distance(circle.lng, circle.lat, lng + each, cornerLat[i]));
      expect(Math.min(...away)).toBeGreaterThan(1.1 * circle.radius);
      expect(Math.max(...away)).toBeLessThan(2.8 * circle.radius);
    }
  });

  test('has its middle a quarter to half a radius away from the place, and corners at unequal distances', () => {
    for (const secret of secrets) {
      const shape = zoneShape(circle, secret);
      const meanLat = (shape.south + shape.north) / 2;
      const away = Array.from(shape.cornerLng, (each, i) => distance(0, meanLat, each, shape.cornerLat[i]));
      expect(Math.max(...away) / Math.min(...away)).toBeGreaterThan(1.1);
      expect(distance(circle.lng, circle.lat, shape.lng, circle.lat)).toBeLessThan(0.51 * circle.radius);
    }
  });
});

describe('the shape of a zone', () => {
  const circle = {lng: 8.5, lat: 48.2, radius: 400};

  test('is the same for the same circle and secret, another for another one of either', () => {
    const shape = zoneShape(circle, secrets[0]);
    expect(zoneShape({...circle}, Uint8Array.from(secrets[0]))).toEqual(shape);
    const others = [
      zoneShape(circle, secrets[1]),
      zoneShape({...circle, radius: 401}, secrets[0]),
      zoneShape({...circle, lng: 8.50001}, secrets[0]),
    ];
    for (const other of others) {
      // Not merely moved or scaled: the first corner stands elsewhere, as seen from the middle.
      const bearing = ({cornerLng, cornerLat, south, north}: typeof shape) =>
        Math.atan2(cornerLng[0], cornerLat[0] - (south + north) / 2);
      expect(Math.abs(bearing(other) - bearing(shape))).toBeGreaterThan(1e-3);
    }
  });

  test('moves the middle in any direction', () => {
    const quarters = new Set(
      secrets.map((secret) => {
        const {lng, south, north} = zoneShape(circle, secret);
        return `${lng > circle.lng} ${(south + north) / 2 > circle.lat}`;
      }),
    );
    expect(quarters.size).toBe(4);
  });
});
