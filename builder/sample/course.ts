import type {Sport} from '../../core/sports.ts';
import {direction} from './direction.ts';
import {distance} from './distance.ts';
import type {Way} from './draft.ts';
import type {Network} from './network.ts';
import {noise} from './noise.ts';
import {type Course, type Place, places} from './plan.ts';
import type {Random} from './random.ts';
import type {Search} from './search.ts';
import {greens} from './town.ts';

/** What a metre of each way costs each sport: the lower, the rather it is taken. */
const tastes: Partial<Record<Sport, Record<Way, number>>> = {
  ride: {main: 0.82, street: 1, lane: 0.95, path: 0.75, trail: 5},
  gravel: {main: 1.6, street: 1.1, lane: 0.85, path: 0.7, trail: 1},
  'mountain-bike': {main: 2, street: 1.1, lane: 0.9, path: 0.8, trail: 0.6},
  run: {main: 1.2, street: 1, lane: 0.9, path: 0.6, trail: 0.85},
  'trail-run': {main: 1.8, street: 1.1, lane: 0.9, path: 0.7, trail: 0.55},
  hike: {main: 2.2, street: 1.2, lane: 1, path: 0.8, trail: 0.5},
  walk: {main: 1, street: 1, lane: 1, path: 1, trail: 1},
};

/** The line of one outing through the network as `[x, y, x, y, …]` in metres: cheapest ways between places, each time a little other. */
export function courseLine(
  course: Course,
  sport: Sport,
  from: Place,
  network: Network,
  search: Search,
  next: Random,
): number[] {
  const base = costs(network, tastes[sport] ?? tastes.walk!, next);
  const [x, y] = places[from];
  const start = nodeAt(network, x, y);
  if (course.kind === 'through') {
    const [toX, toY] = places[course.to];
    return lineOf(network, start, visit(search, base, [start, nodeAt(network, toX, toY)]));
  }
  if (course.kind === 'laps') return laps(course.laps, start, network, search, base);
  if (course.kind === 'stage' || course.kind === 'indoor') throw new Error(`A ${course.kind} is not in the network.`);

  // The circle's size is corrected until the way along it has about the length asked for.
  const meters = course.km * 1000;
  const spread = Array.from({length: 40}, () => next());
  let edges: number[] = [];
  let scale = 1;
  for (let attempt = 0; attempt < 4; attempt++) {
    const targets = targetsOf(course, x, y, meters * scale, spread).map(([east, north]) =>
      nodeAt(network, east, north),
    );
    edges = visit(search, base, [start, ...targets, ...(course.kind === 'back' ? [] : [start])]);
    const length = edges.reduce((sum, id) => sum + network.edges[id].length, 0) * (course.kind === 'back' ? 2 : 1);
    const ratio = meters / length;
    if (ratio > 0.94 && ratio < 1.06) break;
    scale *= ratio;
  }
  const line = lineOf(network, start, edges);
  return course.kind === 'back' ? thereAndBack(line, meters) : line;
}

/** Cost of every edge for one outing. Chance makes each outing choose other streets between the same places. */
function costs(network: Network, taste: Record<Way, number>, next: Random): Float64Array {
  const seed = Math.floor(next() * 1e6);
  const cost = new Float64Array(network.edges.length);
  for (let id = 0; id < cost.length; id++) {
    const {shape, length, way} = network.edges[id];
    const mood = 1 + 0.3 * noise(shape[0] / 700, shape[1] / 700, seed) + 0.15 * next();
    cost[id] = length * taste[way] * mood;
  }
  return cost;
}

