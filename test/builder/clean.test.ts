import {describe, expect, test} from 'vitest';
import {countPoints} from '../../builder/activity.ts';
import {clean} from '../../builder/clean.ts';
import {along, morning, noisy, seededRandom, track} from '../support/tracks.ts';

describe('clean', () => {
  test('leaves a plain track as it is', () => {
    const ride = track(
      along(
        [
          [0, 0],
          [500, 300],
        ],
        6,
      ),
    );
    const {tracks, removed} = clean([ride]);
    expect(tracks).toEqual([ride]);
    expect(removed).toEqual({nullIsland: 0, spikes: 0, stops: 0, beyond: 0, single: 0, times: 0, gaps: 0});
  });

  test('drops positions at exactly 0/0 and keeps one on the equator or the meridian', () => {
    const ride = track(
      along(
        [
          [0, 0],
          [60, 0],
        ],
        6,
      ),
    );
    ride.lng[4] = 0;
    ride.lat[4] = 0;
    const {tracks, removed} = clean([ride]);
    expect(removed.nullIsland).toBe(1);
    expect(countPoints(tracks)).toBe(10);
    const equator = track(
      along(
        [
          [-30, 0],
          [30, 0],
        ],
        6,
      ),
      {at: {lng: 0, lat: 0}},
    );
    equator.lat.fill(0.0001);
    expect(countPoints(clean([equator]).tracks)).toBe(11);
  });

  test('drops a point that is reached and left impossibly fast, with and without times', () => {
    const points = along(
      [
        [0, 0],
        [300, 0],
      ],
      5,
    );
    points[30] = [8000, 9000];
    expect(clean([track(points)]).removed.spikes).toBe(1);
    const untimed = track(points);
    untimed.time.fill(Number.NaN);
    expect(clean([untimed]).removed.spikes).toBe(1);
  });

  test('drops a bunch of points that are off and back, as fast as its sport can be', () => {
    const points = along(
      [
        [0, 0],
        [900, 0],
      ],
      3,
    );
    for (let i = 100; i < 108; i++) points[i] = [points[i][0] + 40, 50];
    expect(clean([track(points)], 'run').removed.spikes).toBe(8);
    // In 3 m/s steps of a second each, 64 m in one of them is nothing to a car.
    expect(clean([track(points)], 'drive').removed.spikes).toBe(0);
  });

  test('keeps a train that counts as a run, and a receiver that sleeps between stations', () => {
    const train = along(
      [
        [0, 0],
        [40_000, 3000],
      ],
      70,
    );
    expect(clean([track(train)], 'run').removed.spikes).toBe(0);
    expect(clean([track(train.filter((_, i) => i % 15 < 3))], 'walk').removed.spikes).toBe(0);
  });

  test('drops a few points at an end where the receiver was not there yet', () => {
    const points = along(
      [
        [0, 0],
        [600, 0],
      ],
      3,
    );
    points.splice(0, 2, [400, 500], [402, 500]);
    const {tracks, removed} = clean([track(points)], 'run');
    expect(removed.spikes).toBe(2);
    expect(tracks[0].time[0]).toBe(morning + 2000);
    expect(clean([track(points.toReversed())], 'run').removed.spikes).toBe(2);
  });

  test('keeps the far end of a fast out-and-back that took its time', () => {
    const ride = track(
      [
        [0, 0],
        [900, 0],
        [0, 0],
      ],
      {times: [morning, morning + 60_000, morning + 120_000]},
    );
    expect(clean([ride]).removed.spikes).toBe(0);
  });

  test('breaks a track at a gap in distance and at a gap in time', () => {
    const far = [
      ...along(
        [
          [0, 0],
          [100, 0],
        ],
        5,
      ),
      ...along(
        [
          [5000, 0],
          [5100, 0],
        ],
        5,
      ),
    ];
    expect(clean([track(far, {seconds: 10})]).tracks.map((part) => part.lng.length)).toEqual([21, 21]);
    const late = along(
      [
        [0, 0],
        [400, 0],
      ],
      200,
    );
    const times = [morning, morning + 30_000, morning + 30_000 + 600_000];
    expect(clean([track(late, {times})]).tracks.map((part) => part.lng.length)).toEqual([2]);
  });

  test('does not break a track whose points are all far apart', () => {
    const flight = track(
      along(
        [
          [0, 0],
          [400_000, 0],
        ],
        12_000,
      ),
      {seconds: 60},
    );
    expect(clean([flight]).tracks).toHaveLength(1);
  });

  test('does not break a track of a tracker that reports every ten minutes', () => {
    const tour = track(
      along(
        [
          [0, 0],
          [30_000, 9000],
        ],
        1500,
      ),
      {seconds: 600},
    );
    expect(clean([tour], 'ride').tracks).toHaveLength(1);
  });

  test('collapses a ten-minute stop to its first and last point and keeps the way to and from it', () => {
    const random = seededRandom(5);
    const to = along(
      [
        [0, 0],
        [400, 0],
      ],
      5,
    );
    const stop = noisy(
      Array.from({length: 600}, () => [400, 0] as [number, number]),
      3,
      random,
    );
    const from = along(
      [
        [400, 0],
        [400, 400],
      ],
      5,
    ).slice(1);
    const {tracks, removed} = clean([track([...to, ...stop, ...from])]);
    expect(tracks).toHaveLength(1);
    expect(removed.stops).toBeGreaterThan(560);
    const {lng} = tracks[0];
    expect(lng.length).toBeGreaterThan(to.length + from.length - 10);
  });

  test('collapses a stop on the antimeridian as one beside it', () => {
    const random = seededRandom(5);
    const stop = noisy(
      Array.from({length: 1200}, () => [0, 0] as [number, number]),
      3,
      random,
    );
    const way = [
      ...along(
        [
          [-400, 0],
          [0, 0],
        ],
        5,
      ),
      ...stop,
      ...along(
        [
          [0, 0],
          [400, 0],
        ],
        5,
      ),
    ];
    const [beside, across] = [179, 180].map((lng) => {
      const rested = track(way, {at: {lng, lat: -17}});
      for (let i = 0; i < rested.lng.length; i++) if (rested.lng[i] > 180) rested.lng[i] -= 360;
      return clean([rested]).removed.stops;
    });
    expect(beside).toBeGreaterThan(1160);
    expect(across).toBe(beside);
  });

  test('keeps somebody who climbs slowly', () => {
    const climb = track(
      along(
        [
          [0, 0],
          [300, 100],
        ],
        0.4,
      ),
    );
    expect(clean([climb]).removed.stops).toBe(0);
  });

  test('cuts a track at the antimeridian, with both parts ending exactly on it', () => {
    const dateline = track(
      along(
        [
          [-3000, 0],
          [3000, 1000],
        ],
        10,
      ),
      {at: {lng: 180, lat: -17}},
    );
    for (let i = 0; i < dateline.lng.length; i++) if (dateline.lng[i] > 180) dateline.lng[i] -= 360;
    const {tracks} = clean([dateline]);
    expect(tracks).toHaveLength(2);
    expect(tracks[0].lng.at(-1)).toBe(180);
    expect(tracks[1].lng[0]).toBe(-180);
    expect(tracks[1].lat[0]).toBe(tracks[0].lat.at(-1));
    for (const part of tracks) {
      for (let i = 1; i < part.lng.length; i++) expect(Math.abs(part.lng[i] - part.lng[i - 1])).toBeLessThan(0.01);
    }
  });

  test('breaks a track at the latitudes where the map ends, and counts what is beyond', () => {
    const polar = track(
      along(
        [
          [0, -1500],
          [0, 1500],
          [300, 1500],
          [300, -1500],
        ],
        50,
      ),
      {at: {lng: 20, lat: 85.0511}, seconds: 20},
    );
    const {tracks, removed} = clean([polar], 'ski');
    expect(tracks).toHaveLength(2);
    expect(removed.beyond).toBe(65);
    for (const {lat} of tracks) for (const degrees of lat) expect(degrees).toBeLessThanOrEqual(85.0512);
  });

  test('counts points that are left alone and makes no track of them', () => {
    const {tracks, removed} = clean([track([[0, 0]])]);
    expect(tracks).toEqual([]);
    expect(removed.single).toBe(1);
  });
});

