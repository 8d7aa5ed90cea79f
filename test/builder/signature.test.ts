import {describe, expect, test} from 'vitest';
import {decodeSignature, encodeSignature, type Signature, signature} from '../../builder/signature.ts';
import {along, morning, noisy, seededRandom, track} from '../support/tracks.ts';

const way = along(
  [
    [0, 0],
    [600, 0],
  ],
  5,
);

/** Number of the sample at a time. */
const sampleAt = (time: number) => time / 30_000;

describe('signature', () => {
  test('is the position at each full 30 s, in hundred-thousandths of a degree', () => {
    const {at, lng} = signature([track(way, {start: morning + 10_000})]) as Signature;
    expect([...at]).toEqual([1, 2, 3, 4].map((k) => sampleAt(morning) + k));
    expect((lng[1] - lng[0]) / 1e5).toBeCloseTo(150 / (111_319.49 * Math.cos((48.2 * Math.PI) / 180)), 4);
  });

  test('has no samples where nothing was recorded for minutes, and some where somebody waited', () => {
    const gone = [
      track(way),
      track(
        along(
          [
            [2000, 0],
            [2300, 0],
          ],
          5,
        ),
        {start: morning + 600_000},
      ),
    ];
    expect(signature(gone)?.at.length).toBe(4 + 2);
    const waited = [
      track(way),
      track(
        along(
          [
            [620, 0],
            [900, 0],
          ],
          5,
        ),
        {start: morning + 600_000},
      ),
    ];
    expect(signature(waited)?.at.length).toBe(4 + 16 + 2);
  });

  test('follows a tracker that reports every five minutes', () => {
    const sparse = signature([
      track(
        along(
          [
            [0, 0],
            [9000, 0],
          ],
          900,
        ),
        {seconds: 300},
      ),
    ]);
    expect(sparse?.at.length).toBe(100);
  });

  test('knows nothing of the years between the points of a file that was made up', () => {
    const years = track(way.slice(0, 40), {seconds: 86_400 * 200});
    expect(signature([years])).toBeUndefined();
  });

  test('is undefined without times, and by a clock that was never set', () => {
    const untimed = track(way);
    untimed.time.fill(Number.NaN);
    expect(signature([untimed])).toBeUndefined();
    expect(signature([track(way, {start: 0})])).toBeUndefined();
  });

  test('has each sample once and in order, whatever the order of the tracks', () => {
    const later = track(way, {start: morning + 3_600_000});
    const twice = track(way, {start: morning + 3_630_000});
    const {at} = signature([later, track(way), twice]) as Signature;
    expect([...at]).toEqual([...new Set(at)].sort((a, b) => a - b));
    expect(at[0]).toBe(sampleAt(morning));
  });

  test('comes back from its bytes, about four of them a sample', () => {
    const long = noisy(
      along(
        [
          [0, 0],
          [20_000, 9000],
          [3000, -4000],
        ],
        6,
      ),
      4,
      seededRandom(1),
    );
    const pieces = [track(long.slice(0, 2000)), track(long.slice(3000), {start: morning + 5_000_000})];
    const found = signature(pieces) as Signature;
    const bytes = encodeSignature(found);
    expect(decodeSignature(bytes)).toEqual(found);
    expect(bytes.length).toBeLessThan(4.5 * found.at.length + 20);
  });
});
