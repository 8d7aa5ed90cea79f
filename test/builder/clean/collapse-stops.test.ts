import {describe, expect, test} from 'vitest';
import {collapseStops} from '../../../builder/clean/collapse-stops.ts';
import {cleanMeasures} from '../../../builder/clean.ts';
import {track} from '../../support/tracks.ts';

describe('collapseStops', () => {
  test('looks at each point of an hour at anchor as often as at one of three hours', () => {
    const [short, long] = [3_600, 10_800].map((seconds) => looks(anchored(seconds)) / seconds);
    expect(long).toBeLessThan(1.2 * short);
  });

  test('leaves a boat that circles its anchor at 11 m where it was', () => {
    const boat = anchored(3_600);
    expect(collapseStops(boat, cleanMeasures)).toBe(boat);
  });
});

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
  collapseStops({...boat, lat}, cleanMeasures);
  return count;
}
