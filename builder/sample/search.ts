import {distance} from './distance.ts';
import type {Network} from './network.ts';

/** Finds the cheapest way between two nodes: the ids of its edges in order, empty where there is none. */
export type Search = (from: number, to: number, cost: Float64Array) => number[];

/** What a turn by 90° costs, as metres of way: without it ways through a grid of streets become stairs. */
const turnMeters = 45;

/** The least that a metre may cost: what is still to come is never guessed dearer. */
const leastCost = 0.35;

/**
 * A search over the network (A*); `cost` is per edge. It goes from edge to edge, not from node to node, so that turns can cost too.
 * One search keeps its arrays for all its calls.
 */
export function search({x, y, edges, links}: Network): Search {
  // State 2·edge goes from a to b, 2·edge + 1 back.
  const states = edges.length * 2;
  const total = new Float64Array(states);
  const cameFrom = new Int32Array(states);
  const endOf = new Int32Array(states);
  const ux = new Float64Array(states);
  const uy = new Float64Array(states);
  edges.forEach(({a, b}, id) => {
    const length = distance(x[a], y[a], x[b], y[b]);
    endOf[2 * id] = b;
    endOf[2 * id + 1] = a;
    ux[2 * id] = (x[b] - x[a]) / length;
    uy[2 * id] = (y[b] - y[a]) / length;
    ux[2 * id + 1] = -ux[2 * id];
    uy[2 * id + 1] = -uy[2 * id];
  });
  const leaving = links.map((ids, node) => ids.map((id) => (edges[id].a === node ? 2 * id : 2 * id + 1)));
  // A state is pushed at most once for each state before it.
  const heap = heapOf(leaving.reduce((sum, onward) => sum + onward.length * onward.length, states));

  return (from, to, cost) => {
    total.fill(Infinity);
    heap.clear();
    const reach = (state: number, price: number, before: number) => {
      if (price >= total[state]) return;
      total[state] = price;
      cameFrom[state] = before;
      const end = endOf[state];
      heap.push(state, price + leastCost * distance(x[end], y[end], x[to], y[to]));
    };
    for (const state of leaving[from]) reach(state, cost[state >> 1], -1);
    for (let state = heap.pop(); state >= 0; state = heap.pop()) {
      if (endOf[state] === to) return wayTo(state, cameFrom);
      for (const onward of leaving[endOf[state]]) {
        if ((onward ^ state) === 1) continue;
        const turn = 1 - (ux[state] * ux[onward] + uy[state] * uy[onward]);
        reach(onward, total[state] + cost[onward >> 1] + turn * turnMeters, state);
      }
    }
    return [];
  };
}

function wayTo(state: number, cameFrom: Int32Array): number[] {
  const way: number[] = [];
  for (let at = state; at >= 0; at = cameFrom[at]) way.push(at >> 1);
  return way.reverse();
}

/** A binary heap of states; `pop` gives the one of least price, -1 when it is empty. */
function heapOf(capacity: number) {
  const states = new Int32Array(capacity);
  const prices = new Float64Array(capacity);
  let size = 0;
  return {
    clear() {
      size = 0;
    },
    push(state: number, price: number) {
      let at = size++;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (prices[parent] <= price) break;
        prices[at] = prices[parent];
        states[at] = states[parent];
        at = parent;
      }
      prices[at] = price;
      states[at] = state;
    },
    pop(): number {
      if (size === 0) return -1;
      const first = states[0];
      const price = prices[--size];
      const state = states[size];
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        if (child >= size) break;
        if (child + 1 < size && prices[child + 1] < prices[child]) child++;
        if (prices[child] >= price) break;
        prices[at] = prices[child];
        states[at] = states[child];
        at = child;
      }
      prices[at] = price;
      states[at] = state;
      return first;
    },
  };
}
