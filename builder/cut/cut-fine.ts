import {groundMeters, unprojectY} from '../../core/mercator.ts';
import {passMeasures} from '../../core/pass-measures.ts';
import {cellsPerTile, fineExtent} from '../../core/schema.ts';
import type {Pieces} from './pieces.ts';
import {VisitedCells} from './visited-cells.ts';
import type {WorldTrack} from './world-track.ts';

/** Lines are simplified to this tolerance, tile units. */
const tolerance = 1;

/**
 * Cuts activities for maxZoom: the stored track itself in tile units, clipped exactly at tile borders, every pass kept.
 * Stretches where an earlier pass has been become lines of their own, marked as passed again.
 */
export class FineCutter {
  private readonly visited = new VisitedCells();
  /** Cells that were passed too recently to be marked, and how many cells of the way lay before each. */
  private readonly pending = {x: new Int32Array(1024), y: new Int32Array(1024), at: new Float64Array(1024)};
  private pieces!: Pieces;
  private scale = 0;
  private lastTile = 0;
  private tileX = 0;
  private tileY = 0;
  private penX = 0;
  private penY = 0;
  private again = false;

  /** Adds the lines of an activity's tracks at a zoom (the archive's maxZoom) to `pieces`. */
  cut(tracks: WorldTrack[], zoom: number, pieces: Pieces): void {
    this.pieces = pieces;
    this.scale = fineExtent * 2 ** zoom;
    this.lastTile = 2 ** zoom - 1;
    let cells = 0;
    for (const track of tracks) {
      const own = groundMeters(unprojectY(track.y[0])) / passMeasures.cellMeters;
      // Ways so far north or south of each other have no pass in common.
      if (Math.abs(own / cells - 1) > 0.1) {
        this.visited.clear();
        cells = own;
      }
      this.cutTrack(track, cells);
    }
    if (pieces.count === 0 && tracks.length > 0) this.writeOneCell(tracks[0]);
  }

  /** `cells`: how many cells of about 10 m span the world. */
  private cutTrack({x, y, count}: WorldTrack, cells: number): void {
    const recent = passMeasures.passMeters / passMeasures.cellMeters;
    const pending = this.pending;
    let oldest = 0;
    let newest = -1;
    let walked = 0;
    this.again = false;
    this.moveTo(x[0], y[0]);
    for (let i = 1; i < count; i++) {
      const dx = x[i] - x[i - 1];
      const dy = y[i] - y[i - 1];
      const steps = Math.max(1, Math.ceil(Math.max(Math.abs(dx), Math.abs(dy)) * cells));
      const length = Math.sqrt(dx * dx + dy * dy) * cells;
      for (let step = 0; step < steps; step++) {
        const share = (step + 0.5) / steps;
        const cellX = Math.floor((x[i - 1] + dx * share) * cells);
        const cellY = Math.floor((y[i - 1] + dy * share) * cells);
        const now = walked + length * share;
        for (; oldest <= newest && now - pending.at[oldest] > recent; oldest++) {
          this.visited.mark(pending.x[oldest], pending.y[oldest]);
        }
        const again = this.visited.near(cellX, cellY);
        if (again !== this.again) {
          const from = step / steps;
          this.lineTo(x[i - 1] + dx * from, y[i - 1] + dy * from);
          this.pieces.end(tolerance);
          this.again = again;
          this.moveTo(x[i - 1] + dx * from, y[i - 1] + dy * from);
        }
        if (!again && (newest < oldest || pending.x[newest] !== cellX || pending.y[newest] !== cellY)) {
          newest++;
          if (newest === pending.x.length) growPending(pending);
          pending.x[newest] = cellX;
          pending.y[newest] = cellY;
          pending.at[newest] = now;
        }
      }
      walked += length;
      this.lineTo(x[i], y[i]);
    }
    this.pieces.end(tolerance);
    for (; oldest <= newest; oldest++) this.visited.mark(pending.x[oldest], pending.y[oldest]);
  }

  /** Begins a line at a world position. */
  private moveTo(x: number, y: number): void {
    this.penX = Math.round(x * this.scale);
    this.penY = Math.round(y * this.scale);
    this.tileX = this.tileOf(this.penX);
    this.tileY = this.tileOf(this.penY);
    this.beginPiece(this.penX, this.penY);
  }

  /** Draws to a world position, ending one line and beginning the next at each tile border on the way. */
  private lineTo(x: number, y: number): void {
    const {penX, penY} = this;
    const endX = Math.round(x * this.scale);
    const endY = Math.round(y * this.scale);
    const endTileX = this.tileOf(endX);
    const endTileY = this.tileOf(endY);
    const dx = endX - penX;
    const dy = endY - penY;
    while (this.tileX !== endTileX || this.tileY !== endTileY) {
      const stepX = Math.sign(endTileX - this.tileX);
      const stepY = Math.sign(endTileY - this.tileY);
      // Where on the segment, 0..1, the next border in x and in y lies.
      const borderX = (this.tileX + (stepX > 0 ? 1 : 0)) * fineExtent;
      const borderY = (this.tileY + (stepY > 0 ? 1 : 0)) * fineExtent;
      const atX = stepX === 0 ? Number.POSITIVE_INFINITY : (borderX - penX) / dx;
      const atY = stepY === 0 ? Number.POSITIVE_INFINITY : (borderY - penY) / dy;
      const crossX = atX <= atY ? borderX : Math.round(penX + dx * atY);
      const crossY = atY <= atX ? borderY : Math.round(penY + dy * atX);
      this.addPoint(crossX, crossY);
      this.pieces.end(tolerance);
      if (atX <= atY) this.tileX += stepX;
      if (atY <= atX) this.tileY += stepY;
      this.beginPiece(crossX, crossY);
    }
    this.addPoint(endX, endY);
    this.penX = endX;
    this.penY = endY;
  }

  private beginPiece(x: number, y: number): void {
    this.pieces.begin(this.tileX, this.tileY, this.again);
    this.addPoint(x, y);
  }

  private addPoint(x: number, y: number): void {
    this.pieces.add(x - this.tileX * fineExtent, y - this.tileY * fineExtent);
  }

  private tileOf(units: number): number {
    return Math.max(0, Math.min(this.lastTile, Math.floor(units / fineExtent)));
  }

  /** An activity of a single place is drawn as long as a cell of the grid below maxZoom is wide. */
  private writeOneCell({x, y}: WorldTrack): void {
    const cell = fineExtent / cellsPerTile;
    const last = this.scale / cell - 1;
    const left = Math.max(0, Math.min(last, Math.floor((x[0] * this.scale) / cell))) * cell;
    const top = Math.max(0, Math.min(last, Math.floor((y[0] * this.scale) / cell))) * cell + cell / 2;
    this.tileX = this.tileOf(left);
    this.tileY = this.tileOf(top);
    this.again = false;
    this.beginPiece(left, top);
    this.addPoint(left + cell, top);
    this.pieces.end(0);
  }
}

function growPending(pending: {x: Int32Array; y: Int32Array; at: Float64Array}): void {
  const {x, y, at} = pending;
  pending.x = new Int32Array(x.length * 2);
  pending.y = new Int32Array(x.length * 2);
  pending.at = new Float64Array(x.length * 2);
  pending.x.set(x);
  pending.y.set(y);
  pending.at.set(at);
}
