import type {HeatTile} from '../../core/heat-tile.ts';

/** The segments of one heat tile in the arrays that the GPU takes. */
export type TileSegments = {
  count: number;
  /** Tile units per side. */
  extent: number;
  /** Stride 4: x0, y0, x1, y1 in tile units, x east, y south. */
  ends: Int16Array;
  /** Stride 2: the row's dense index, with {@link againBit} on repeated passes; n. */
  rows: Uint32Array<ArrayBuffer>;
  /** Size of both arrays, by which the tile layer bounds its cache. */
  byteLength: number;
};

/** Set in a segment's row where the pass is a repeated one. */
export const againBit = 0x8000_0000;

/**
 * The segments of a decoded tile; `indexOf` gives the dense index of a row id. What the activity table does not know gets the
 * index after its last.
 */
export function tileSegments(tile: HeatTile, indexOf: Map<number, number>): TileSegments {
  const {extent, segments, features} = tile;
  const count = segments.length / 4;
  const rows = new Uint32Array(count * 2);
  for (let f = 0; f < features.count; f++) {
    const row = indexOf.get(features.id[f]) ?? indexOf.size;
    const word = features.again[f] ? row + againBit : row;
    const n = features.n[f];
    for (let s = features.start[f]; s < features.start[f + 1]; s++) {
      rows[s * 2] = word;
      rows[s * 2 + 1] = n;
    }
  }
  return {count, extent, ends: segments, rows, byteLength: segments.byteLength + rows.byteLength};
}
