import {type Cells, emptyCells, near, put} from './cells.ts';
import {distance, lineLength} from './distance.ts';

/** What kind of way an edge is: it decides who likes to go there. */
export type Way = 'main' | 'street' | 'lane' | 'path' | 'trail';

/** A way between two nodes; `shape` is `[x, y, …]` in metres from node `a` to node `b`, both included. */
export type Edge = {a: number; b: number; way: Way; length: number; shape: number[]};

/** A street network while it grows: metres east and north of the town's centre. */
export type Draft = {
  x: number[];
  y: number[];
  /** Node ids by place. */
  nodes: Cells;
  edges: Edge[];
  /** Which pairs of nodes have an edge already, as `a * 2²⁰ + b`. */
  joined: Set<number>;
  /** Ways laid as whole lines so far, cut into `[x, y, x, y]`, and where they are: nothing may cross them but at a node. */
  laid: number[][];
  laidCells: Cells;
};

/** A network without anything. */
export function emptyDraft(): Draft {
  const cells = {nodes: emptyCells(250), laidCells: emptyCells(150)};
  return {x: [], y: [], edges: [], joined: new Set(), laid: [], ...cells};
}

/** Adds a node and returns its id. */
export function addNode(draft: Draft, x: number, y: number): number {
  const id = draft.x.push(x) - 1;
  draft.y.push(y);
  put(draft.nodes, x, y, id);
  return id;
}

/** Id of the nearest node within `reach` metres, or -1. */
export function nodeNear(draft: Draft, x: number, y: number, reach: number): number {
  let best = -1;
  let limit = reach;
  for (const id of near(draft.nodes, x, y, reach)) {
    const away = distance(draft.x[id], draft.y[id], x, y);
    if (away < limit) {
      limit = away;
      best = id;
    }
  }
  return best;
}

/** Joins two nodes by a way, once; the ends of `shape` are moved onto the nodes and the rest along with them. */
export function addEdge(draft: Draft, a: number, b: number, way: Way, shape: number[]): void {
  const key = Math.min(a, b) * 2 ** 20 + Math.max(a, b);
  if (a === b || draft.joined.has(key)) return;
  draft.joined.add(key);
  const fitted = moveEnds(shape, draft.x[a], draft.y[a], draft.x[b], draft.y[b]);
  draft.edges.push({a, b, way, length: lineLength(fitted), shape: fitted});
}

function moveEnds(shape: number[], ax: number, ay: number, bx: number, by: number): number[] {
  const last = shape.length - 2;
  const [startX, startY] = [ax - shape[0], ay - shape[1]];
  const [endX, endY] = [bx - shape[last], by - shape[last + 1]];
  return shape.map((value, k) => {
    const along = (k - (k % 2)) / last;
    return k % 2 === 0 ? value + startX * (1 - along) + endX * along : value + startY * (1 - along) + endY * along;
  });
}
