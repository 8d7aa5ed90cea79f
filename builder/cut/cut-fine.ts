import {cellsPerTile, fineExtent} from '../../core/schema.ts';
import type {Pass} from './passes.ts';
import type {Pieces} from './pieces.ts';
import type {WorldTrack} from './world-track.ts';

/** Lines are simplified to this tolerance, tile units. */
const tolerance = 1;

/**
 * Cuts activities for maxZoom: the stored track itself in tile units, clipped exactly at tile borders, every pass kept.
 * What was passed again is in lines of its own, marked as such.
 */
export class FineCutter {
  private pieces!: Pieces;
  private scale = 0;
  private lastTile = 0;
  private tileX = 0;
  private tileY = 0;
  private penX = 0;
  private penY = 0;
  private again = false;

  /** Adds the lines of the passes of each of an activity's tracks at a zoom (the archive's maxZoom) to `pieces`. */
  cut(passes: Pass[][], zoom: number, pieces: Pieces): void {
    this.pieces = pieces;
    this.scale = fineExtent * 2 ** zoom;
    this.lastTile = 2 ** zoom - 1;
    for (const each of passes) this.drawPasses(each);
  }

  private drawPasses(passes: Pass[]): void {
    const {count} = this.pieces;
    for (const {track, again} of passes) {
      this.again = again;
      this.moveTo(track.x[0], track.y[0]);
      for (let i = 1; i < track.count; i++) this.lineTo(track.x[i], track.y[i]);
      this.pieces.end(tolerance);
    }
    if (this.pieces.count === count && !passes[0].again) this.writeOneCell(passes[0].track);
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

  /** A track of a single place is drawn as long as a cell of the grid below maxZoom is wide. */
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
