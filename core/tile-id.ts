import {tileIdToZxy, zxyToTileId} from 'pmtiles';

/** PMTiles v3 tile id (position on the Hilbert curve, all lower zooms first) of a tile. */
export function tileId(z: number, x: number, y: number): number {
  return zxyToTileId(z, x, y);
}

/** Zoom, column and row (from the north) of a PMTiles v3 tile id. */
export function tileOfId(id: number): [z: number, x: number, y: number] {
  return tileIdToZxy(id);
}

/** First tile id of a zoom: the number of tiles of all zooms below it, (4^zoom − 1) / 3. */
export function firstTileId(zoom: number): number {
  return (4 ** zoom - 1) / 3;
}
