import type {WebMercatorViewport} from '@deck.gl/core';

/** Heat that takes the GPU longer than this is not added up for every frame, ms: the map would stutter. */
const smooth = 40;

/** How long a map rests before its heat is added up anew, ms, on the slowest GPU. */
const longestRest = 400;

/** Whoever has not heard of the end of an accumulation by then, ms, never will. */
const longestTaken = 20_000;

/** While the map moves, heat may take one part in so many of the GPU's time. */
const movingShare = 10;

/**
 * When heat is added up anew. A fast GPU does it for every frame; a slow one when the map rests, or seldom enough to move on, and shows
 * the heat that it has until then. All times are in ms by one clock.
 */
export class Pace {
  /** How long the GPU was busy with the last accumulation that was timed. */
  private taken = 0;
  /** When the one began that it is busy with. */
  private begun: number | undefined;
  private endedAt = Number.NEGATIVE_INFINITY;
  private movedAt = Number.NEGATIVE_INFINITY;
  private last: WebMercatorViewport | undefined;

  /** Whether an accumulation is being timed. */
  get isTiming(): boolean {
    return this.begun !== undefined;
  }

  /** The GPU was told to accumulate. */
  begin(now: number): void {
    this.begun = now;
  }

  /** It is done with that, and was surely busy until a time: a page that is busy itself hears late of the end. */
  end(now: number, busyUntil: number): void {
    if (this.begun === undefined) return;
    this.taken = Math.max(0, busyUntil - this.begun);
    this.endedAt = now;
    this.begun = undefined;
  }

  /** Whether heat is to be added up for a frame with this viewport, which is asked of every frame. */
  isDue(viewport: WebMercatorViewport, now: number): boolean {
    if (!this.last?.equals(viewport)) this.movedAt = now;
    this.last = viewport;
    if (this.begun !== undefined) {
      const busy = now - this.begun;
      return Math.max(this.taken, busy) <= smooth || busy > longestTaken;
    }
    if (this.taken <= smooth) return true;
    const rest = Math.min(this.taken, longestRest);
    const isMoving = now - this.movedAt < rest;
    return now - this.endedAt >= (isMoving ? movingShare * this.taken : rest);
  }
}
