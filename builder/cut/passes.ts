import {groundMeters, unprojectY} from '../../core/mercator.ts';
import {passMeasures} from '../../core/pass-measures.ts';
import {valuesBetween} from '../values-between.ts';
import {VisitedCells} from './visited-cells.ts';
import type {WorldTrack} from './world-track.ts';

/** A stretch of an activity's way: passed for the first time, or `again`. */
export type Pass = {track: WorldTrack; again: boolean};

/** Ways are looked at in steps of at most so many ground metres: two to a cell. */
const stepMeters = passMeasures.cellMeters / 2;

/** What begins or ends beside an earlier pass goes on, for so many steps at most, to where it comes closest to that: 30 m. */
const joinSteps = 5;

/** A step is not beside one that comes so many later on the way, unless that turns around. */
const turnSteps = 3;

/** What a step is: a first pass, one again, or again but drawn as first, to join a first pass to an earlier one. */
const first = 0;
const again = 1;
const joint = 2;

/** No step is closer to an earlier pass than in its very half of a cell. */
const closest = 2;

/** The steps of a track in columns: where each begins, as a point's index and the share of the way to the next; and where the last ends. */
type Steps = {
  place: Float64Array;
  /** The cell of {@link stepMeters} in which its middle lies, and how many such cells of the way come before that. */
  column: Int32Array;
  row: Int32Array;
  way: Float64Array;
  kind: Uint8Array;
};

/**
 * Tells the first pass of each place from later ones, by ground metres: a step is taken again where its cell, or one beside it, was
 * passed, `passMeasures.passMeters` of the way ago and more. Branches, loops and crossings are joined to the pass they come upon.
 */
export class PassTeller {
  /** Cells that were passed, with those around them; and halves of cells that were, alone. */
  private readonly visited = new VisitedCells();
  private readonly trodden = new VisitedCells();
  private steps = newSteps(1 << 12);
  private count = 0;

  /** The passes of each of an activity's tracks, in their order. A track that comes nowhere twice is its only pass. */
  passes(tracks: WorldTrack[]): Pass[][] {
    this.forget();
    let cells = 0;
    return tracks.map((track) => {
      const own = groundMeters(unprojectY(track.y[0])) / stepMeters;
      // Ways so far north or south of each other have no pass in common.
      if (Math.abs(own / cells - 1) > 0.1) {
        this.forget();
        cells = own;
      }
      this.walk(track, cells);
      this.tell();
      this.dropStubs();
      return this.split(track);
    });
  }

  private forget(): void {
    this.visited.clear();
    this.trodden.clear();
  }

  /** Fills `steps` with those of a track, but for their kind. `cells`: how many half cells span the world. */
  private walk({x, y, count}: WorldTrack, cells: number): void {
    let at = 0;
    let walked = 0;
    for (let i = 1; i < count; i++) {
      const dx = (x[i] - x[i - 1]) * cells;
      const dy = (y[i] - y[i - 1]) * cells;
      const parts = Math.max(1, Math.ceil(Math.max(Math.abs(dx), Math.abs(dy))));
      const length = Math.sqrt(dx * dx + dy * dy) / parts;
      while (at + parts >= this.steps.kind.length) this.steps = grown(this.steps);
      const {place, column, row, way} = this.steps;
      for (let part = 0; part < parts; part++, at++) {
        const middle = (part + 0.5) / parts;
        place[at] = i - 1 + part / parts;
        column[at] = Math.floor(x[i - 1] * cells + dx * middle);
        row[at] = Math.floor(y[i - 1] * cells + dy * middle);
        way[at] = walked + length / 2;
        walked += length;
      }
    }
    this.count = at;
    this.steps.place[at] = count - 1;
  }

  /** Tells of each step whether it is a first pass. */
  private tell(): void {
    const {column, row, way, kind} = this.steps;
    const recent = passMeasures.passMeters / stepMeters;
    let marked = 0;
    // The stretch that is passed again at the moment, where the run before it touches the earlier pass, and how closely.
    let stretch = -1;
    let touch = 0;
    let contact = 0;
    for (let at = 0; at < this.count; at++) {
      for (; way[at] - way[marked] > recent; marked++) this.mark(marked);
      if (this.visited.near(column[at] >> 1, row[at] >> 1)) {
        kind[at] = again;
        if (stretch < 0) {
          const turn = this.turnBefore(at, marked - 1);
          stretch = turn ?? at;
          kind.fill(again, stretch, at);
          touch = stretch;
          // Who turned around is on their own way at once.
          contact = turn === undefined ? 0 : closest;
        }
        const found = contact < closest && way[at] - way[stretch] <= joinSteps ? this.contactOf(at) : 0;
        if (found > contact) {
          contact = found;
          touch = at + 1;
        }
        continue;
      }
      kind[at] = first;
      if (stretch < 0) continue;
      // Who is soon gone from an earlier pass crosses it, or goes round a sharp bend.
      const soon = stretch > 0 && way[at] - way[stretch] <= joinSteps;
      if (stretch > 0) kind.fill(joint, stretch, soon ? at : touch);
      kind.fill(joint, this.lastTouch(stretch, at), at);
      stretch = -1;
    }
    if (stretch > 0) kind.fill(joint, stretch, touch);
    for (; marked < this.count; marked++) this.mark(marked);
  }

