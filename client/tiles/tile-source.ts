import type {TileSegments} from './tile-segments.ts';

/** Where tiles of heat come from. */
export type TileSource = {
  minZoom: number;
  maxZoom: number;
  /** West, south, east, north in degrees: beyond there are no tiles. */
  bounds: [number, number, number, number];
  /** The segments of a tile; null where there are none. */
  readTile(z: number, x: number, y: number, signal?: AbortSignal): Promise<TileSegments | null>;
};
