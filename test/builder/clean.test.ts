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
    expect(removed).toEqual({nullIsland: 0, spikes: 0, stops: 0, single: 0});
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
    expect(clean([track(far, {seconds: 40})]).tracks.map((part) => part.lng.length)).toEqual([21, 21]);
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

  test('counts points that are left alone and makes no track of them', () => {
    const {tracks, removed} = clean([track([[0, 0]])]);
    expect(tracks).toEqual([]);
    expect(removed.single).toBe(1);
  });
});
