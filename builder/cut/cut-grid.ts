import {groundMeters, unprojectY} from '../../core/mercator.ts';
import {cellsPerTile} from '../../core/schema.ts';
import {type CellPath, cellPath, newCellPath} from './cell-path.ts';
import type {Pass} from './passes.ts';
import type {Pieces} from './pieces.ts';
import {VisitedCells} from './visited-cells.ts';
import type {WorldTrack} from './world-track.ts';

/** What the grid cutter does, in cells (one cell is one CSS pixel). */
const gridMeasures = {
  /** Stair steps of the cell path are taken out to this tolerance … */
  tolerance: 0.75,
  /** … and to this one from the zoom after the next beyond `memoryZoom` on, where ways are looked at from near. */
  nearTolerance: 0.6,
  /** An earlier pass is one that lies more than this many cells back along the path. */
  memory: 8,
  /**
   * Deepest zoom whose own cells tell where an earlier pass has been: finer ones (7 m at zoom 13, 3 m at 14) would take the noise
   * of GPS, or the other side of the street, for another street. Beyond it passes are told on the ground, and every one is kept.
   */
  memoryZoom: 12,
  /** Its cells are at least so many ground metres wide: north of 60° it is a lesser one. */
  memoryMeters: 9.4,
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

/**
 * Cuts activities for a zoom below maxZoom: each track becomes the path of cells it crosses, a cell near which an earlier pass of
 * the same activity has been is not taken again, and the runs that remain become lines in tile units (cell centres odd, borders
 * even), split exactly at tile borders. Close by, where a cell is less than GPS is off, its passes become lines, each of its kind.
 */
export class GridCutter {
  private readonly visited = new VisitedCells();
  private readonly path: CellPath = newCellPath();
  private taken = new Uint8Array(0);
  private pieces!: Pieces;
  private tolerance = 0;
  private tileX = 0;
  private tileY = 0;
  private again = false;

  /** Adds the lines of an activity at a zoom to `pieces`: of its tracks, or, close by, of the passes of each. */
  cut(tracks: WorldTrack[], passes: Pass[][], zoom: number, pieces: Pieces): void {
    this.pieces = pieces;
    const closer = zoom - memoryZoomOf(tracks);
    const near = closer > 1;
    this.tolerance = 2 * (near ? gridMeasures.nearTolerance : gridMeasures.tolerance);
    this.path.tips = near;
    const cells = cellsPerTile * 2 ** zoom;
    if (closer > 0) for (const each of passes) this.drawPasses(each, cells);
    else this.drawTracks(tracks, cells);
  }

  private drawTracks(tracks: WorldTrack[], cells: number): void {
    this.visited.clear();
    for (const track of tracks) {
      cellPath(track, cells, this.path);
      if (this.path.count > 1) this.takeRuns(this.path, ...edgesOf(track));
      else if (!this.visited.near(this.path.x[0], this.path.y[0])) {
        this.visited.mark(this.path.x[0], this.path.y[0]);
        this.drawCell();
      }
    }
  }

  /** Of first passes that are in a cell each, one is drawn where no longer one is. */
  private drawPasses(passes: Pass[], cells: number): void {
    let drawn = false;
    for (const {track, again} of passes) {
      cellPath(track, cells, this.path);
      if (this.path.count === 1) continue;
      this.drawPath(this.path, again, ...edgesOf(track));
      drawn ||= !again;
    }
    const first = passes.find(({again}) => !again);
    if (drawn || !first) return;
    cellPath(first.track, cells, this.path);
    this.drawCell();
  }

  /**
   * Takes the cells of a path where no earlier pass has been. A run starts one cell early, so that branches touch. What begins or
   * ends at the edge of the world goes on at the other one: `firstEdge` and `lastEdge` are that edge in tile units, where it does.
   */
  private takeRuns({x, y, count}: CellPath, firstEdge: number, lastEdge: number): void {
    const {visited} = this;
    const {memory} = gridMeasures;
    if (this.taken.length < count) this.taken = new Uint8Array(x.length);
    const taken = this.taken;
    let running = false;
    for (let i = 0; i < count; i++) {
      this.markTaken(i - memory - 1);
      const free = !visited.near(x[i], y[i]);
      taken[i] = free ? 1 : 0;
      if (free && i > 0) {
        if (!running) this.begin(x[i - 1], y[i - 1], false, i === 1 ? firstEdge : inside);
        this.stepTo(x[i], y[i], x[i - 1], y[i - 1]);
        running = true;
      } else {
        if (running) this.pieces.end(this.tolerance);
        running = false;
      }
    }
    if (running) this.end(lastEdge, y[count - 1]);
    // What follows after a break is another pass, however close.
    for (let i = count - memory - 1; i < count; i++) this.markTaken(i);
  }

  /** Marks where the path has been at a place of it, if that was taken. */
  private markTaken(i: number): void {
    if (i >= 0 && this.taken[i] === 1) this.visited.mark(this.path.x[i], this.path.y[i]);
  }

  private drawPath({x, y, count}: CellPath, again: boolean, firstEdge: number, lastEdge: number): void {
    this.begin(x[0], y[0], again, firstEdge);
    for (let i = 1; i < count; i++) this.stepTo(x[i], y[i], x[i - 1], y[i - 1]);
    this.end(lastEdge, y[count - 1]);
  }

  private begin(x: number, y: number, again: boolean, edge: number): void {
    this.again = again;
    this.tileX = x >> tileShift;
    this.tileY = y >> tileShift;
    this.pieces.begin(this.tileX, this.tileY, again);
    if (edge !== inside) this.pieces.add(edge, 2 * (y & tileMask) + 1);
    this.pieces.add(2 * (x & tileMask) + 1, 2 * (y & tileMask) + 1);
  }

  private end(edge: number, y: number): void {
    if (edge !== inside) this.pieces.add(edge, 2 * (y & tileMask) + 1);
    this.pieces.end(this.tolerance);
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

  /** What never leaves its cell is drawn as long as the cell is wide. */
  private drawCell(): void {
    const [x, y] = [this.path.x[0], this.path.y[0]];
    this.pieces.begin(x >> tileShift, y >> tileShift, false);
    this.pieces.add(2 * (x & tileMask), 2 * (y & tileMask) + 1);
    this.pieces.add(2 * (x & tileMask) + 2, 2 * (y & tileMask) + 1);
    this.pieces.end(0);
  }
}

/** The deepest zoom at which an activity's own cells tell where it has been, by the track that is nearest to the equator. */
function memoryZoomOf(tracks: WorldTrack[]): number {
  const {memoryZoom, memoryMeters} = gridMeasures;
  const meters = tracks.reduce((most, {y}) => Math.max(most, groundMeters(unprojectY(y[0]))), 0);
  return Math.min(memoryZoom, Math.floor(Math.log2(meters / (cellsPerTile * memoryMeters))));
}

/** The tile units at which a track goes up to the edge of the world at its first and its last end, or {@link inside}. */
function edgesOf({x, count}: WorldTrack): [first: number, last: number] {
  return [edgeUnit(x[0]), edgeUnit(x[count - 1])];
}
