import {describe, expect, test} from 'vitest';
import type {Track} from '../../../builder/activity.ts';
import {trimEnds} from '../../../builder/privacy/trim-ends.ts';
import {distance} from '../../../core/mercator.ts';
import {along, track} from '../../support/tracks.ts';

function lengthOf(tracks: Track[]): number {
  let sum = 0;
  for (const {lng, lat} of tracks) {
    for (let i = 1; i < lng.length; i++) sum += distance(lng[i - 1], lat[i - 1], lng[i], lat[i]);
  }
  return sum;
}

/** A straight track to the east from one to another distance, in metres. */
const line = (from: number, to: number, at = {lng: 8.5, lat: 48.2}) =>
  track(
    along(
      [
        [from, 0],
        [to, 0],
      ],
      30,
    ),
    {at},
  );

describe('trimEnds', () => {
  test.each([
    [0, 0],
    [8.5, 48.2],
    [25, 60.2],
    [179.9, -17],
  ])('takes so many ground metres off both ends at %d, %d', (lng, lat) => {
    const ride = line(0, 1000, {lng, lat});
    const whole = lengthOf([ride]);
    const left = trimEnds([ride], 130);
    expect(left).toHaveLength(1);
    expect(lengthOf(left)).toBeCloseTo(whole - 260, 3);
    expect(distance(ride.lng[0], ride.lat[0], left[0].lng[0], left[0].lat[0])).toBeCloseTo(130, 3);
  });

  test('goes along the way, not as the crow flies', () => {
    const there = along(
      [
        [0, 0],
        [300, 0],
        [0, 0],
        [300, 0],
        [2000, 0],
      ],
      30,
    );
    const ride = track(there);
    const [left] = trimEnds([ride], 700);
    // 700 m along the way are 100 m on the second way out.
    expect(distance(ride.lng[0], ride.lat[0], left.lng[0], left.lat[0])).toBeCloseTo(100, -1);
  });

  test('knows the ends by their times, in whichever order a file has its tracks', () => {
    const [first, last] = [line(0, 600), line(600, 1200)];
    last.time.forEach((time, i) => {
      last.time[i] = time + 3_600_000;
    });
    const left = trimEnds([last, first], 130);
    expect(left.map(({time}) => time[0] < last.time[0])).toEqual([true, false]);
    expect(distance(first.lng[0], first.lat[0], left[0].lng[0], left[0].lat[0])).toBeCloseTo(130, 3);
    expect(lengthOf(left)).toBeCloseTo(lengthOf([first, last]) - 260, 3);
  });

  test('means the ends of the activity: tracks between them stay, breaks have no length', () => {
    const tracks = [line(0, 100), line(500, 600), line(5000, 6000), line(9000, 9050)];
    const left = trimEnds(tracks, 150);
    // The second track is taken off its first 50 m, the last but one its last 100 m.
    expect(left).toHaveLength(2);
    expect(lengthOf([left[0]])).toBeCloseTo(50, 0);
    expect(lengthOf(left)).toBeCloseTo(lengthOf(tracks) - 300, 3);
    expect(trimEnds(tracks, 40)[1]).toBe(tracks[1]);
  });

  test('leaves nothing of an activity that is not longer than both ends', () => {
    expect(trimEnds([line(0, 100), line(200, 300)], 101)).toEqual([]);
    expect(trimEnds([line(0, 100)], 1000)).toEqual([]);
    expect(trimEnds([track([[0, 0]])], 1)).toEqual([]);
    expect(trimEnds([], 1)).toEqual([]);
  });

  test('gives the tracks as they are where nothing is to be taken off', () => {
    const tracks = [line(0, 100)];
    expect(trimEnds(tracks, 0)).toBe(tracks);
  });

  test('interpolates times', () => {
    const ride = track([
      [0, 0],
      [100, 0],
      [200, 0],
    ]);
    const [left] = trimEnds([ride], 50);
    expect(left.time[0] - ride.time[0]).toBeCloseTo(500, -1);
    expect(ride.time[2] - left.time[left.time.length - 1]).toBeCloseTo(500, -1);
  });
});
