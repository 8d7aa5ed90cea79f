import {allSports, groupRow} from '../core/group-row.ts';
import type {HeatFeature} from '../core/heat-tile.ts';
import {sportIndex, sports} from '../core/sports.ts';
import type {Lines} from './cut/packed-lines.ts';
import {TileRun} from './cut/pieces.ts';
import {simplifyLine} from './cut/simplify-line.ts';

/** What a group row stands for: a sport in a year, a sport, or everything. */
export type Grouping = 'year' | 'sport' | 'all';

/** Lines of an activity whose vertices are cell centres (odd units) or on the tile's border. */
export type MovedFeature = {feature: HeatFeature; lines: Lines};

/**
 * Group rows in the place of activities: the steps from cell to cell are counted per group, and steps of
 * equal count are chained to lines with that count as `n`, and simplified to `tolerance` half cells. Repeated passes are left out: they have no weight of their own.
 */
export function groupFeatures(moved: MovedFeature[], cells: number, by: Grouping, tolerance: number): HeatFeature[] {
  const groups = new Map<number, MovedFeature[]>();
  for (const each of moved) {
    if (each.feature.again) continue;
    const id = groupOf(each.feature, by);
    const list = groups.get(id);
    if (list) list.push(each);
    else groups.set(id, [each]);
  }
  const features: HeatFeature[] = [];
  for (const [id, members] of [...groups].sort(([a], [b]) => a - b))
    features.push(...countGroup(id, members, cells, by, tolerance));
  return features;
}

function groupOf({sport, from}: HeatFeature, by: Grouping): number {
  const year = by === 'year' && from !== undefined ? new Date(from * 86_400_000).getUTCFullYear() : 0;
  return groupRow(by === 'all' ? allSports : sportIndex(sport), year);
}

/**
 * Steps of a group by their two ends, in half cells: centres are odd, border points are what they are. A step that activities take
 * again, there and back within a few cells, is counted apart each time: n stays a number of activities, and their heat what it was.
 */
class StepCounts {
  private readonly side: number;
  /** For the first, second … time that activities take a step: how many do. */
  private readonly counts: Map<number, number>[] = [];
  private readonly last = new Map<number, {row: number; times: number}>();

  constructor(cells: number) {
    this.side = cells * 2 + 1;
  }

  /** Counts a step between two points, in either direction. Steps must come row by row. */
  add(x0: number, y0: number, x1: number, y1: number, row: number): void {
    const a = y0 * this.side + x0;
    const b = y1 * this.side + x1;
    const key = Math.min(a, b) * this.side ** 2 + Math.max(a, b);
    const last = this.last.get(key);
    const times = last?.row === row ? last.times + 1 : 0;
    this.last.set(key, {row, times});
    this.counts[times] ??= new Map();
    this.counts[times].set(key, (this.counts[times].get(key) ?? 0) + 1);
  }

  /** Steps that equally many activities take, for the first time, the second …: their number, and the points at the ends. */
  byCount(): {n: number; steps: [a: number, b: number][]}[] {
    return this.counts.flatMap((counts) => {
      const found = new Map<number, [number, number][]>();
      for (const key of [...counts.keys()].sort((a, b) => a - b)) {
        const n = counts.get(key) as number;
        const steps = found.get(n) ?? [];
        steps.push([Math.floor(key / this.side ** 2), key % this.side ** 2]);
        found.set(n, steps);
      }
      return [...found].map(([n, steps]) => ({n, steps}));
    });
  }

  point(at: number): [x: number, y: number] {
    return [at % this.side, Math.floor(at / this.side)];
  }
}

function countGroup(
  id: number,
  members: MovedFeature[],
  cells: number,
  by: Grouping,
  tolerance: number,
): HeatFeature[] {
  const steps = new StepCounts(cells);
  for (const {feature, lines} of members) {
    for (let line = 0; line + 1 < lines.start.length; line++) {
      walk(lines, lines.start[line], lines.start[line + 1], (x0, y0, x1, y1) => steps.add(x0, y0, x1, y1, feature.id));
    }
  }
  const days = members.flatMap(({feature}) => [feature.from, feature.to]).filter((day) => day !== undefined);
  const known = days.length === members.length * 2;
  const about = {
    id,
    sport: by === 'all' ? 'other' : members[0].feature.sport,
    from: known ? Math.min(...days) : undefined,
    to: known ? Math.max(...days) : undefined,
    again: false,
  };
  if (!(sports as readonly string[]).includes(about.sport)) about.sport = 'other';
  const byCount = steps.byCount().sort((a, b) => a.n - b.n);
  return byCount.map(({n, steps: pairs}) => ({...about, n, geometry: chain(pairs, steps, tolerance)}));
}

/** The steps of a line from cell to neighbouring cell; a step to or from the border goes straight. */
function walk(
  {x, y}: Lines,
  start: number,
  end: number,
  step: (x0: number, y0: number, x1: number, y1: number) => void,
): void {
  for (let i = start + 1; i < end; i++) {
    let [fromX, fromY] = [x[i - 1], y[i - 1]];
    const dx = x[i] - fromX;
    const dy = y[i] - fromY;
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(dx), Math.abs(dy)) / 2));
    for (let k = 1; k <= steps; k++) {
      const atX = k === steps ? x[i] : 2 * Math.floor((x[i - 1] + (dx * k) / steps) / 2) + 1;
      const atY = k === steps ? y[i] : 2 * Math.floor((y[i - 1] + (dy * k) / steps) / 2) + 1;
      if (atX !== fromX || atY !== fromY) step(fromX, fromY, atX, atY);
      [fromX, fromY] = [atX, atY];
    }
  }
}

/** Chains steps to lines, going straight on where there is a choice, simplifies and packs them. */
function chain(pairs: [number, number][], steps: StepCounts, tolerance: number): Uint8Array {
  const next = new Map<number, number[]>();
  for (const [a, b] of pairs) {
    next.set(a, [...(next.get(a) ?? []), b]);
    next.set(b, [...(next.get(b) ?? []), a]);
  }
  const used = new Set<string>();
  const take = (from: number, before: number): number | undefined => {
    const [x, y] = steps.point(from);
    const [bx, by] = steps.point(before);
    let best: number | undefined;
    let straightest = Number.NEGATIVE_INFINITY;
    for (const to of next.get(from) ?? []) {
      if (used.has(edge(from, to))) continue;
      const [tx, ty] = steps.point(to);
      const ahead = (tx - x) * (x - bx) + (ty - y) * (y - by);
      if (ahead > straightest) [straightest, best] = [ahead, to];
    }
    if (best !== undefined) used.add(edge(from, best));
    return best;
  };
  const run = new TileRun();
  run.beginFeature(0, 0, 0);
  for (const [a, b] of pairs) {
    if (used.has(edge(a, b))) continue;
    used.add(edge(a, b));
    const line = [a, b];
    for (let end = take(b, a); end !== undefined; end = take(end, line[line.length - 2])) line.push(end);
    for (let end = take(a, line[1]); end !== undefined; end = take(end, line[1])) line.unshift(end);
    const x = Float64Array.from(line, (at) => steps.point(at)[0]);
    const y = Float64Array.from(line, (at) => steps.point(at)[1]);
    // A loop has no chord to be straightened to: of a small one nothing but a spike would be left.
    const isLoop = line[0] === line[line.length - 1];
    run.addLine(x, y, 0, isLoop ? line.length : simplifyLine(x, y, 0, line.length, tolerance));
  }
  run.endFeature();
  return run.sorted((size) => new ArrayBuffer(size)).bytes;
}

function edge(a: number, b: number): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
