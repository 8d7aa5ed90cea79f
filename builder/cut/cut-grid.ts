import {cellsPerTile} from '../../core/schema.ts';
import {type CellPath, cellPath, newCellPath} from './cell-path.ts';
import type {Pieces} from './pieces.ts';
import {VisitedCells} from './visited-cells.ts';
import type {WorldTrack} from './world-track.ts';

/** What the grid cutter does, in cells (one cell is one CSS pixel). */
export const gridDefaults = {
  /** Stair steps of the cell path are taken out to this tolerance. */
  tolerance: 1,
  /** An earlier pass is one that lies more than this many cells back along the path. */
  memory: 8,
  /**
   * Deepest zoom whose own cells tell where an earlier pass has been; finer ones would not take the noise of GPS for one
   * street (3 m at zoom 14), so that deeper zooms ask the cells of this one.
   */
  memoryZoom: 13,
};

const tileShift = Math.log2(cellsPerTile);
const tileMask = cellsPerTile - 1;

/**
 * Cuts activities for a zoom below maxZoom: each track becomes the path of cells it crosses, a cell near which an earlier pass of
 * the same activity has been is not taken again, and the runs that remain become lines in tile units (cell centres odd, borders
 * even), split exactly at tile borders.
 */
export class GridCutter {
  private readonly visited = new VisitedCells();
  private readonly path: CellPath = newCellPath();
  private readonly options: typeof gridDefaults;
  private taken = new Uint8Array(0);
  private pieces!: Pieces;
  private tileX = 0;
  private tileY = 0;

  constructor(options = gridDefaults) {
    this.options = options;
  }

  /** Adds the lines of an activity's tracks at a zoom to `pieces`. */
  cut(tracks: WorldTrack[], zoom: number, pieces: Pieces): void {
    this.pieces = pieces;
    this.visited.clear();
    const shift = Math.max(0, zoom - this.options.memoryZoom);
    for (const track of tracks) {
      cellPath(track, cellsPerTile * 2 ** zoom, this.path);
      this.takeRuns(this.path, shift);
    }
  }

  /**
   * Takes the cells of a path where no earlier pass has been, by a memory whose cells are 2 to the power of `shift` as wide. A run
   * that resumes starts one cell early, so that branches touch.
   */
  private takeRuns({x, y, count}: CellPath, shift: number): void {
    const {visited} = this;
    const memory = this.options.memory << shift;
    const tolerance = 2 * this.options.tolerance;
    if (this.taken.length < count) this.taken = new Uint8Array(x.length);
    const taken = this.taken;
    let running = false;
    for (let i = 0; i < count; i++) {
      const passed = i - memory - 1;
      if (passed >= 0 && taken[passed] === 1) visited.mark(x[passed] >> shift, y[passed] >> shift);
      const isFree = !visited.near(x[i] >> shift, y[i] >> shift);
      taken[i] = isFree ? 1 : 0;
      if (isFree && i > 0) {
        if (!running) this.begin(x[i - 1], y[i - 1]);
        this.stepTo(x[i], y[i], x[i - 1], y[i - 1]);
        running = true;
      } else if (!isFree && running) {
        this.pieces.end(tolerance);
        running = false;
      }
    }
    if (running) this.pieces.end(tolerance);
    if (count === 1 && taken[0] === 1) this.writeOneCell(x[0], y[0]);
    // What follows after a break is another pass, however close.
    for (let i = Math.max(0, count - memory - 1); i < count; i++) {
      if (taken[i] === 1) visited.mark(x[i] >> shift, y[i] >> shift);
    }
  }

  private begin(x: number, y: number): void {
    this.tileX = x >> tileShift;
    this.tileY = y >> tileShift;
    this.pieces.begin(this.tileX, this.tileY, false);
    this.pieces.add(2 * (x & tileMask) + 1, 2 * (y & tileMask) + 1);
  }

  /** Adds a cell to the run; where the step crosses a tile border its midpoint, a whole number there, ends one line and begins the next. */
  private stepTo(x: number, y: number, lastX: number, lastY: number): void {
    const tileX = x >> tileShift;
    const tileY = y >> tileShift;
    if (tileX !== this.tileX || tileY !== this.tileY) {
      const middleX = x + lastX + 1;
      const middleY = y + lastY + 1;
      this.pieces.add(middleX - 2 * cellsPerTile * this.tileX, middleY - 2 * cellsPerTile * this.tileY);
      this.pieces.end(2 * this.options.tolerance);
      this.tileX = tileX;
      this.tileY = tileY;
      this.pieces.begin(tileX, tileY, false);
      this.pieces.add(middleX - 2 * cellsPerTile * tileX, middleY - 2 * cellsPerTile * tileY);
    }
    this.pieces.add(2 * (x & tileMask) + 1, 2 * (y & tileMask) + 1);
  }

  /** A track that never leaves its cell is drawn as long as the cell is wide. */
  private writeOneCell(x: number, y: number): void {
    this.pieces.begin(x >> tileShift, y >> tileShift, false);
    this.pieces.add(2 * (x & tileMask), 2 * (y & tileMask) + 1);
    this.pieces.add(2 * (x & tileMask) + 2, 2 * (y & tileMask) + 1);
    this.pieces.end(0);
  }
}
