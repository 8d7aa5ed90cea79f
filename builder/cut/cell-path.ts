import type {WorldTrack} from './world-track.ts';

/**
 * Cells one after the other: columns and rows of a grid, valid below `count`. `tips`: whether detours of one cell are kept. Several of
 * them in a row could leave out a place that is two cells away; far out they are noise.
 */
export type CellPath = {count: number; x: Int32Array; y: Int32Array; tips: boolean};

/** A path to fill, again and again. */
export function newCellPath(): CellPath {
  return {count: 0, x: new Int32Array(1 << 12), y: new Int32Array(1 << 12), tips: false};
}

/**
 * Fills `path` with the 8-connected cells that a track crosses in a grid of `cells` × `cells` over the world, without corners of
 * L-steps. Of each segment it has one cell per column (or per row where it is steep): the one crossed at the column's centre, or
 * at the segment's end where that comes first. Neighbouring segments meet in neighbouring cells.
 */
export function cellPath({x, y, count}: WorldTrack, cells: number, path: CellPath): void {
  const last = cells - 1;
  path.count = 0;
  let x0 = x[0] * cells;
  let y0 = y[0] * cells;
  let column0 = Math.floor(x0);
  let row0 = Math.floor(y0);
  let rested = false;
  // One loop, and only whole numbers to other functions: doubles handed over would be put on the heap, four a segment.
  for (let i = 1; i < count; i++) {
    const x1 = x[i] * cells;
    const y1 = y[i] * cells;
    const column1 = Math.floor(x1);
    const row1 = Math.floor(y1);
    if (column1 === column0 && row1 === row0) rested = true;
    else {
      // The segment before ended, and this one begins, up to half a cell beside its vertex: moving about inside the cell
      // may have taken them two cells apart.
      if (rested) addCell(path, column0, row0, last);
      rested = false;
      const steep = Math.abs(y1 - y0) > Math.abs(x1 - x0);
      const from = steep ? y0 : x0;
      const to = steep ? y1 : x1;
      const across = steep ? x0 : y0;
      const slope = ((steep ? x1 : y1) - across) / (to - from);
      const low = Math.min(from, to);
      const high = Math.max(from, to);
      const final = steep ? row1 : column1;
      const step = to < from ? -1 : 1;
      for (let along = steep ? row0 : column0; ; along += step) {
        const place = Math.max(low, Math.min(high, along + 0.5));
        const beside = Math.floor(across + (place - from) * slope);
        if (steep) addCell(path, beside, along, last);
        else addCell(path, along, beside, last);
        if (along === final) break;
      }
    }
    x0 = x1;
    y0 = y1;
    column0 = column1;
    row0 = row1;
  }
  if (path.count === 0) addCell(path, column0, row0, last);
}

/** Adds a cell, moved into the world; it takes the place of the one before if that is the corner of an L-step, or a tip that is not kept. */
function addCell(path: CellPath, wantedColumn: number, wantedRow: number, last: number): void {
  const column = wantedColumn < 0 ? 0 : wantedColumn > last ? last : wantedColumn;
  const row = wantedRow < 0 ? 0 : wantedRow > last ? last : wantedRow;
  const at = path.count;
  if (at + 1 > path.x.length) grow(path);
  const {x, y} = path;
  if (at > 0 && column === x[at - 1] && row === y[at - 1]) return;
  let place = at;
  if (at > 1) {
    const dx = column - x[at - 2];
    const dy = row - y[at - 2];
    if (dx >= -1 && dx <= 1 && dy >= -1 && dy <= 1 && (path.tips ? dx * dy !== 0 : dx !== 0 || dy !== 0)) place--;
  }
  x[place] = column;
  y[place] = row;
  path.count = place + 1;
}

function grow(path: CellPath): void {
  const {x, y} = path;
  path.x = new Int32Array(x.length * 2);
  path.y = new Int32Array(x.length * 2);
  path.x.set(x);
  path.y.set(y);
}
