import {distance} from './distance.ts';
import type {Draft} from './draft.ts';
import type {Random} from './random.ts';
import {wind} from './wind.ts';

/** The unit vector in which the edge from a node to another leaves it. */
export type Leaving = (from: number, to: number) => [dx: number, dy: number];

/**
 * Directions at every node that make its two straightest edges one smooth way, as streets run on beyond their crossings; the others
 * leave straight. `pairs` are edges still to be added; those of the draft count too.
 */
export function throughDirections(draft: Draft, pairs: [a: number, b: number][]): Leaving {
  const around: number[][] = draft.x.map(() => []);
  for (const {a, b} of draft.edges) {
    around[a].push(b);
    around[b].push(a);
  }
  for (const [a, b] of pairs) {
    around[a].push(b);
    around[b].push(a);
  }
  const straight: Leaving = (from, to) => {
    const [ax, ay, bx, by] = [draft.x[from], draft.y[from], draft.x[to], draft.y[to]];
    const length = distance(ax, ay, bx, by);
    return [(bx - ax) / length, (by - ay) / length];
  };
  // By node: the two neighbours of its smooth way, and the direction towards the first.
  const through = around.map((others, node) => {
    let best: {first: number; second: number; dx: number; dy: number} | undefined;
    let straightest = -0.5;
    for (const first of others) {
      const [ax, ay] = straight(node, first);
      for (const second of others) {
        if (second <= first) continue;
        const [bx, by] = straight(node, second);
        const cosine = ax * bx + ay * by;
        if (cosine >= straightest) continue;
        straightest = cosine;
        const length = distance(ax, ay, bx, by);
        best = {first, second, dx: (ax - bx) / length, dy: (ay - by) / length};
      }
    }
    return best;
  });
  return (from, to) => {
    const way = through[from];
    if (way?.first === to) return [way.dx, way.dy];
    if (way?.second === to) return [-way.dx, -way.dy];
    return straight(from, to);
  };
}

/** A curve `[x, y, …]` from node to node that leaves them as asked (a cubic Bézier) and winds a little on its way. */
export function curve(
  draft: Draft,
  a: number,
  b: number,
  [ax, ay]: [number, number],
  [bx, by]: [number, number],
  look: {bend: number; levels: number},
  next: Random,
): number[] {
  const [x0, y0, x3, y3] = [draft.x[a], draft.y[a], draft.x[b], draft.y[b]];
  const length = distance(x0, y0, x3, y3);
  const [x1, y1, x2, y2] = [
    x0 + (ax * length) / 3,
    y0 + (ay * length) / 3,
    x3 + (bx * length) / 3,
    y3 + (by * length) / 3,
  ];
  const [ux, uy] = [(x3 - x0) / length, (y3 - y0) / length];
  const aside = wind(0, 0, length, 0, look.bend, look.levels, next);
  const shape: number[] = [];
  for (let k = 0; k < aside.length; k += 2) {
    const t = aside[k] / length;
    const s = 1 - t;
    const [w0, w1, w2, w3] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
    shape.push(
      w0 * x0 + w1 * x1 + w2 * x2 + w3 * x3 - uy * aside[k + 1],
      w0 * y0 + w1 * y1 + w2 * y2 + w3 * y3 + ux * aside[k + 1],
    );
  }
  return shape;
}
