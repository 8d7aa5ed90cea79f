import simplifyJs from 'simplify-js';
import {expect, test} from 'vitest';
import {douglasPeucker} from '../../builder/douglas-peucker.ts';
import {seededRandom} from '../support/tracks.ts';

test('douglasPeucker keeps the vertices that simplify-js keeps, on 200 wandering lines', () => {
  const random = seededRandom(73);
  let dropped = 0;
  for (let line = 0; line < 200; line++) {
    const count = 3 + Math.floor(random() * 300);
    const x = new Float64Array(count);
    const y = new Float64Array(count);
    let heading = random() * 7;
    for (let i = 1; i < count; i++) {
      heading += (random() - 0.5) * 1.2;
      x[i] = x[i - 1] + Math.cos(heading) * 5;
      y[i] = y[i - 1] + Math.sin(heading) * 5;
    }
    const tolerance = 0.2 + random() * 6;
    const points = Array.from(x, (x, i) => ({x, y: y[i], i}));
    const theirs = (simplifyJs(points, tolerance, true) as typeof points).map(({i}) => i);
    const keep = new Uint8Array(count);
    douglasPeucker(x, y, 0, count - 1, tolerance, keep);
    expect([...keep.keys()].filter((i) => keep[i] === 1)).toEqual(theirs);
    dropped += count - theirs.length;
  }
  expect(dropped).toBeGreaterThan(10_000);
});

test('of a line that ends where it began the farthest vertex stays', () => {
  const keep = new Uint8Array(4);
  douglasPeucker(Float64Array.of(0, 0.1, 0.3, 0), Float64Array.of(0, 0, 0, 0), 0, 3, 1, keep);
  expect([...keep]).toEqual([1, 0, 1, 1]);
});
