import {curve, throughDirections} from './curve.ts';
import {distance} from './distance.ts';
import {addEdge, type Draft, type Edge, emptyDraft, type Way} from './draft.ts';
import {fill} from './fill.ts';
import {crossesLaid} from './lay.ts';
import {random} from './random.ts';
import {layRoads} from './roads.ts';
import {settlements} from './settlements.ts';
import {skeleton} from './skeleton.ts';
import {hilliness, riverNorthing} from './terrain.ts';
import {greens, outwardness} from './town.ts';

/** The ways of a made-up town and its surroundings, in metres east and north of the town's centre. */
export type Network = {
  x: number[];
  y: number[];
  edges: Edge[];
  /** Edge ids by node. */
  links: number[][];
};

/**
 * Makes the network: main roads and river paths are laid first, then every quarter, village, field and hill gets the corners of its
 * ways, and neighbours are joined. The same on every run and machine.
 */
export function network(): Network {
  const villages = settlements();
  const draft = emptyDraft();
  layRoads(draft, villages);
  const laid = draft.x.length;
  const pitch = fill(draft, villages);
  joinNeighbours(draft, laid, pitch);
  const links: number[][] = draft.x.map(() => []);
  draft.edges.forEach((edge, id) => {
    links[edge.a].push(id);
    links[edge.b].push(id);
  });
  return {x: draft.x, y: draft.y, edges: draft.edges, links};
}

/** How each kind of way looks: the lens of its skeleton, the share left out, how much and how finely it winds. */
const looks: Record<'street' | 'lane' | 'trail', {beta: number; missing: number; bend: number; levels: number}> = {
  street: {beta: 1.08, missing: 0.08, bend: 0.012, levels: 1},
  lane: {beta: 1.3, missing: 0.08, bend: 0.05, levels: 2},
  trail: {beta: 1.25, missing: 0.05, bend: 0.13, levels: 3},
};

function joinNeighbours(draft: Draft, laid: number, pitch: number[]): void {
  const next = random(81);
  const way = (a: number, b: number) => wayBetween(draft, a, b, pitch);
  const pairs = skeleton(
    draft.x,
    draft.y,
    draft.nodes,
    (id) => 2.3 * pitch[id],
    (a, b) => looks[way(a, b)].beta,
  );
  const kept: [a: number, b: number][] = [];
  for (let k = 0; k < pairs.length; k += 2) {
    const [a, b] = [pairs[k], pairs[k + 1]];
    const isMissing = next() < looks[way(a, b)].missing;
    // Laid ways are complete: nothing is added between two of their own nodes.
    if (isMissing || (a < laid && b < laid) || crossesWater(draft, a, b)) continue;
    if (crossesLaid(draft, draft.x[a], draft.y[a], draft.x[b], draft.y[b])) continue;
    kept.push([a, b]);
  }
  const leaving = throughDirections(draft, kept);
  for (const [a, b] of kept) {
    const kind = way(a, b);
    addEdge(draft, a, b, kind, curve(draft, a, b, leaving(a, b), leaving(b, a), looks[kind], next));
  }
}

function wayBetween(draft: Draft, a: number, b: number, pitch: number[]): Extract<Way, 'street' | 'lane' | 'trail'> {
  if (Math.max(pitch[a], pitch[b]) < 300) return 'street';
  const x = (draft.x[a] + draft.x[b]) / 2;
  const y = (draft.y[a] + draft.y[b]) / 2;
  if (outwardness(x, y) < 1) return 'street';
  return hilliness(x, y) > 0.22 ? 'trail' : 'lane';
}

function crossesWater(draft: Draft, a: number, b: number): boolean {
  const [ax, ay, bx, by] = [draft.x[a], draft.y[a], draft.x[b], draft.y[b]];
  if (ay > riverNorthing(ax) !== by > riverNorthing(bx)) return true;
  for (let t = 0.25; t < 1; t += 0.25) {
    const x = ax + (bx - ax) * t;
    const y = ay + (by - ay) * t;
    if (greens.some((green) => distance(green.x, green.y, x, y) < green.radius * 0.85)) return true;
  }
  return false;
}
