import {near, put} from './cells.ts';
import {distance} from './distance.ts';
import {addEdge, addNode, type Draft, nodeNear, type Way} from './draft.ts';

/** How near a new line must pass to a node to run through it, metres: lines that meet share a node there. */
const joinMeters = 42;
const sampleMeters = 24;

/**
 * Lays a long way (a road, a river path) along `[x, y, …]`: through the nodes that it passes closely, with nodes of its own about
 * every `spacing(x, y)` metres.
 */
export function lay(draft: Draft, line: number[], way: Way, spacing: (x: number, y: number) => number): void {
  const samples = resample(line, sampleMeters);
  const last = samples.length / 2 - 1;
  const stops = passedNodes(draft, samples);
  if (stops[0]?.sample !== 0) stops.unshift({sample: 0, node: addNode(draft, samples[0], samples[1])});
  if (stops[stops.length - 1].sample !== last) {
    // A line that ends where it began is a ring: one node for both.
    const isRing = samples[0] === samples[2 * last] && samples[1] === samples[2 * last + 1];
    stops.push({sample: last, node: isRing ? stops[0].node : addNode(draft, samples[2 * last], samples[2 * last + 1])});
  }
  for (let k = 1; k < stops.length; k++) {
    let from = stops[k - 1];
    const to = stops[k];
    while (from.sample < to.sample) {
      const step = Math.max(
        2,
        Math.round(spacing(samples[2 * from.sample], samples[2 * from.sample + 1]) / sampleMeters),
      );
      let end = to;
      if (to.sample - from.sample > 1.5 * step) {
        const sample = from.sample + step;
        end = {sample, node: addNode(draft, samples[2 * sample], samples[2 * sample + 1])};
      }
      addEdge(draft, from.node, end.node, way, samples.slice(2 * from.sample, 2 * end.sample + 2));
      from = end;
    }
  }
  for (let k = 0; k < last; k++) {
    const piece = samples.slice(2 * k, 2 * k + 4);
    put(draft.laidCells, piece[0], piece[1], draft.laid.push(piece) - 1);
  }
}

/** Whether a straight line would cross a laid way between its nodes, or run into one. */
export function crossesLaid(draft: Draft, ax: number, ay: number, bx: number, by: number): boolean {
  const reach = Math.max(Math.abs(bx - ax), Math.abs(by - ay)) / 2 + sampleMeters;
  for (const id of near(draft.laidCells, (ax + bx) / 2, (ay + by) / 2, reach)) {
    const [cx, cy, dx, dy] = draft.laid[id];
    const left = side(ax, ay, bx, by, cx, cy) * side(ax, ay, bx, by, dx, dy);
    const right = side(cx, cy, dx, dy, ax, ay) * side(cx, cy, dx, dy, bx, by);
    if (left < 0 && right < 0) return true;
  }
  return false;
}

/** Whether a laid way runs within `reach` metres of a place. */
export function isNearLaid(draft: Draft, x: number, y: number, reach: number): boolean {
  for (const id of near(draft.laidCells, x, y, reach)) {
    const piece = draft.laid[id];
    if (distance(piece[0], piece[1], x, y) < reach) return true;
  }
  return false;
}

function side(ax: number, ay: number, bx: number, by: number, x: number, y: number): number {
  return (bx - ax) * (y - ay) - (by - ay) * (x - ax);
}

/** Each node that the line passes closely, with the sample nearest to it, in order along the line. */
function passedNodes(draft: Draft, samples: number[]): {sample: number; node: number}[] {
  const stops: {sample: number; node: number; away: number}[] = [];
  for (let sample = 0; 2 * sample < samples.length; sample++) {
    const x = samples[2 * sample];
    const y = samples[2 * sample + 1];
    const node = nodeNear(draft, x, y, joinMeters);
    if (node < 0) continue;
    const away = distance(draft.x[node], draft.y[node], x, y);
    const before = stops[stops.length - 1];
    if (before?.node !== node) stops.push({sample, node, away});
    else if (away < before.away) Object.assign(before, {sample, away});
  }
  // A line's ends belong to the node they are near to, so that no stub is left over.
  const lastSample = samples.length / 2 - 1;
  if (stops.length > 0 && stops[0].sample * sampleMeters <= joinMeters) stops[0].sample = 0;
  const final = stops[stops.length - 1];
  if (final && (lastSample - final.sample) * sampleMeters <= joinMeters) final.sample = lastSample;
  return stops;
}

function resample(line: number[], step: number): number[] {
  const samples = [line[0], line[1]];
  let left = step;
  for (let k = 2; k < line.length; k += 2) {
    let x = line[k - 2];
    let y = line[k - 1];
    for (;;) {
      const length = distance(x, y, line[k], line[k + 1]);
      if (length < left) {
        left -= length;
        break;
      }
      x += ((line[k] - x) / length) * left;
      y += ((line[k + 1] - y) / length) * left;
      samples.push(x, y);
      left = step;
    }
  }
  if (left < step) samples.push(line[line.length - 2], line[line.length - 1]);
  return samples;
}
