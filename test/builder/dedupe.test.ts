import {describe, expect, test} from 'vitest';
import type {Track} from '../../builder/activity.ts';
import {dedupe, type Twin} from '../../builder/dedupe.ts';
import {copied, go, type Outing, record, recordingOf, reversed, streets} from '../support/outings.ts';
import {along, morning, seededRandom, track} from '../support/tracks.ts';

type Pair = [Track[], Track[]];
type Random = () => number;

const hour = 3_600_000;

/** Why the second of two recordings is one of the first's outing; undefined where it is none. */
function twinOf([a, b]: Pair): Twin | undefined {
  return dedupe(recordingOf('b', b), [recordingOf('a', a)])[0];
}

/** An outing of 20 to 60 minutes on foot or by bike. */
function someOuting(random: Random): {corners: [number, number][]; speed: number; outing: Outing} {
  const speed = random() < 0.5 ? 3 : 7;
  const corners = streets(random, speed * 60 * (20 + 40 * random()));
  return {corners, speed, outing: go(random, corners, speed, morning + Math.floor(random() * 1800) * 1000)};
}

/** Somebody who runs about on a pitch. */
function onPitch(random: Random, start: number): Outing {
  const corners = Array.from({length: 120}, () => [random() * 100, random() * 60] as [number, number]);
  return {start, places: along(corners, 3)};
}

const sameOuting: Record<string, (random: Random) => Pair> = {
  'another device, started a minute later, every few seconds'(random) {
    const {outing} = someOuting(random);
    const late = 60 / outing.places.length;
    return [[record(random, outing)], [record(random, outing, {from: late, every: 1 + Math.floor(random() * 7)})]];
  },
  'another device whose clock is some seconds off'(random) {
    const {outing} = someOuting(random);
    const other = {...outing, start: outing.start + Math.round(2 + 2 * random()) * 1000};
    return [[record(random, outing)], [record(random, other, {noise: 3})]];
  },
  'a re-export with rounded and fewer points'(random) {
    const original = record(random, someOuting(random).outing);
    return [[original], [copied(original, {every: 2 + Math.floor(random() * 8)})]];
  },
  'a trimmed copy'(random) {
    const {outing} = someOuting(random);
    const original = record(random, outing);
    const from = Math.floor(outing.places.length * (0.1 + 0.3 * random()));
    const to = Math.floor(outing.places.length * (0.6 + 0.3 * random()));
    const {lng, lat, time, elevation} = copied(original, {});
    const cut = (values: Float64Array) => values.slice(from, to);
    return [[original], [{lng: cut(lng), lat: cut(lat), time: cut(time), elevation: cut(elevation)}]];
  },
  'a copy by the clock of another time zone'(random) {
    const original = record(random, someOuting(random).outing);
    const minutes = 15 * (Math.floor(random() * 112) - 56 || 8);
    return [[original], [copied(original, {minutes, every: 1 + Math.floor(random() * 4)})]];
  },
  'a device that died half way'(random) {
    const {outing} = someOuting(random);
    return [[record(random, outing)], [record(random, outing, {to: 0.3 + 0.4 * random()})]];
  },
  'a copy without times'(random) {
    const original = record(random, someOuting(random).outing);
    return [[original], [copied(original, {timed: false})]];
  },
  'a thinned copy without times'(random) {
    const original = record(random, someOuting(random).outing);
    return [[original], [copied(original, {timed: false, every: 3})]];
  },
  'two copies without times'(random) {
    const original = record(random, someOuting(random).outing);
    return [[copied(original, {timed: false})], [copied(original, {timed: false, every: 2, decimals: 6})]];
  },
  'a leg and the file of both legs'(random) {
    const there = someOuting(random).outing;
    const {corners, speed} = someOuting(random);
    const back = go(random, corners, speed, there.start + 5 * hour);
    const legs = [record(random, there), record(random, back)];
    return [[legs[random() < 0.5 ? 0 : 1]], legs.map((leg) => copied(leg, {}))];
  },
};

