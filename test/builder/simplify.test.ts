import {describe, expect, test} from 'vitest';
import {describe as describeTracks} from '../../builder/describe.ts';
import {simplify} from '../../builder/simplify.ts';
import {decodeTracks, encodeTracks} from '../../builder/track-blob.ts';
import {along, morning, noisy, seededRandom, track} from '../support/tracks.ts';

const winding = noisy(
  along(
    [
      [0, 0],
      [2000, 300],
      [2500, -900],
      [0, 0],
    ],
    6,
  ),
  3,
  seededRandom(2),
);

describe('simplify', () => {
  test('leaves no recorded point more than 0.8 m beside the stored line', () => {
    const indices = simplify(track(winding));
    expect(indices.length).toBeLessThan(winding.length * 0.6);
    let worst = 0;
    for (let k = 1; k < indices.length; k++) {
      const [ax, ay] = winding[indices[k - 1]];
      const [bx, by] = winding[indices[k]];
      for (let i = indices[k - 1]; i < indices[k]; i++) worst = Math.max(worst, beside(winding[i], ax, ay, bx, by));
    }
    expect(worst).toBeGreaterThan(0.3);
    expect(worst).toBeLessThan(0.81);
  });

  test('keeps where a straight ride was slow: the time-interpolated position is within 10 m', () => {
    const points = along(
      [
        [0, 0],
        [600, 0],
      ],
      5,
    );
    const times = points.map((_, i) => morning + (i < 60 ? i * 1000 : 60_000 + (i - 60) * 6000));
    const ride = track(points, {times});
    const indices = simplify(ride);
    expect(indices.length).toBeGreaterThan(2);
    expect(indices.length).toBeLessThan(12);
    for (let k = 1; k < indices.length; k++) {
      const [from, to] = [indices[k - 1], indices[k]];
      for (let i = from; i <= to; i++) {
        const share = (times[i] - times[from]) / (times[to] - times[from]);
        expect(Math.abs(points[from][0] + (points[to][0] - points[from][0]) * share - points[i][0])).toBeLessThan(10.1);
      }
    }
  });

  test('keeps of a straight way over a hill what moving time and ascent are told by, but not what is within a pause', () => {
    // 3 km at 4 m/s over a hill of 60 m, four minutes at its top with nothing recorded.
    const points = along(
      [
        [0, 0],
        [3000, 0],
      ],
      4,
    );
    const top = 375;
    const times = points.map((_, i) => morning + i * 1000 + (i > top ? 240_000 : 0));
    const ride = track(points, {times});
    ride.elevation.set(points.map((_, i) => 600 - Math.abs(i - top) * 0.16));
    const indices = simplify(ride);
    expect(indices.length).toBeLessThan(12);
    const stored = describeTracks(decodeTracks(encodeTracks([{track: ride, indices}])), {start: Number.NaN});
    const whole = describeTracks([ride], {start: Number.NaN});
    expect(whole.moving).toBe(749);
    expect(stored.moving).toBe(749);
    expect(Math.abs(stored.ascent - whole.ascent)).toBeLessThan(5);
  });

  test('takes no time to speak of for a straight way without times whose elevation goes up and down at each point', () => {
    const zigzag = track(Array.from({length: 60_000}, (_, i) => [i, 0] as const));
    zigzag.time.fill(Number.NaN);
    zigzag.elevation.set(zigzag.lng.map((_, i) => 500 + (i % 2) * 20));
    expect(simplify(zigzag)).toHaveLength(60_000);
  });

  test('keeps both points of the shortest track', () => {
    expect([
      ...simplify(
        track([
          [0, 0],
          [1, 0],
        ]),
      ),
    ]).toEqual([0, 1]);
  });
});

describe('encodeTracks', () => {
  test('keeps positions to 1 cm, times to the ms and elevation to 0.1 m', () => {
    const ride = track(winding);
    ride.elevation.set(winding.map((_, i) => 200 + Math.sin(i / 50) * 40));
    const indices = simplify(ride);
    const [back] = decodeTracks(encodeTracks([{track: ride, indices}]));
    expect(back.lng.length).toBe(indices.length);
    indices.forEach((i, k) => {
      expect(Math.abs(back.lng[k] - ride.lng[i])).toBeLessThan(6e-8);
      expect(Math.abs(back.lat[k] - ride.lat[i])).toBeLessThan(6e-8);
      expect(back.time[k]).toBe(ride.time[i]);
      expect(Math.abs(back.elevation[k] - ride.elevation[i])).toBeLessThan(0.051);
    });
  });

  test('gives points before the first with a time or an elevation that of the first', () => {
    const late = track([
      [0, 0],
      [100, 0],
      [200, 0],
      [300, 0],
    ]);
    late.time.fill(Number.NaN, 0, 2);
    late.elevation.set([Number.NaN, 640, Number.NaN, 650]);
    const [back] = decodeTracks(encodeTracks([{track: late, indices: Uint32Array.of(0, 1, 2, 3)}]));
    const [, , third, fourth] = late.time;
    expect([...back.time]).toEqual([third, third, third, fourth]);
    expect([...back.elevation]).toEqual([640, 640, 640, 650]);
  });

  test('keeps that there are no times and no elevation, and times far from 1970', () => {
    const plain = track([
      [0, 0],
      [100, 0],
    ]);
    plain.time.fill(Number.NaN);
    const old = track(
      [
        [0, 0],
        [100, 0],
      ],
      {times: [-6e12, 1.7e14]},
    );
    const all = new Uint32Array([0, 1]);
    const [first, second] = decodeTracks(
      encodeTracks([
        {track: plain, indices: all},
        {track: old, indices: all},
      ]),
    );
    expect([...first.time]).toEqual([Number.NaN, Number.NaN]);
    expect([...first.elevation]).toEqual([Number.NaN, Number.NaN]);
    expect([...second.time]).toEqual([-6e12, 1.7e14]);
  });

  test('of another version is refused', () => {
    expect(() => decodeTracks(Uint8Array.from([9, 0]))).toThrow('tracks are of version 9, this program reads 1');
  });
});

function beside([x, y]: [number, number], ax: number, ay: number, bx: number, by: number): number {
  const length = Math.hypot(bx - ax, by - ay);
  if (length === 0) return Math.hypot(x - ax, y - ay);
  const along = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length ** 2));
  return Math.hypot(x - ax - (bx - ax) * along, y - ay - (by - ay) * along);
}
