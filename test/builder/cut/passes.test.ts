import {describe, expect, test} from 'vitest';
import {type Pass, PassTeller} from '../../../builder/cut/passes.ts';
import {type WorldTrack, worldTrack} from '../../../builder/cut/world-track.ts';
import {groundMeters, projectX, projectY} from '../../../core/mercator.ts';
import {along, home, noisy, seededRandom, track} from '../../support/tracks.ts';

type Meters = [east: number, north: number];

const perWorld = groundMeters(home.lat);

describe('passes', () => {
  test('a track that comes nowhere twice is a pass, as it is', () => {
    const way = wayOf([0, 0], [300, 0], [300, 30], [0, 30]);
    expect(passesOf(way)).toEqual([{track: way, again: false}]);
  });

  test('a way back on the other side of the street is again, from the turning point on', () => {
    const [out, back, ...more] = passesOf(wayOf([0, 0], [400, 0], [400, 8], [0, 8]));
    expect(more).toEqual([]);
    expect([out.again, back.again]).toEqual([false, true]);
    expect(endOf(out)[0]).toBeGreaterThan(385);
    expect(lengthOf(out)).toBeLessThan(415);
    expect(startOf(back)).toEqual(endOf(out));
  });

  test('who crosses their own way or goes round a sharp bend makes one pass of it, and so does who goes round a block', () => {
    expect(passesOf(wayOf([0, 0], [300, 0], [150, 100]))).toHaveLength(1);
    expect(passesOf(wayOf([0, 0], [300, 0], [300, 100], [150, 100], [150, -100]))).toHaveLength(1);
    const [block, home] = passesOf(wayOf([0, 0], [200, 0], [400, 0], [400, 200], [200, 200], [200, 3], [0, 3]));
    expect(block.again).toBe(false);
    expect(endOf(block)[0]).toBeCloseTo(200, -1);
    expect(Math.abs(endOf(block)[1])).toBeLessThan(6);
    expect(home.again).toBe(true);
  });

  test('a branch that leaves the way home begins on it', () => {
    const passes = passesOf(wayOf([0, 0], [400, 0], [200, 4], [200, 150]));
    expect(passes.map(({again}) => again)).toEqual([false, true, false]);
    expect(Math.abs(startOf(passes[2])[1])).toBeLessThan(10);
    expect(endOf(passes[2])[1]).toBeCloseTo(150, 1);
  });

  test('a second track along the first is again, one 30 m beside it is not', () => {
    const [first, second, third] = [0, 6, 36].map((north) => wayOf([0, north], [500, north]));
    expect(passesOf(first, second, third).map(({again}) => again)).toEqual([false, true, false]);
  });

  test('passes end to end are the track, of a noisy ride of laps, branches and ways back', () => {
    const random = seededRandom(11);
    const corners: Meters[] = Array.from({length: 60}, () => [
      Math.round(random() * 4) * 120,
      Math.round(random() * 4) * 120,
    ]);
    const way = worldTrack(track(noisy(along(corners, 6), 3, random)));
    const passes = passesOf(way);
    expect(passes.length).toBeGreaterThan(20);
    for (let i = 1; i < passes.length; i++) {
      expect(passes[i].again).not.toBe(passes[i - 1].again);
      expect(startOf(passes[i])).toEqual(endOf(passes[i - 1]));
    }
    const whole = passes.reduce((sum, pass) => sum + lengthOf(pass), 0);
    expect(whole).toBeCloseTo(lengthOf({track: way}), 3);
    expect(startOf(passes[0])).toEqual(startOf({track: way}));
    expect(endOf(passes[passes.length - 1])).toEqual(endOf({track: way}));
  });

  test('tracks of one place, and none at all, are told without harm', () => {
    expect(passesOf()).toEqual([]);
    expect(passesOf(wayOf([0, 0], [0, 0])).map(({again}) => again)).toEqual([false]);
    expect(passesOf(worldTrack(track([[0, 0]]))).map(({again}) => again)).toEqual([false]);
  });

  test('nothing is left of a joint whose first pass turns out to be a way back', () => {
    const corners: Meters[] = [
      [18, 1],
      [73, 35],
      [26, 1],
      [81, 18],
      [74, 16],
    ];
    const passes = passesOf(worldTrack(track(corners)));
    expect(passes.map(({again}) => again)).toEqual([false, true]);
  });
});

/** The passes of the tracks, by a teller that has told others before. */
function passesOf(...tracks: WorldTrack[]): Pass[] {
  const teller = new PassTeller();
  teller.passes([wayOf([0, -50], [500, 90]), wayOf([0, 4], [300, 4])]);
  return teller.passes(tracks).flat();
}

function wayOf(...corners: Meters[]): WorldTrack {
  return worldTrack(track(along(corners, 6)));
}

/** Metres east and north of home, to a millimetre. */
function metersAt({x, y}: WorldTrack, i: number): Meters {
  const rounded = (meters: number) => Math.round(meters * 1000) / 1000 + 0;
  return [rounded((x[i] - projectX(home.lng)) * perWorld), rounded((projectY(home.lat) - y[i]) * perWorld)];
}

function startOf({track}: Pick<Pass, 'track'>): Meters {
  return metersAt(track, 0);
}

function endOf({track}: Pick<Pass, 'track'>): Meters {
  return metersAt(track, track.count - 1);
}

function lengthOf({track: {x, y, count}}: Pick<Pass, 'track'>): number {
  let length = 0;
  for (let i = 1; i < count; i++) length += Math.hypot(x[i] - x[i - 1], y[i] - y[i - 1]);
  return length * perWorld;
}
