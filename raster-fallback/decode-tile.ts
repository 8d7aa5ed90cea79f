import {gunzipSync} from 'node:zlib';
import {segmentBoxes} from '../core/heat/segment-boxes.ts';
import {decodeHeatTile, type HeatTile} from '../core/heat-tile.ts';

/** A tile as it lies in an archive. */
export type StoredTile = {
  /** Its archive and place, for messages. */
  name: string;
  /** Gzipped; the view has a buffer of its own. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Hash of the bytes. */
  hash: string;
};

/** A heat tile with what drawing needs beside it, whatever archive it is of. */
export type DecodedTile = HeatTile & {
  /** Bounding boxes of its segments, see core/heat/segment-boxes.ts. */
  boxes: Int16Array;
  /** Hash of the stored bytes. */
  hash: string;
};

/** A heat tile of an archive, ready for drawing. */
export type LoadedTile = DecodedTile & {
  /** Dense index of each feature's row in the activity table; -1 where the table has no such row. */
  rows: Int32Array;
};

/** A tile that unpacks to more than this, bytes, is none of ours: the largest has half a megabyte packed. */
const mostUnpacked = 256 << 20;

/** Unpacks and decodes a stored tile; throws on bytes that are none, with its name. */
export function decodeTile({name, bytes, hash}: StoredTile): DecodedTile {
  try {
    const tile = decodeHeatTile(gunzipSync(bytes, {maxOutputLength: mostUnpacked}));
    return {...tile, boxes: segmentBoxes(tile.segments), hash};
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : error}`, {cause: error});
  }
}

/** Memory that a decoded tile takes, bytes. */
export function decodedBytes(tile: DecodedTile): number {
  const perFeature = 8 + 8 + 4 + 4 + 1;
  return 500 + tile.segments.byteLength + tile.boxes.byteLength + tile.features.count * perFeature;
}

/** Dense index in an activity table of each of a tile's features, by `index` from row ids; -1 where it has no such row. */
export function denseRows({features: {count, id}}: HeatTile, index: ReadonlyMap<number, number>): Int32Array {
  const rows = new Int32Array(count);
  for (let f = 0; f < count; f++) rows[f] = index.get(id[f]) ?? -1;
  return rows;
}
