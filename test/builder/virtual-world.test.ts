import {describe, expect, test} from 'vitest';
import {virtualWorld} from '../../builder/virtual-world.ts';
import {along, track} from '../support/tracks.ts';

const way = along(
  [
    [0, 0],
    [900, 500],
  ],
  6,
);
const at = (lng: number, lat: number) => [track(way, {at: {lng, lat}})];

describe('virtualWorld', () => {
  test('finds Watopia wherever it was exported from', () => {
    expect(virtualWorld(at(166.95, -11.64), 'Evening Ride', 'StravaGPX')).toBe('Watopia');
    expect(virtualWorld(at(166.95, -11.64), '', '')).toBe('Watopia');
  });

  test('leaves alone what a receiver recorded there', () => {
    expect(virtualWorld(at(166.95, -11.64), '', 'Garmin 3121')).toBeUndefined();
    expect(virtualWorld(at(166.95, -11.64), '', 'Garmin Connect')).toBe('Watopia');
  });

  test('finds worlds over real places only where the name or the program says so', () => {
    expect(virtualWorld(at(-0.12, 51.5), 'Commute', 'StravaGPX')).toBeUndefined();
    expect(virtualWorld(at(-0.12, 51.5), 'Zwift - Greater London Loop', 'StravaGPX')).toBe('London');
    expect(virtualWorld(at(166.2, -21.7), 'Autour de Thio', 'StravaGPX')).toBeUndefined();
  });

  test('wants all positions in the world, 0/0 aside', () => {
    const [ride] = at(166.95, -11.64);
    ride.lng[3] = 0;
    ride.lat[3] = 0;
    expect(virtualWorld([ride], '', '')).toBe('Watopia');
    ride.lng[5] = 168;
    expect(virtualWorld([ride], '', '')).toBeUndefined();
    expect(virtualWorld(at(8.5, 48.2), 'Coffee at Zwift', '')).toBeUndefined();
  });
});
