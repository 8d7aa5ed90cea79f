import {yearOfDay} from '../core/days.ts';
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
 * Group rows in the place of activities: the steps from cell to cell are counted per group, and steps of equal count are chained
 * to lines with that count as `n`, and simplified to `tolerance` half cells. Repeated passes are left out: they have no weight of
 * their own.
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
  const counts = new StepCounts(cells);
  const run = new TileRun();
  const features: Omit<HeatFeature, 'geometry'>[] = [];
  for (const [id, members] of [...groups].sort(([a], [b]) => a - b)) {
    for (const {lines} of members) countSteps(lines, counts);
    const about = aboutGroup(id, members, by);
    for (const {n, steps} of counts.take()) {
      features.push({...about, n});
      run.beginFeature(0, 0, 0);
      chain(steps, counts.side, tolerance, run);
      run.endFeature();
    }
  }
  const {bytes, end} = run.sorted((size) => new ArrayBuffer(size));
  return features.map((feature, i) => ({...feature, geometry: bytes.subarray(i === 0 ? 0 : end[i - 1], end[i])}));
}

function groupOf({sport, from}: HeatFeature, by: Grouping): number {
  const year = by === 'year' && from !== undefined ? yearOfDay(from) : 0;
  return groupRow(by === 'all' ? allSports : sportIndex(sport), year);
}

function aboutGroup(id: number, members: MovedFeature[], by: Grouping): Omit<HeatFeature, 'geometry' | 'n'> {
  const sport = by === 'all' ? 'other' : members[0].feature.sport;
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const {feature} of members) {
    from = Math.min(from, feature.from ?? Number.NaN);
    to = Math.max(to, feature.to ?? Number.NaN);
  }
  const isKnown = from <= to;
  return {
    id,
    sport: (sports as readonly string[]).includes(sport) ? sport : 'other',
    from: isKnown ? from : undefined,
    to: isKnown ? to : undefined,
    again: false,
  };
}

/** How many activities take a step between two points, which are numbered row by row in a grid of half cells. */
type CountedStep = {a: number; b: number; n: number};

/** Steps that equally many activities take. */
type CountedSteps = {n: number; steps: CountedStep[]};

/**
 * Steps of a group by their two ends, in half cells: centres are odd, border points are what they are. A step that activities take
 * again, there and back within a few cells, is counted apart each time: n stays a number of activities, and their heat what it was.
 */
class StepCounts {
  readonly side: number;
  private readonly cells: number;
  /** Steps between neighbouring cells, four to a cell (east, south-west, south, south-east): how many activities take them, … */
  private readonly counts: Uint32Array;
  /** … and which one did last. */
  private readonly lastRow: Uint32Array;
  private readonly touched: number[] = [];
  /** The same by key for steps to and from the border, and for those that an activity takes for the second time, the third … */
  private readonly others: Map<number, number>[] = [];
  private readonly times = new Map<number, {row: number; times: number}>();
  private row = 0;

  constructor(cells: number) {
    this.cells = cells;
    this.side = cells * 2 + 1;
    this.counts = new Uint32Array(cells * cells * 4);
    this.lastRow = new Uint32Array(cells * cells * 4);
  }

  /** What is added from now on is of another activity. */
  nextRow(): void {
    this.row++;
  }

  /** The centre of the cell in which a place lies along an axis. What runs along the far border lies in the last cell, not beyond. */
  center(place: number): number {
    return 2 * Math.min(this.cells - 1, Math.floor(place / 2)) + 1;
  }

  /** Counts a step between two points, in either direction. */
  add(x0: number, y0: number, x1: number, y1: number): void {
    const isForward = y1 > y0 || (y1 === y0 && x1 > x0);
    const x = isForward ? x0 : x1;
    const y = isForward ? y0 : y1;
    const dx = isForward ? x1 - x0 : x0 - x1;
    const dy = isForward ? y1 - y0 : y0 - y1;
    if ((x0 & y0 & x1 & y1 & 1) === 1 && dy <= 2 && dx >= -2 && dx <= 2) {
      const at = ((y >> 1) * this.cells + (x >> 1)) * 4 + (dy === 0 ? 0 : 2 + dx / 2);
      if (this.lastRow[at] !== this.row) {
        this.lastRow[at] = this.row;
        if (this.counts[at]++ === 0) this.touched.push(at);
        return;
      }
    }
    this.addOther(y * this.side + x, (y + dy) * this.side + x + dx);
  }

  private addOther(a: number, b: number): void {
    const key = a * this.side ** 2 + b;
    const last = this.times.get(key);
    const times = last?.row === this.row ? last.times + 1 : 0;
    this.times.set(key, {row: this.row, times});
    this.others[times] ??= new Map();
    this.others[times].set(key, (this.others[times].get(key) ?? 0) + 1);
  }

