import {distance} from './distance.ts';
import {addNode, type Draft, nodeNear} from './draft.ts';
import {isNearLaid} from './lay.ts';
import {normal, random} from './random.ts';
import {regionMeters, type Settlement} from './settlements.ts';
import {hilliness} from './terrain.ts';
import {isOpen, outwardness} from './town.ts';

/** A quarter of the town: a grid of its own, turned its own way. `ux, uy` is the unit vector of its streets. */
type Quarter = {x: number; y: number; ux: number; uy: number; pitch: number; stretch: number; unrest: number};

/** Adds the corners of streets, lanes and trails between the laid ways; returns how far apart they are around each node, metres. */
export function fill(draft: Draft, villages: Settlement[]): number[] {
  const pitch = draft.x.map((x, id) => Math.max(90, Math.min(300, 60 + 120 * outwardness(x, draft.y[id]))));
  fillTown(draft, pitch);
  fillVillages(draft, villages, pitch);
  fillCountry(draft, pitch);
  return pitch;
}

function fillTown(draft: Draft, pitch: number[]): void {
  const next = random(71);
  const quarters: Quarter[] = [];
  for (let attempt = 0; attempt < 1500; attempt++) {
    const x = (next() * 2 - 1) * 6000;
    const y = (next() * 2 - 1) * 6000;
    const out = outwardness(x, y);
    const apart = 420 + 420 * out;
    if (out > 1.15 || quarters.some((other) => distance(other.x, other.y, x, y) < apart)) continue;
    // Streets run along and across the way to the centre, each quarter a little turned.
    const turn = 0.3 * normal(next);
    const [dx, dy] = [x - y * turn, y + x * turn];
    const length = distance(0, 0, dx, dy) || 1;
    const size = (62 + 88 * out) * (0.88 + 0.3 * next());
    const unrest = out < 0.25 || next() < 0.35 ? 0.24 : 0.07;
    quarters.push({x, y, ux: dx / length, uy: dy / length, pitch: size, stretch: 1 + 0.7 * next(), unrest});
  }
  for (const quarter of quarters) {
    const half = Math.ceil(1500 / quarter.pitch);
    for (let row = -half; row <= half; row++) {
      for (let column = -half; column <= half; column++) {
        const along = (column + quarter.unrest * normal(next)) * quarter.pitch * quarter.stretch;
        const across = (row + quarter.unrest * normal(next)) * quarter.pitch;
        const x = quarter.x + along * quarter.ux - across * quarter.uy;
        const y = quarter.y + along * quarter.uy + across * quarter.ux;
        if (outwardness(x, y) > 1 || isOpen(x, y) || nearestQuarter(quarters, x, y) !== quarter) continue;
        if (nodeNear(draft, x, y, quarter.pitch * 0.62) >= 0 || isNearLaid(draft, x, y, quarter.pitch * 0.4)) continue;
        addNode(draft, x, y);
        pitch.push(quarter.pitch * quarter.stretch);
      }
    }
  }
}

function nearestQuarter(quarters: Quarter[], x: number, y: number): Quarter {
  let nearest = quarters[0];
  let best = Infinity;
  for (const quarter of quarters) {
    const away = distance(quarter.x, quarter.y, x, y);
    if (away < best) {
      best = away;
      nearest = quarter;
    }
  }
  return nearest;
}

function fillVillages(draft: Draft, villages: Settlement[], pitch: number[]): void {
  const next = random(72);
  for (const village of villages) {
    const size = 105 + 45 * next();
    const turn = normal(next);
    const length = Math.sqrt(1 + turn * turn);
    const [ux, uy] = [1 / length, turn / length];
    const half = Math.ceil((village.radius * 1.2) / size);
    for (let row = -half; row <= half; row++) {
      for (let column = -half; column <= half; column++) {
        const along = (column + 0.2 * normal(next)) * size * 1.15;
        const across = (row + 0.2 * normal(next)) * size;
        const far = Math.sqrt(along * along * 0.7 + across * across * 1.4);
        const x = village.x + along * ux - across * uy;
        const y = village.y + along * uy + across * ux;
        if (far > village.radius * (0.8 + 0.4 * next()) || isOpen(x, y)) continue;
        if (nodeNear(draft, x, y, size * 0.62) >= 0 || isNearLaid(draft, x, y, size * 0.4)) continue;
        addNode(draft, x, y);
        pitch.push(size * 1.15);
      }
    }
  }
}

function fillCountry(draft: Draft, pitch: number[]): void {
  const next = random(73);
  for (let attempt = 0; attempt < 26000; attempt++) {
    const x = (next() * 2 - 1) * regionMeters;
    const y = (next() * 2 - 1) * regionMeters;
    if (x * x + y * y > regionMeters * regionMeters || isOpen(x, y)) continue;
    const size = 640 - 260 * Math.min(1, hilliness(x, y) * 2);
    if (nodeNear(draft, x, y, size * 0.75) >= 0 || isNearLaid(draft, x, y, size * 0.35)) continue;
    addNode(draft, x, y);
    pitch.push(size);
  }
}
