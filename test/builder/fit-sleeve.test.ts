import simplifyJs from 'simplify-js';
import {describe, expect, test} from 'vitest';
import {fitSleeve} from '../../builder/fit-sleeve.ts';
import {seededRandom} from '../support/tracks.ts';

type Line = {x: Float64Array; y: Float64Array};

/** A line that wanders, `turn` radians to either side at most from vertex to vertex. */
function wandering(random: () => number, turn: number): Line {
  const count = 3 + Math.floor(random() * 300);
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  let heading = random() * 7;
  for (let i = 1; i < count; i++) {
    heading += (random() - 0.5) * 2 * turn;
    const step = random() * 10;
    x[i] = x[i - 1] + Math.cos(heading) * step;
    y[i] = y[i - 1] + Math.sin(heading) * step;
  }
  return {x, y};
}

function keptOf({x, y}: Line, tolerance: number): number[] {
  const keep = new Uint8Array(x.length);
  fitSleeve(x, y, 0, x.length - 1, tolerance, keep);
  return [...keep.keys()].filter((i) => keep[i] === 1);
}

/** How far a vertex is from the segment between two others. */
function awayFrom({x, y}: Line, i: number, from: number, to: number): number {
  const dx = x[to] - x[from];
  const dy = y[to] - y[from];
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : ((x[i] - x[from]) * dx + (y[i] - y[from]) * dy) / square;
  const share = Math.max(0, Math.min(1, along));
  return Math.hypot(x[i] - x[from] - share * dx, y[i] - y[from] - share * dy);
}

describe('fitSleeve', () => {
  test.each([
    ['that bend', 0.6],
    ['that turn sharply', 1.8],
    ['that turn back at every other vertex', Math.PI],
  ])('leaves no vertex farther than the tolerance from its chord, on 300 lines %s', (_, turn) => {
    const random = seededRandom(73);
    let dropped = 0;
    for (let n = 0; n < 300; n++) {
      const line = wandering(random, turn);
      const tolerance = 0.2 + random() * 12;
      const kept = keptOf(line, tolerance);
      expect(kept[0]).toBe(0);
      expect(kept.at(-1)).toBe(line.x.length - 1);
      for (const [k, to] of kept.entries()) {
        const from = kept[k - 1] ?? 0;
        for (let i = from + 1; i < to; i++) expect(awayFrom(line, i, from, to)).toBeLessThan(tolerance * (1 + 1e-9));
      }
      dropped += line.x.length - kept.length;
    }
    expect(dropped).toBeGreaterThan(10_000);
  });

  test('keeps a tenth fewer vertices of lines that bend than simplify-js does', () => {
    const random = seededRandom(74);
    let ours = 0;
    let theirs = 0;
    for (let n = 0; n < 200; n++) {
      const line = wandering(random, 0.6);
      const points = Array.from(line.x, (x, i) => ({x, y: line.y[i]}));
      ours += keptOf(line, 2).length;
      theirs += simplifyJs(points, 2, true).length;
    }
    expect(ours).toBeLessThan(theirs * 0.9);
  });

  test('keeps the farthest vertex of a line that ends where it began', () => {
    expect(keptOf({x: Float64Array.of(0, 0.1, 0.3, 0), y: new Float64Array(4)}, 1)).toEqual([0, 2, 3]);
  });

  test('keeps both ends of a straight line and nothing between, however many vertices it has', () => {
    const x = Float64Array.from({length: 5000}, (_, i) => i);
    expect(keptOf({x, y: x.map((each) => each / 3)}, 0.1)).toEqual([0, 4999]);
  });
});
