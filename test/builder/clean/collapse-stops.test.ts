import {describe, expect, test} from 'vitest';
import {collapseStops} from '../../../builder/clean/collapse-stops.ts';
import {cleanMeasures} from '../../../builder/clean.ts';
import {along, noisy, seededRandom, track} from '../../support/tracks.ts';

describe('collapseStops', () => {
  test('looks at each point of an hour at anchor as often as at one of three hours', () => {
    const [short, long] = [3_600, 10_800].map((seconds) => looks(anchored(seconds)) / seconds);
    expect(long).toBeLessThan(1.2 * short);
  });

  test('leaves a boat that circles its anchor at 11 m where it was', () => {
    const boat = anchored(3_600);
    expect(collapsed(boat)).toBe(boat);
  });

  test('leaves of half a minute at a red light a few points, and the ride before and after', () => {
    const random = seededRandom(3);
    const light = Array.from({length: 30}, () => [198, 0] as [number, number]);
    const rides = [0, 200].map((from) =>
      along(
        [
          [from, 0],
          [from + 198, 0],
        ],
        6,
      ),
    );
    const {lng} = collapsed(track([...rides[0], ...noisy(light, 2, random), ...rides[1]]));
    const before = rides[0].length;
    expect(lng.length).toBeGreaterThan(2 * before - 6);
    expect(lng.length).toBeLessThan(2 * before + 6);
  });

  test('keeps who turns around at the end of a path, and who climbs slowly', () => {
    const random = seededRandom(4);
    const path = track(
      noisy(
        along(
          [
            [0, 0],
            [60, 0],
            [0, 0],
          ],
          1.2,
        ),
        0.5,
        random,
      ),
    );
    expect(collapsed(path)).toBe(path);
    const climb = track(
      noisy(
        along(
          [
            [0, 0],
            [200, 100],
          ],
          0.5,
        ),
        0.5,
        random,
      ),
    );
    expect(collapsed(climb)).toBe(climb);
  });
});

/** A track without its stops. */
function collapsed(recorded: ReturnType<typeof track>) {
  return cleanMeasures.stops.reduce(collapseStops, recorded);
}

/** A boat that goes round its anchor, 11 m off it, in 70 s: always near the centre, never at it. */
function anchored(seconds: number) {
  return track(Array.from({length: seconds}, (_, i) => [11 * Math.cos(i / 11), 11 * Math.sin(i / 11)] as const));
}

/** How often `collapseStops` looks at a latitude of a track. */
function looks(boat: ReturnType<typeof track>): number {
  let count = 0;
  const lat = new Proxy(boat.lat, {
    get(values, key) {
      count++;
      return Reflect.get(values, key);
    },
  });
  collapsed({...boat, lat});
  return count;
}
