import {groundMeters, projectX, projectY} from '../../core/mercator.ts';
import type {Track} from '../activity.ts';

/** Side of the cells by which segments are found, ground metres where the line is farthest from the equator. */
const cellMeters = 100;

/**
 * A function that tells whether a position lies within so many ground metres (at most {@link cellMeters}) of the tracks. It is
 * fastest when asked along a line.
 */
export function nearLine(tracks: Track[], meters: number): (lng: number, lat: number) => boolean {
  const ends = segmentsOf(tracks);
  const segments = ends.length / 4;
  const size = cellMeters / groundMeters(highestLat(tracks));
  let cells: Map<number, number[]> | undefined;
  let hint = 0;
  return (lng, lat) => {
    const x = projectX(lng);
    const y = projectY(lat);
    const reach = (meters / groundMeters(lat)) ** 2;
    // Whoever goes along a line is mostly still beside the segment of last time, or the next one.
    for (let s = Math.max(0, hint - 1); s < segments && s < hint + 3; s++) {
      if (squareToSegment(ends, s, x, y) <= reach) {
        hint = s;
        return true;
      }
    }
    cells ??= cellsOf(ends, size);
    const column = Math.floor(x / size);
    const row = Math.floor(y / size);
    for (let c = column - 1; c <= column + 1; c++) {
      for (let r = row - 1; r <= row + 1; r++) {
        for (const s of cells.get(c * rows + r) ?? []) {
          if (squareToSegment(ends, s, x, y) <= reach) {
            hint = s;
            return true;
          }
        }
      }
    }
    return false;
  };
}

/** More rows than there are cells from pole to pole, so that a cell has a number of its own. */
const rows = 2 ** 26;

function highestLat(tracks: Track[]): number {
  let highest = 0;
  for (const {lat} of tracks) for (const degrees of lat) highest = Math.max(highest, Math.abs(degrees));
  return highest;
}

/** The segments of tracks as x0, y0, x1, y1 (world) each. */
function segmentsOf(tracks: Track[]): Float64Array {
  const ends = new Float64Array(tracks.reduce((sum, {lng}) => sum + Math.max(0, lng.length - 1), 0) * 4);
  let at = 0;
  for (const {lng, lat} of tracks) {
    for (let i = 1; i < lng.length; i++, at += 4) {
      ends[at] = i > 1 ? ends[at - 2] : projectX(lng[0]);
      ends[at + 1] = i > 1 ? ends[at - 1] : projectY(lat[0]);
      ends[at + 2] = projectX(lng[i]);
      ends[at + 3] = projectY(lat[i]);
    }
  }
  return ends;
}

/** Which segments pass each cell. */
function cellsOf(ends: Float64Array, size: number): Map<number, number[]> {
  const cells = new Map<number, number[]>();
  for (let s = 0; s < ends.length / 4; s++) addToCells(cells, ends, s, size);
  return cells;
}

/** Adds a segment to every cell that it passes: Amanatides and Woo, A Fast Voxel Traversal Algorithm (1987). */
function addToCells(cells: Map<number, number[]>, ends: Float64Array, s: number, size: number): void {
  const x0 = ends[s * 4] / size;
  const y0 = ends[s * 4 + 1] / size;
  const dx = ends[s * 4 + 2] / size - x0;
  const dy = ends[s * 4 + 3] / size - y0;
  let column = Math.floor(x0);
  let row = Math.floor(y0);
  const stepX = Math.sign(dx);
  const stepY = Math.sign(dy);
  let nextX = dx === 0 ? Number.POSITIVE_INFINITY : (column + (dx > 0 ? 1 : 0) - x0) / dx;
  let nextY = dy === 0 ? Number.POSITIVE_INFINITY : (row + (dy > 0 ? 1 : 0) - y0) / dy;
  for (;;) {
    const key = column * rows + row;
    const there = cells.get(key);
    if (there) there.push(s);
    else cells.set(key, [s]);
    if (Math.min(nextX, nextY) > 1) return;
    if (nextX < nextY) {
      column += stepX;
      nextX += stepX / dx;
    } else {
      row += stepY;
      nextY += stepY / dy;
    }
  }
}

function squareToSegment(ends: Float64Array, s: number, x: number, y: number): number {
  const x0 = ends[s * 4];
  const y0 = ends[s * 4 + 1];
  const dx = ends[s * 4 + 2] - x0;
  const dy = ends[s * 4 + 3] - y0;
  const length = dx * dx + dy * dy;
  const share = length > 0 ? Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / length)) : 0;
  return (x0 + dx * share - x) ** 2 + (y0 + dy * share - y) ** 2;
}
