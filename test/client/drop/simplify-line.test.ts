import {expect, test} from 'vitest';
import {simplifyLine} from '../../../client/drop/simplify-line.ts';
import {along, track} from '../../support/tracks.ts';

test('points on a straight way go, corners and ends stay where they are', () => {
  const corners = [
    [0, 0],
    [900, 0],
    [900, 700],
  ] as const;
  const {lng, lat} = track(along(corners, 3));
  const kept = simplifyLine([...lng].map((x, i) => [x, lat[i]]));
  const wanted = track(corners);
  expect(kept.length).toBe(3);
  kept.forEach(([x, y], i) => {
    expect(x).toBeCloseTo(wanted.lng[i], 9);
    expect(y).toBeCloseTo(wanted.lat[i], 9);
  });
});

test('a line that winds ever wider costs no stack', () => {
  const line = Array.from({length: 30_000}, (_, i) => [8 + (i % 2 ? 1 : -1) * i * 2e-6, 47 + i * 1e-7]);
  expect(simplifyLine(line).length).toBeGreaterThan(20_000);
});
