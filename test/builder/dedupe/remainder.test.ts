import {describe, expect, test} from 'vitest';
import {remainder} from '../../../builder/dedupe/remainder.ts';
import {distance} from '../../../core/mercator.ts';
import {along, noisy, seededRandom, track} from '../../support/tracks.ts';

type Place = [number, number];

const lengthOf = ({lng, lat}: {lng: Float64Array; lat: Float64Array}) => {
  let sum = 0;
  for (let i = 1; i < lng.length; i++) sum += distance(lng[i - 1], lat[i - 1], lng[i], lat[i]);
  return sum;
};

describe('remainder', () => {
  const straight: Place[] = [
    [0, 0],
    [8000, 0],
  ];
  const detour: Place[] = [
    [0, 0],
    [3000, 0],
    [3000, 700],
    [4000, 700],
    [4000, 0],
    [8000, 0],
  ];

  test('is nothing where the other recording has the same way, noise aside', () => {
    const random = seededRandom(1);
    const one = track(noisy(along(detour, 5), 6, random));
    expect(remainder([one], [track(noisy(along(detour, 5), 6, random))])).toEqual([]);
  });

  test('is the detour that the other has not, from where it leaves to where it joins again', () => {
    const [stretch, ...others] = remainder([track(detour, {seconds: 600})], [track(straight)]);
    expect(others).toEqual([]);
    expect(lengthOf(stretch)).toBeGreaterThan(2290);
    expect(lengthOf(stretch)).toBeLessThan(2400);
    // It begins within 50 m of the other way, and has its times.
    expect(distance(stretch.lng[0], stretch.lat[0], stretch.lng[0], 48.2)).toBeLessThanOrEqual(50);
    expect(stretch.time.every(Number.isFinite)).toBe(true);
  });

  test('is what comes after the other one died', () => {
    const [rest] = remainder([track(along(straight, 5))], [track(along(straight, 5).slice(0, 600))]);
    expect(lengthOf(rest)).toBeGreaterThan(4900);
    expect(lengthOf(rest)).toBeLessThan(5010);
  });

  test('leaves out stretches of 500 m and less', () => {
    const short: Place[] = [
      [0, 0],
      [2000, 0],
      [2000, 280],
      [2001, 0],
      [8000, 0],
    ];
    expect(remainder([track(short)], [track(straight)])).toEqual([]);
  });

  test('sees that a straight line between two points leaves the other way between them', () => {
    const bow: Place[] = [
      [0, 0],
      [4000, 1500],
      [8000, 0],
    ];
    const [stretch] = remainder([track(straight)], [track(bow)]);
    expect(lengthOf(stretch)).toBeGreaterThan(7000);
  });

  test('measures ground metres near the pole as at the equator', () => {
    for (const lat of [0, 70, 84]) {
      const at = {lng: 15, lat};
      const beside = (meters: number) =>
        track(
          [
            [0, meters],
            [2000, meters],
          ],
          {at},
        );
      expect(remainder([beside(45)], [beside(0)]), `45 m at ${lat}°`).toEqual([]);
      expect(remainder([beside(55)], [beside(0)]), `55 m at ${lat}°`).toHaveLength(1);
    }
  });
});