describe('clean, of clocks', () => {
  const points = along(
    [
      [0, 0],
      [1200, 400],
    ],
    6,
  );
  const good = track(points);
  const count = points.length;

  /** The ride with other times. */
  const timed = (timeOf: (t: number, i: number) => number) => ({...good, time: good.time.map(timeOf)});

  test.each([
    ['1901', Date.UTC(1901, 11, 13)],
    ['1970', 1000],
    ['7605', Date.UTC(7605, 10, 10)],
    ['2085, which could be', Date.UTC(2085, 11, 21)],
  ])('takes times of %s from their neighbours and keeps the points', (_, impossible) => {
    const {tracks, removed} = clean([timed((t, i) => (i > 0 && i % 50 === 0 ? impossible : t))], 'ride');
    expect(removed.times).toBe(Math.floor((count - 1) / 50));
    expect(tracks).toHaveLength(1);
    expect(tracks[0].lng).toEqual(good.lng);
    expect([...tracks[0].time]).toEqual([...good.time]);
  });

  test('takes times away where they are impossible at an end, where no neighbour tells', () => {
    const {tracks, removed} = clean([timed((t, i) => (i < 3 || i > count - 3 ? Date.UTC(2085, 0, 1) : t))], 'ride');
    expect(removed.times).toBe(5);
    expect(tracks[0].lng).toEqual(good.lng);
    expect(tracks[0].time.slice(0, 4)).toEqual(Float64Array.of(Number.NaN, Number.NaN, Number.NaN, good.time[3]));
    expect(tracks[0].time.at(-1)).toBeNaN();
  });

  test('leaves a clock that was never set as it is: it still tells how long things took', () => {
    const unset = timed((t) => t - morning);
    const {tracks, removed} = clean([unset], 'ride');
    expect(removed.times).toBe(0);
    expect(tracks).toEqual([unset]);
  });

  test('makes times that step back for a moment rise', () => {
    const {tracks, removed} = clean([timed((t, i) => (i % 7 === 3 ? t - 4000 : t))], 'ride');
    expect(removed.times).toBeGreaterThan(20);
    expect(tracks[0].lng).toEqual(good.lng);
    const {time} = tracks[0];
    for (let i = 1; i < time.length; i++) expect(time[i]).toBeGreaterThanOrEqual(time[i - 1]);
    for (let i = 0; i < time.length; i++) expect(Math.abs(time[i] - good.time[i])).toBeLessThan(5000);
  });

  test('gives a long stretch with a clock of its own a track of its own, and loses no way', () => {
    const {tracks, removed} = clean([timed((t, i) => (i < 80 ? t + 7_200_000 : t))], 'ride');
    expect(removed.times).toBe(0);
    expect(tracks.map(({lng}) => lng.length)).toEqual([80, count - 79]);
    expect(tracks[1].lng[0]).toBe(tracks[0].lng[79]);
    expect(tracks[1].time[0]).toBeNaN();
    expect(tracks[0].time[0]).toBe(good.time[0] + 7_200_000);
  });

  test('keeps the nights of a tour that goes on for days', () => {
    const days = timed((t, i) => t + Math.floor(i / 60) * 20 * 3_600_000);
    expect(clean([days], 'hike').removed.times).toBe(0);
  });
});
