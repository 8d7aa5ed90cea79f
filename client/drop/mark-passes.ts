import {groundMeters, projectX, projectY, unprojectX, unprojectY} from '../../core/mercator.ts';
import {passMeasures} from '../../core/pass-measures.ts';
import {type Line, lengthOf} from './clean-line.ts';

/** Cells are larger where an activity would walk through more than this: a flight is not known by metres. */
const mostCells = 200_000;

/** Who comes upon their own way for fewer cells than this crosses it. */
const crossingCells = 8;

/** The lines of an activity where it went for the first time, and where it had been before. */
export type Passes = {first: Line[]; again: Line[]};

type Run = {again: boolean; cells: number; line: Line};

/**
 * Tells an activity's first pass of each place from laps, the way back and stops: a place was passed where its cell, or one beside it,
 * was, by the measures of the builder. Crossings stay whole: these lines are drawn at all zooms.
 */
export function markPasses(lines: Line[]): Passes {
  const {cellMeters, passMeters} = passMeasures;
  const passed = new Set<number>();
  const meters = lines.reduce((sum, line) => sum + lengthOf(line), 0);
  // A whole number, so that the cells of a line that goes on beyond ±180° are those of one that comes from the other side.
  const perWorld = Math.ceil(groundMeters(lines[0]?.[0]?.[1] ?? 0) / Math.max(cellMeters, meters / mostCells));
  const passes: Passes = {first: [], again: []};
  for (const line of lines) {
    const runs = runsOf(line, perWorld, passed, passMeters / cellMeters);
    // Who crosses their own way is soon beyond it; lines would fall into crumbs that small zooms leave out.
    for (const run of runs) if (run.cells < crossingCells) run.again = false;
    for (const {again, line} of joined(runs)) (again ? passes.again : passes.first).push(line);
  }
  return passes;
}

/** Cuts a line where it comes to cells that were passed before, `passCells` cells of the way ago and more, and where it leaves them. */
function runsOf(line: Line, perWorld: number, passed: Set<number>, passCells: number): Run[] {
  const recent: {key: number; at: number}[] = [];
  let oldest = 0;
  let walked = 0;
  let run: Run = {again: false, cells: 0, line: [line[0]]};
  const runs = [run];
  for (let i = 1; i < line.length; i++) {
    const x = projectX(line[i - 1][0]) * perWorld;
    const y = projectY(line[i - 1][1]) * perWorld;
    const dx = projectX(line[i][0]) * perWorld - x;
    const dy = projectY(line[i][1]) * perWorld - y;
    const length = Math.hypot(dx, dy);
    const steps = Math.max(1, Math.ceil(length));
    for (let step = 0; step < steps; step++) {
      const middle = (step + 0.5) / steps;
      const key = wrapKey(cellKey(Math.floor(x + dx * middle), Math.floor(y + dy * middle)), perWorld);
      for (; oldest < recent.length && walked - recent[oldest].at > passCells; oldest++)
        mark(passed, recent[oldest].key, perWorld);
      const again = passed.has(key);
      if (again !== run.again) {
        const share = step / steps;
        const here = step === 0 ? line[i - 1] : placeOf((x + dx * share) / perWorld, (y + dy * share) / perWorld);
        run.line.push(here);
        run = {again, cells: 0, line: [here]};
        runs.push(run);
      }
      if (!again && recent.at(-1)?.key !== key) recent.push({key, at: walked});
      walked += length / steps;
      run.cells += length / steps;
    }
    run.line.push(line[i]);
  }
  for (; oldest < recent.length; oldest++) mark(passed, recent[oldest].key, perWorld);
  return runs;
}

/** Runs of the same kind that follow each other as one. */
function joined(runs: Run[]): Run[] {
  const whole: Run[] = [];
  for (const run of runs) {
    if (run.cells === 0) continue;
    const last = whole.at(-1);
    if (last?.again !== run.again) whole.push(run);
    else for (const position of run.line.slice(1)) last.line.push(position);
  }
  return whole;
}

const keyBase = 2 ** 26;

function cellKey(x: number, y: number): number {
  return x * keyBase + y;
}

/** The key of a cell within the one world, of `perWorld` cells around. */
function wrapKey(key: number, perWorld: number): number {
  const around = perWorld * keyBase;
  return ((key % around) + around) % around;
}

/** Marks a cell and the eight beside it. */
function mark(passed: Set<number>, key: number, perWorld: number): void {
  for (const aside of [-keyBase, 0, keyBase]) {
    for (const along of [-1, 0, 1]) passed.add(wrapKey(key + aside + along, perWorld));
  }
}

function placeOf(x: number, y: number): number[] {
  return [unprojectX(x), unprojectY(y)];
}
