import {describe, expect, test} from 'vitest';
import {type Contender, elect} from '../../../builder/dedupe/elect.ts';

/** A recording of an hour and 20 km with as many points as its number unless told otherwise. */
function contender(number: number, given: Partial<Contender> = {}): Contender {
  return {
    number,
    hash: `points ${number}`,
    seconds: 3600,
    meters: 20_000,
    points: number,
    preferred: false,
    excluded: false,
    ...given,
  };
}

const allTwins = () => true;

describe('elect', () => {
  test('lets the recording win that covers most, not the one with most points', () => {
    const died = contender(1, {seconds: 3600, meters: 30_000, points: 3600});
    const lasted = contender(2, {seconds: 10_800, meters: 90_000, points: 900});
    expect(elect([died, lasted], allTwins)).toEqual(
      new Map([
        [2, undefined],
        [1, 2],
      ]),
    );
  });

  test('lets points decide between recordings that cover as much within 5 %', () => {
    const sparse = contender(1, {points: 400});
    const dense = contender(2, {points: 3600, seconds: 3500, meters: 19_700});
    expect(elect([sparse, dense], allTwins).get(1)).toBe(2);
    expect(elect([sparse, {...dense, meters: 17_000}], allTwins).get(2)).toBe(1);
  });

  test('lets the lower number win between equals, and the timed one before one without times', () => {
    expect(elect([contender(2, {points: 9}), contender(1, {points: 9})], allTwins).get(2)).toBe(1);
    expect(elect([contender(1, {seconds: 0}), contender(2, {points: 1})], allTwins).get(1)).toBe(2);
  });

  test('makes both legs duplicates of the file that has both, in any order', () => {
    const legs = [contender(1, {hash: 'a', meters: 9000, seconds: 1800}), contender(3, {hash: 'b', meters: 11_000})];
    const both = contender(2, {hash: 'ab', seconds: 5400});
    const areTwins = (a: string, b: string) => a.includes(b) || b.includes(a);
    for (const order of [
      [...legs, both],
      [both, ...legs],
      [legs[1], both, legs[0]],
    ]) {
      expect([...elect(order, areTwins)].sort()).toEqual([
        [1, 2],
        [2, undefined],
        [3, 2],
      ]);
    }
  });

  test('does not make two outings one that only have a recording in common', () => {
    const areTwins = (a: string, b: string) => a !== b && (a === 'bridge' || b === 'bridge');
    const found = elect(
      [contender(1), contender(2), contender(3, {hash: 'bridge', meters: 3000, seconds: 600})],
      areTwins,
    );
    expect(found).toEqual(
      new Map([
        [2, undefined],
        [3, 2],
        [1, undefined],
      ]),
    );
  });

  test('takes recordings with equal points for one', () => {
    const areTwins = (a: string, b: string) => a !== b && [a, b].every((hash) => hash === 'x' || hash === 'y');
    const copies = [contender(1, {hash: 'x'}), contender(2, {hash: 'x'}), contender(3, {hash: 'y', meters: 30_000})];
    expect([...elect(copies, areTwins).values()]).toEqual([undefined, 3, 3]);
  });

  test('lets a preferred recording win, on or off the map, and no other that was taken off', () => {
    const small = contender(1, {meters: 2000, seconds: 300, preferred: true});
    expect(elect([small, contender(2)], allTwins).get(2)).toBe(1);
    expect(elect([{...small, excluded: true}, contender(2)], allTwins).get(2)).toBe(1);
    expect(elect([contender(1), contender(9, {excluded: true})], allTwins).get(9)).toBe(1);
    expect(elect([contender(1, {excluded: true})], allTwins).get(1)).toBeUndefined();
  });
});