const otherOuting: Record<string, (random: Random) => Pair> = {
  'the same way the next day'(random) {
    const {corners, speed, outing} = someOuting(random);
    const next = go(random, corners, speed, outing.start + 24 * hour);
    return [[record(random, outing)], [record(random, next)]];
  },
  'the same way an hour later'(random) {
    const {corners, speed, outing} = someOuting(random);
    const next = go(random, corners, speed, outing.start + hour);
    return [[record(random, outing)], [record(random, next)]];
  },
  'the same way at the very same pace whole hours later'(random) {
    const {outing} = someOuting(random);
    const next = {...outing, start: outing.start + (1 + Math.floor(random() * 6)) * hour};
    return [[record(random, outing)], [record(random, next)]];
  },
  'the way to work and back on one day'(random) {
    const {corners, speed, outing} = someOuting(random);
    const back = go(random, corners.toReversed(), speed, outing.start + 9 * hour);
    return [[record(random, outing)], [record(random, back)]];
  },
  'one lap and the next one'(random) {
    const side = 300 + random() * 300;
    const lap = along(
      [
        [0, 0],
        [side, 0],
        [side, side],
        [0, side],
        [0, 0],
      ],
      3,
    );
    const first = {start: morning, places: lap};
    return [[record(random, first)], [record(random, {...first, start: morning + lap.length * 1000})]];
  },
  'laps of a quarter of an hour each'(random) {
    const lap = along(
      [
        [0, 0],
        [700, 0],
        [700, 650],
        [0, 650],
        [0, 0],
      ],
      3,
    );
    const first = {start: morning, places: lap.slice(0, 900)};
    return [[record(random, first)], [record(random, {...first, start: morning + 900_000})]];
  },
  'two devices on different halves'(random) {
    const {outing} = someOuting(random);
    const middle = 0.4 + 0.2 * random();
    return [[record(random, outing, {to: middle + 0.05})], [record(random, outing, {from: middle - 0.05})]];
  },
  'two people at the same time, a street apart'(random) {
    const {outing} = someOuting(random);
    const places = outing.places.map(([x, y]) => [x + 100, y + 100] as [number, number]);
    return [[record(random, outing)], [record(random, {...outing, places})]];
  },
  'the same way without times, with noise of its own'(random) {
    const {corners, speed, outing} = someOuting(random);
    const next = record(random, go(random, corners, speed), {noise: 2.5});
    return [[record(random, outing, {noise: 2.5})], [copied(next, {timed: false})]];
  },
  'the way back, without times'(random) {
    const original = record(random, someOuting(random).outing);
    return [[original], [reversed(copied(original, {timed: false}))]];
  },
  'two games on one pitch, an hour apart'(random) {
    return [[record(random, onPitch(random, morning))], [record(random, onPitch(random, morning + hour))]];
  },
  'two hours of standing in one place'(random) {
    const places = Array<[number, number]>(2400).fill([50, 50]);
    const hours = [0, 1].map((k) => [record(random, {start: morning + k * hour, places}, {noise: 3})]);
    return [hours[0], hours[1]];
  },
};

/** Pairs of each kind, each by a seed of its own. */
const each = 15;

describe('dedupe', () => {
  test.each(Object.keys(sameOuting))('knows %s', (kind) => {
    for (let seed = 1; seed <= each; seed++) {
      const [a, b] = sameOuting[kind](seededRandom(seed));
      expect(twinOf([a, b]), `seed ${seed}`).toBeDefined();
      expect(twinOf([b, a]), `seed ${seed}, the other way round`).toBeDefined();
    }
  });

  test.each(Object.keys(otherOuting))('keeps apart %s', (kind) => {
    for (let seed = 1; seed <= each; seed++) {
      const [a, b] = otherOuting[kind](seededRandom(seed));
      expect(twinOf([a, b]), `seed ${seed}`).toBeUndefined();
      expect(twinOf([b, a]), `seed ${seed}, the other way round`).toBeUndefined();
    }
  });

  test('says why, and how far a clock is ahead', () => {
    const random = seededRandom(7);
    const {outing} = someOuting(random);
    const original = record(random, outing);
    expect(twinOf([[original], [record(random, outing, {to: 0.5})]])).toMatchObject({
      hash: 'a',
      by: 'time',
      minutes: 0,
    });
    expect(twinOf([[original], [copied(original, {minutes: 120})]])).toMatchObject({by: 'clock', minutes: -120});
    expect(twinOf([[copied(original, {minutes: 345})], [original]])).toMatchObject({by: 'clock', minutes: 345});
    expect(twinOf([[original], [copied(original, {timed: false})]])).toMatchObject({by: 'shape'});
  });

  test('takes a clock that is ahead by 10 minutes, or by 15 hours, for another outing', () => {
    const original = record(seededRandom(8), someOuting(seededRandom(8)).outing);
    for (const minutes of [10, 20, 900]) {
      expect(twinOf([[original], [copied(original, {minutes})]]), `${minutes} min`).toBeUndefined();
    }
  });

  test('compares a clock that was never set by shape', () => {
    const original = record(seededRandom(9), someOuting(seededRandom(9)).outing);
    const unset = copied(original, {});
    unset.time = unset.time.map((t) => t - original.time[0]);
    expect(twinOf([[original], [unset]])).toMatchObject({by: 'shape'});
  });

  test('knows a recording across the antimeridian', () => {
    const way = along(
      [
        [-4000, 0],
        [4000, 1000],
      ],
      4,
    );
    const at = {lng: 180, lat: -17};
    const wrapped = (given: Track) => ({...given, lng: given.lng.map((lng) => (lng > 180 ? lng - 360 : lng))});
    expect(
      twinOf([[wrapped(track(way, {at}))], [wrapped(track(way.slice(300), {at, start: morning + 300_000}))]]),
    ).toMatchObject({by: 'time', share: 1});
  });
});