  /**
   * The step at which an activity turned around, where it did so between an earlier step and one that comes upon it: on all the way
   * from there it is within a cell of where it went.
   */
  private turnBefore(at: number, earlier: number): number | undefined {
    const {way} = this.steps;
    if (earlier < 0) return undefined;
    let out = earlier;
    while (this.apart(at, out) > 1) if (way[at] - way[++out] < turnSteps) return undefined;
    const from = way[out];
    let back = at;
    while (out < back) {
      if (this.apart(back, out) > 2) return undefined;
      if (way[at] - way[back] > way[out] - from) out++;
      else back--;
    }
    return out;
  }

  /** By how many half cells steps are apart, in columns or rows. */
  private apart(a: number, b: number): number {
    const {column, row} = this.steps;
    return Math.max(Math.abs(column[a] - column[b]), Math.abs(row[a] - row[b]));
  }

  /** Where, of the steps of a stretch that ends before `end`, the run that begins there touches the earlier pass; `end` if it does not. */
  private lastTouch(stretch: number, end: number): number {
    const {way} = this.steps;
    let touch = end;
    let contact = 0;
    for (let at = end - 1; at >= stretch && contact < closest && way[end] - way[at] <= joinSteps; at--) {
      const found = this.contactOf(at);
      if (found > contact) {
        contact = found;
        touch = at;
      }
    }
    return touch;
  }

  /** How close a step is to an earlier pass: {@link closest} in its very half of a cell, 1 beside that, 0 farther off. */
  private contactOf(at: number): number {
    const {column, row} = this.steps;
    const {trodden} = this;
    if (trodden.near(column[at], row[at])) return closest;
    for (let y = row[at] - 1; y <= row[at] + 1; y++) {
      for (let x = column[at] - 1; x <= column[at] + 1; x++) if (trodden.near(x, y)) return 1;
    }
    return 0;
  }

  /** Marks the cell of a step that was a first pass. */
  private mark(at: number): void {
    const {column, row, kind} = this.steps;
    if (kind[at] !== first) return;
    this.trodden.markAlone(column[at], row[at]);
    this.visited.mark(column[at] >> 1, row[at] >> 1);
  }

  /** What was to join a first pass that turned out to be again, and so joins nothing, is again, too. */
  private dropStubs(): void {
    const {kind} = this.steps;
    for (let start = 0, end = 0; start < this.count; start = end) {
      end = this.passEnd(start);
      if (!kind.subarray(start, end).includes(first)) kind.fill(again, start, end);
    }
  }

  /** The passes of a track by its steps. */
  private split(track: WorldTrack): Pass[] {
    if (this.count === 0) return [{track, again: false}];
    const {kind, place} = this.steps;
    const passes: Pass[] = [];
    for (let start = 0, end = 0; start < this.count; start = end) {
      end = this.passEnd(start);
      const whole = start === 0 && end === this.count;
      passes.push({track: whole ? track : part(track, place[start], place[end]), again: kind[start] === again});
    }
    return passes;
  }

  /** The step after the pass that begins at a step. */
  private passEnd(start: number): number {
    const {kind} = this.steps;
    let end = start + 1;
    while (end < this.count && (kind[end] === again) === (kind[start] === again)) end++;
    return end;
  }
}

/** The part of a track between two places (see {@link valuesBetween}). */
function part(track: WorldTrack, from: number, to: number): WorldTrack {
  const [x, y] = [track.x, track.y].map((values) => valuesBetween(values, from, to));
  return {count: x.length, x, y};
}

function newSteps(capacity: number): Steps {
  return {
    place: new Float64Array(capacity),
    column: new Int32Array(capacity),
    row: new Int32Array(capacity),
    way: new Float64Array(capacity),
    kind: new Uint8Array(capacity),
  };
}

function grown(steps: Steps): Steps {
  const larger = newSteps(steps.kind.length * 2);
  for (const key of Object.keys(steps) as (keyof Steps)[]) larger[key].set(steps[key]);
  return larger;
}