  /** Gives all steps by how many activities take them, and forgets them. */
  take(): CountedSteps[] {
    const found = [this.takeTouched(), ...this.others.map((counts) => this.stepsOf(counts))].flatMap(byCount);
    this.others.length = 0;
    this.times.clear();
    return found.sort((a, b) => a.n - b.n);
  }

  private takeTouched(): CountedStep[] {
    const {counts, touched, cells, side} = this;
    const steps = touched
      .sort((a, b) => a - b)
      .map((at) => {
        const cell = at >> 2;
        const direction = at & 3;
        const a = (2 * Math.floor(cell / cells) + 1) * side + 2 * (cell % cells) + 1;
        return {a, b: a + (direction === 0 ? 2 : 2 * side + 2 * (direction - 2)), n: counts[at]};
      });
    for (const at of touched) counts[at] = 0;
    touched.length = 0;
    return steps;
  }

  private stepsOf(counts: Map<number, number>): CountedStep[] {
    const points = this.side ** 2;
    const sorted = [...counts].sort(([a], [b]) => a - b);
    return sorted.map(([key, n]) => ({a: Math.floor(key / points), b: key % points, n}));
  }
}

/** Steps by their numbers, those of equal number in the order in which they come. */
function byCount(steps: CountedStep[]): CountedSteps[] {
  const found = new Map<number, CountedStep[]>();
  for (const step of steps) {
    const others = found.get(step.n);
    if (others) others.push(step);
    else found.set(step.n, [step]);
  }
  return [...found].map(([n, steps]) => ({n, steps}));
}

/** Counts the steps of an activity's lines from cell to neighbouring cell; a step to or from the border goes straight. */
function countSteps({x, y, start}: Lines, counts: StepCounts): void {
  counts.nextRow();
  for (let line = 0; line + 1 < start.length; line++) {
    for (let i = start[line] + 1; i < start[line + 1]; i++) {
      let fromX = x[i - 1];
      let fromY = y[i - 1];
      const dx = x[i] - fromX;
      const dy = y[i] - fromY;
      const steps = Math.max(1, Math.ceil(Math.max(Math.abs(dx), Math.abs(dy)) / 2));
      for (let k = 1; k <= steps; k++) {
        const atX = k === steps ? x[i] : counts.center(x[i - 1] + (dx * k) / steps);
        const atY = k === steps ? y[i] : counts.center(y[i - 1] + (dy * k) / steps);
        if (atX !== fromX || atY !== fromY) counts.add(fromX, fromY, atX, atY);
        fromX = atX;
        fromY = atY;
      }
    }
  }
}

/** Chains steps to lines, going straight on where there is a choice, simplifies them and adds them to a run. */
function chain(steps: CountedStep[], side: number, tolerance: number, run: TileRun): void {
  const ends = new Map<number, number[]>();
  const join = (from: number, to: number) => {
    const others = ends.get(from);
    if (others) others.push(to);
    else ends.set(from, [to]);
  };
  for (const {a, b} of steps) {
    join(a, b);
    join(b, a);
  }
  const used = new Set<number>();
  const keyOf = (a: number, b: number) => Math.min(a, b) * side ** 2 + Math.max(a, b);
  const next = (from: number, before: number): number | undefined => {
    const dx = (from % side) - (before % side);
    const dy = Math.floor(from / side) - Math.floor(before / side);
    let best: number | undefined;
    let straightest = Number.NEGATIVE_INFINITY;
    for (const to of ends.get(from) ?? []) {
      const ahead = ((to % side) - (from % side)) * dx + (Math.floor(to / side) - Math.floor(from / side)) * dy;
      if (ahead <= straightest || used.has(keyOf(from, to))) continue;
      straightest = ahead;
      best = to;
    }
    if (best !== undefined) used.add(keyOf(from, best));
    return best;
  };
  for (const {a, b} of steps) {
    if (used.has(keyOf(a, b))) continue;
    used.add(keyOf(a, b));
    const ahead = [b];
    for (let end = next(b, a); end !== undefined; end = next(end, ahead[ahead.length - 2])) ahead.push(end);
    const back = [a];
    for (let end = next(a, b); end !== undefined; end = next(end, back[back.length - 2])) back.push(end);
    const line = [...back.reverse(), ...ahead];
    const x = Float64Array.from(line, (at) => at % side);
    const y = Float64Array.from(line, (at) => Math.floor(at / side));
    // A loop has no chord to be straightened to: of a small one nothing but a spike would be left.
    const isLoop = line[0] === line[line.length - 1];
    run.addLine(x, y, 0, isLoop ? line.length : simplifyLine(x, y, 0, line.length, tolerance));
  }
}