function targetsOf(
  course: Extract<Course, {bearing: number}>,
  x: number,
  y: number,
  meters: number,
  spread: number[],
): [number, number][] {
  if (course.kind === 'back') {
    const [east, north] = direction(course.bearing);
    return [[x + east * meters * 0.42, y + north * meters * 0.42]];
  }
  if (course.kind === 'loop') {
    const radius = meters / 7.6;
    const [east, north] = direction(course.bearing);
    const turn = spread[9] < 0.5 ? 1 : -1;
    return [70, 140, 215, 290].map((angle, k) => {
      const [ox, oy] = direction(course.bearing + 180 + turn * (angle + 30 * (spread[k] - 0.5)));
      const out = radius * (0.85 + 0.3 * spread[k + 4]);
      return [x + east * radius + ox * out, y + north * radius + oy * out];
    });
  }
  // Wander: row by row, along or across the way there.
  const [ox, oy] = direction(course.bearing);
  const [ux, uy] = spread[30] < 0.5 ? [ox, oy] : [-oy, ox];
  const out = course.out * 1000;
  const rows = Math.max(4, Math.round(Math.sqrt(meters / 290)));
  const width = Math.max(500, (meters - 2 * out) / rows - 150);
  return Array.from({length: 2 * rows}, (_, k) => {
    const along = width * ((k + 1) % 4 < 2 ? -0.5 : 0.5) * (0.75 + 0.5 * spread[k]);
    const across = 190 * (Math.floor(k / 2) - (rows - 1) / 2) + 120 * (spread[k + 1] - 0.5);
    return [x + ox * out + ux * along - uy * across, y + oy * out + uy * along + ux * across];
  });
}

/** Edges from node to node. What was used in this outing costs more after, and there-and-back stubs are left out. */
function visit(search: Search, base: Float64Array, nodes: number[]): number[] {
  const cost = base.slice();
  const edges: number[] = [];
  let at = nodes[0];
  for (const node of nodes.slice(1)) {
    const leg = search(at, node, cost);
    if (leg.length === 0) continue;
    for (const id of leg) {
      cost[id] *= 2.2;
      if (edges[edges.length - 1] === id) edges.pop();
      else edges.push(id);
    }
    at = node;
  }
  return edges;
}

function lineOf(network: Network, start: number, edges: number[]): number[] {
  const line = [network.x[start], network.y[start]];
  let at = start;
  for (const id of edges) {
    const {a, b, shape} = network.edges[id];
    if (at === a) {
      for (let k = 2; k < shape.length; k++) line.push(shape[k]);
      at = b;
    } else {
      for (let k = shape.length - 4; k >= 0; k -= 2) line.push(shape[k], shape[k + 1]);
      at = a;
    }
  }
  return line;
}

/** The first half of `meters` of a line, and the same way back. */
function thereAndBack(line: number[], meters: number): number[] {
  const out = [line[0], line[1]];
  let left = meters / 2;
  for (let k = 2; k < line.length && left > 0; k += 2) {
    const length = distance(line[k - 2], line[k - 1], line[k], line[k + 1]);
    const part = Math.min(1, left / length);
    out.push(line[k - 2] + (line[k] - line[k - 2]) * part, line[k - 1] + (line[k + 1] - line[k - 1]) * part);
    left -= length;
  }
  for (let k = out.length - 4; k >= 0; k -= 2) out.push(out[k], out[k + 1]);
  return out;
}

/** To the park, around it, and back. */
function laps(count: number, start: number, network: Network, search: Search, cost: Float64Array): number[] {
  const park = greens[0];
  const ring: number[] = [];
  let at = nodeAt(network, park.x + park.radius, park.y);
  const first = at;
  do {
    const id = network.links[at].find((link) => network.edges[link].way === 'path' && link !== ring[ring.length - 1]);
    if (id === undefined) throw new Error('The path around the park has a gap.');
    ring.push(id);
    const {a, b} = network.edges[id];
    at = at === a ? b : a;
  } while (at !== first);
  const there = search(start, first, cost);
  const around = Array.from({length: count}, () => ring).flat();
  return lineOf(network, start, [...there, ...around, ...there.slice().reverse()]);
}

function nodeAt(network: Network, x: number, y: number): number {
  let nearest = 0;
  let best = Infinity;
  for (let id = 0; id < network.x.length; id++) {
    const away = distance(network.x[id], network.y[id], x, y);
    if (away < best && network.links[id].length > 1) {
      best = away;
      nearest = id;
    }
  }
  return nearest;
}
