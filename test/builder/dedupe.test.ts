import {describe, expect, test} from 'vitest';
import {dedupe} from '../../builder/dedupe.ts';
import {decodeSignature, encodeSignature, type Signature, signature} from '../../builder/signature.ts';
import {along, morning, noisy, seededRandom, track} from '../support/tracks.ts';

const way = along(
  [
    [0, 0],
    [3000, 500],
    [4000, 3000],
    [0, 0],
  ],
  5,
);

function signed(...args: Parameters<typeof track>): Signature {
  return signature([track(...args)]) as Signature;
}

const ride = {number: 1, signature: signed(way)};

describe('signature', () => {
  test('is the position at each full 30 s, in hundred-thousandths of a degree', () => {
    const {first, positions} = signed(
      along(
        [
          [0, 0],
          [600, 0],
        ],
        5,
      ),
      {start: morning + 10_000},
    );
    expect(first).toBe(morning / 30_000 + 1);
    expect(positions.length / 2).toBe(4);
    expect((positions[2] - positions[0]) / 1e5).toBeCloseTo(150 / (111_319.49 * Math.cos((48.2 * Math.PI) / 180)), 4);
  });

  test('is undefined without times, and for a clock that runs for years', () => {
    const untimed = track(way);
    untimed.time.fill(Number.NaN);
    expect(signature([untimed])).toBeUndefined();
    expect(signature([track(way, {seconds: 86_400})])).toBeUndefined();
  });

  test('comes back from its bytes', () => {
    expect(decodeSignature(encodeSignature(ride.signature))).toEqual(ride.signature);
  });
});

describe('dedupe', () => {
  test('knows a recording of the same outing by another device, with noise and started a minute later', () => {
    const other = signed(noisy(way, 5, seededRandom(3)).slice(60), {start: morning + 60_000});
    expect(dedupe(other, [ride])).toBe(1);
  });

  test('knows a trimmed copy', () => {
    expect(dedupe(signed(way.slice(400, 900), {start: morning + 400_000}), [ride])).toBe(1);
  });

  test('keeps another ride of the same way on another day, and an hour later', () => {
    expect(dedupe(signed(way, {start: morning + 86_400_000}), [ride])).toBeUndefined();
    expect(dedupe(signed(way, {start: morning + 3_600_000}), [ride])).toBeUndefined();
  });

  test('keeps what happened at the same time elsewhere', () => {
    expect(dedupe(signed(way, {at: {lng: 8.51, lat: 48.21}}), [ride])).toBeUndefined();
  });
});
