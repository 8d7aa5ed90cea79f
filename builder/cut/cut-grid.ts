import {cellsPerTile} from '../../core/schema.ts';
import type {Pieces} from './pieces.ts';
import {VisitedCells} from './visited-cells.ts';
import type {WorldTrack} from './world-track.ts';

/** What the grid cutter does, in cells (one cell is one CSS pixel). */
export const gridDefaults = {
  /** Stair steps of the cell path are taken out to this tolerance. */
  tolerance: 1,
  /** An earlier pass is one that lies more than this many cells back along the path. */
  memory: 8,
};

const tileShift = Math.log2(cellsPerTile);
const tileMask = cellsPerTile - 1;

/**
 * Cuts activities for a zoom below maxZoom: each track becomes the 8-connected path of cells it crosses, a cell near which
 * an earlier pass of the same activity has been is not taken again, and the runs that remain become lines in tile units
 * (cell centres odd, borders even), split exactly at tile borders.
 */
export class GridCutter {
  private readonly visited = new VisitedCells();
  private readonly memory: number;
  private readonly tolerance: number;
  private pieces!: Pieces;
  private last = 0;
  /** The cells taken last, which are not yet marked, and the place in the path where each was taken. */
  private readonly ringX: Int32Array;
  private readonly ringY: Int32Array;
  private readonly ringPlace: Int32Array;
  private ringStart = 0;
  private ringEnd = 0;
  private place = 0;
  /** The last two cells of the path: the second is held back until it is known to be no corner of an L-step. */
  private aX = 0;
  private aY = 0;
  private bX = 0;
  private bY = 0;
  private held = 0;
  /** Cell before the one that arrives, whether it was taken, and where the line at hand is. */
  private prevX = 0;
  private prevY = 0;
  private pathLength = 0;
  private running = false;
  private firstTaken = false;
  private tileX = 0;
  private tileY = 0;

  constructor({tolerance, memory} = gridDefaults) {
    this.tolerance = 2 * tolerance;
    this.memory = memory;
    this.ringX = new Int32Array(memory + 2);
    this.ringY = new Int32Array(memory + 2);
    this.ringPlace = new Int32Array(memory + 2);
  }

  /** Adds the lines of an activity's tracks at a zoom to `pieces`. */
  cut(tracks: WorldTrack[], zoom: number, pieces: Pieces): void {
    this.pieces = pieces;
    this.visited.clear();
    this.ringStart = 0;
    this.ringEnd = 0;
    this.place = 0;
    this.last = cellsPerTile * 2 ** zoom - 1;
    for (const track of tracks) this.cutTrack(track);
  }

  private cutTrack({x, y, count}: WorldTrack): void {
    const cells = this.last + 1;
    this.held = 0;
    this.pathLength = 0;
    this.running = false;
    let x0 = x[0] * cells;
    let y0 = y[0] * cells;
    let column0 = Math.floor(x0);
    let row0 = Math.floor(y0);
    let rested = false;
    for (let i = 1; i < count; i++) {
      const x1 = x[i] * cells;
      const y1 = y[i] * cells;
      const column1 = Math.floor(x1);
      const row1 = Math.floor(y1);
      if (column1 === column0 && row1 === row0) rested = true;
      else {
        // The segment before ended, and this one begins, up to half a cell beside its vertex: moving about inside the cell
        // may have taken them two cells apart.
        if (rested) this.arrive(column0, row0);
        rested = false;
        this.walk(x0, y0, x1, y1, column0, row0, column1, row1);
      }
      x0 = x1;
      y0 = y1;
      column0 = column1;
      row0 = row1;
    }
    if (this.held === 0) this.arrive(column0, row0);
    this.endTrack();
  }

  /**
   * The cells of one segment, one per column (or per row where it is steep): the cell that the segment crosses at the
   * column's centre, or at its end where that comes first. Neighbouring segments meet in neighbouring cells.
   */
  private walk(
    x0: number,
    y0: number,
    x1: number,
    y1: number,
    column0: number,
    row0: number,
    column1: number,
    row1: number,
  ): void {
    const dx = x1 - x0;
    const dy = y1 - y0;
    if (Math.abs(dx) >= Math.abs(dy)) {
      const slope = dx === 0 ? 0 : dy / dx;
      const step = dx < 0 ? -1 : 1;
      const low = Math.min(x0, x1);
      const high = Math.max(x0, x1);
      for (let column = column0; ; column += step) {
        const at = Math.max(low, Math.min(high, column + 0.5));
        this.arrive(column, Math.floor(y0 + (at - x0) * slope));
        if (column === column1) break;
      }
    } else {
      const slope = dx / dy;
      const step = dy < 0 ? -1 : 1;
      const low = Math.min(y0, y1);
      const high = Math.max(y0, y1);
      for (let row = row0; ; row += step) {
        const at = Math.max(low, Math.min(high, row + 0.5));
        this.arrive(Math.floor(x0 + (at - y0) * slope), row);
        if (row === row1) break;
      }
    }
  }

