import {groundMeters, unprojectY} from '../../core/mercator.ts';
import {cellsPerTile} from '../../core/schema.ts';
import {type CellPath, cellPath, newCellPath} from './cell-path.ts';
import type {Pieces} from './pieces.ts';
import {VisitedCells} from './visited-cells.ts';
import type {WorldTrack} from './world-track.ts';

/** What the grid cutter does, in cells (one cell is one CSS pixel). */
const gridMeasures = {
  /** Stair steps of the cell path are taken out to this tolerance … */
  tolerance: 0.75,
  /** … and to this one where a cell is some 3 m wide (`nearShift`) and ways are looked at from near. */
  nearTolerance: 0.6,
  /** An earlier pass is one that lies more than this many cells back along the path. */
  memory: 8,
  /**
   * Deepest zoom whose own cells tell where an earlier pass has been: finer ones (7 m at zoom 13, 3 m at 14) would take the noise
   * of GPS, or the other side of the street, for another street. Zooms beyond it ask the cells of this one, and keep every pass:
   * later ones are marked as passed again.
   */
  memoryZoom: 12,
  /** Its cells are at least so many ground metres wide: north of 60° it is a lesser one. */
  memoryMeters: 9.4,
  /** From so many zooms beyond `memoryZoom` on, ways are looked at from near: detours of one cell are kept. */
  nearShift: 2,
};

const tileShift = Math.log2(cellsPerTile);
const tileMask = cellsPerTile - 1;

/** No edge of the world. */
const inside = -1;

/** The tile units at which a place on the edge of the world lies, there where it is cut (see splitAtEdges). */
function edgeUnit(x: number): number {
  if (x === 0) return 0;
  return x === 1 ? 2 * cellsPerTile : inside;
}

/** What becomes of a cell of a path. */
const dropped = 0;
const first = 1;
const again = 2;

/**
 * Cuts activities for a zoom below maxZoom: each track becomes the path of cells it crosses, a cell near which an earlier pass of
 * the same activity has been is not taken again, and the runs that remain become lines in tile units (cell centres odd, borders
 * even), split exactly at tile borders.
 */
export class GridCutter {
  private readonly visited = new VisitedCells();
  private readonly path: CellPath = newCellPath();
  private kinds = new Uint8Array(0);
  private pieces!: Pieces;
  private tolerance = 0;
  private tileX = 0;
  private tileY = 0;
  private again = false;

  /** Adds the lines of an activity's tracks at a zoom to `pieces`. */
  cut(tracks: WorldTrack[], zoom: number, pieces: Pieces): void {
    this.pieces = pieces;
    this.visited.clear();
    const shift = Math.max(0, zoom - this.memoryZoomOf(tracks));
    const near = shift >= gridMeasures.nearShift;
    this.tolerance = 2 * (near ? gridMeasures.nearTolerance : gridMeasures.tolerance);
    this.path.tips = near;
    for (const track of tracks) {
      cellPath(track, cellsPerTile * 2 ** zoom, this.path);
      if (this.path.count === 1) this.takeCell(this.path.x[0], this.path.y[0], shift);
      else this.takeRuns(this.path, shift, edgeUnit(track.x[0]), edgeUnit(track.x[track.count - 1]));
    }
  }

  private memoryZoomOf(tracks: WorldTrack[]): number {
    const {memoryZoom, memoryMeters} = gridMeasures;
    const meters = groundMeters(unprojectY(tracks[0]?.y[0] ?? 0.5));
    return Math.min(memoryZoom, Math.floor(Math.log2(meters / (cellsPerTile * memoryMeters))));
  }

  /**
   * Takes the cells of a path where no earlier pass has been, by a memory whose cells are 2 to the power of `shift` as wide; where
   * those are wider, the others too, as passed again. A run starts one cell early, so that branches touch. What begins or ends at the
   * edge of the world goes on at the other one: `firstEdge` and `lastEdge` are that edge in tile units, where it does.
   */
  private takeRuns({x, y, count}: CellPath, shift: number, firstEdge: number, lastEdge: number): void {
    const {visited} = this;
    const memory = gridMeasures.memory << shift;
    const repeated = shift > 0 ? again : dropped;
    if (this.kinds.length < count) this.kinds = new Uint8Array(x.length);
    const kinds = this.kinds;
    let running = dropped;
    for (let i = 0; i < count; i++) {
      this.markPassed(i - memory - 1, shift);
      const kind = visited.near(x[i] >> shift, y[i] >> shift) ? repeated : first;
      kinds[i] = kind;
      if (kind !== running && running !== dropped) this.pieces.end(this.tolerance);
      if (kind !== dropped && i > 0) {
        if (kind !== running) this.begin(x[i - 1], y[i - 1], kind === again, i === 1 ? firstEdge : inside);
        this.stepTo(x[i], y[i], x[i - 1], y[i - 1]);
        running = kind;
      } else running = dropped;
    }
    if (running !== dropped) {
      if (lastEdge !== inside) this.pieces.add(lastEdge, 2 * (y[count - 1] & tileMask) + 1);
      this.pieces.end(this.tolerance);
    }
    // What follows after a break is another pass, however close.
    for (let i = count - memory - 1; i < count; i++) this.markPassed(i, shift);
  }

  /** Marks where the path has been at a place of it, if that was taken. */
  private markPassed(i: number, shift: number): void {
    if (i >= 0 && this.kinds[i] === first) this.visited.mark(this.path.x[i] >> shift, this.path.y[i] >> shift);
  }

  private begin(x: number, y: number, again: boolean, edge: number): void {
    this.again = again;
    this.tileX = x >> tileShift;
    this.tileY = y >> tileShift;
    this.pieces.begin(this.tileX, this.tileY, again);
    if (edge !== inside) this.pieces.add(edge, 2 * (y & tileMask) + 1);
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
      this.pieces.end(this.tolerance);
      this.tileX = tileX;
      this.tileY = tileY;
      this.pieces.begin(tileX, tileY, this.again);
      this.pieces.add(middleX - 2 * cellsPerTile * tileX, middleY - 2 * cellsPerTile * tileY);
    }
    this.pieces.add(2 * (x & tileMask) + 1, 2 * (y & tileMask) + 1);
  }

  /** A track that never leaves its cell is drawn as long as the cell is wide, where no earlier pass has been. */
  private takeCell(x: number, y: number, shift: number): void {
    if (this.visited.near(x >> shift, y >> shift)) return;
    this.visited.mark(x >> shift, y >> shift);
    this.pieces.begin(x >> tileShift, y >> tileShift, false);
    this.pieces.add(2 * (x & tileMask), 2 * (y & tileMask) + 1);
    this.pieces.add(2 * (x & tileMask) + 2, 2 * (y & tileMask) + 1);
    this.pieces.end(0);
  }
}