  /** A cell of the path: passes it on two cells late, without corners of L-steps. */
  private arrive(column: number, row: number): void {
    const {last} = this;
    const x = column < 0 ? 0 : column > last ? last : column;
    const y = row < 0 ? 0 : row > last ? last : row;
    if (this.held === 0) {
      this.bX = x;
      this.bY = y;
      this.held = 1;
      return;
    }
    if (x === this.bX && y === this.bY) return;
    if (this.held === 1) {
      this.aX = this.bX;
      this.aY = this.bY;
      this.held = 2;
    } else {
      const ax = x - this.aX;
      const ay = y - this.aY;
      const corner = ax >= -1 && ax <= 1 && ay >= -1 && ay <= 1 && (ax !== 0 || ay !== 0);
      if (!corner) {
        this.pass(this.aX, this.aY);
        this.aX = this.bX;
        this.aY = this.bY;
      }
    }
    this.bX = x;
    this.bY = y;
  }

  private endTrack(): void {
    if (this.held === 2) this.pass(this.aX, this.aY);
    if (this.held > 0) this.pass(this.bX, this.bY);
    this.endRun();
    if (this.pathLength === 1 && this.firstTaken) this.writeOneCell(this.prevX, this.prevY);
    // What follows after a break is another pass, however close.
    while (this.ringStart !== this.ringEnd) this.markOldest();
  }

  /** A cell of the path without L-steps: takes it unless an earlier pass has been here. */
  private pass(x: number, y: number): void {
    const place = this.place++;
    if (this.ringStart !== this.ringEnd && place - this.ringPlace[this.ringStart] > this.memory) this.markOldest();
    const free = !this.visited.near(x, y);
    if (free) {
      if (this.pathLength > 0) {
        if (!this.running) this.beginRun(this.prevX, this.prevY);
        this.stepTo(x, y);
      } else this.firstTaken = true;
      this.ringX[this.ringEnd] = x;
      this.ringY[this.ringEnd] = y;
      this.ringPlace[this.ringEnd] = place;
      this.ringEnd = (this.ringEnd + 1) % this.ringX.length;
    } else {
      if (this.pathLength === 0) this.firstTaken = false;
      this.endRun();
    }
    this.prevX = x;
    this.prevY = y;
    this.pathLength++;
  }

  private markOldest(): void {
    this.visited.mark(this.ringX[this.ringStart], this.ringY[this.ringStart]);
    this.ringStart = (this.ringStart + 1) % this.ringX.length;
  }

  private beginRun(x: number, y: number): void {
    this.running = true;
    this.tileX = x >> tileShift;
    this.tileY = y >> tileShift;
    this.pieces.begin(this.tileX, this.tileY, false);
    this.pieces.add(2 * (x & tileMask) + 1, 2 * (y & tileMask) + 1);
  }

  /** Adds a cell to the run; where the step crosses a tile border its midpoint, a whole number there, ends one line and begins the next. */
  private stepTo(x: number, y: number): void {
    const tileX = x >> tileShift;
    const tileY = y >> tileShift;
    if (tileX !== this.tileX || tileY !== this.tileY) {
      const middleX = x + this.prevX + 1;
      const middleY = y + this.prevY + 1;
      this.pieces.add(middleX - 2 * cellsPerTile * this.tileX, middleY - 2 * cellsPerTile * this.tileY);
      this.pieces.end(this.tolerance);
      this.tileX = tileX;
      this.tileY = tileY;
      this.pieces.begin(tileX, tileY, false);
      this.pieces.add(middleX - 2 * cellsPerTile * tileX, middleY - 2 * cellsPerTile * tileY);
    }
    this.pieces.add(2 * (x & tileMask) + 1, 2 * (y & tileMask) + 1);
  }

  private endRun(): void {
    if (!this.running) return;
    this.running = false;
    this.pieces.end(this.tolerance);
  }

  /** A track that never leaves its cell is drawn as long as the cell is wide. */
  private writeOneCell(x: number, y: number): void {
    this.pieces.begin(x >> tileShift, y >> tileShift, false);
    this.pieces.add(2 * (x & tileMask), 2 * (y & tileMask) + 1);
    this.pieces.add(2 * (x & tileMask) + 2, 2 * (y & tileMask) + 1);
    this.pieces.end(0);
  }
}
