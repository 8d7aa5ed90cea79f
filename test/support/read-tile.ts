import {rowIndex} from '../../core/activity-table.ts';
import type {HeatArchive} from '../../raster-fallback/archive.ts';
import {decodeTile, denseRows, type LoadedTile} from '../../raster-fallback/decode-tile.ts';

/** A tile of an archive, decoded; undefined where there is none. */
export async function readTile(archive: HeatArchive, z: number, x: number, y: number): Promise<LoadedTile | undefined> {
  const stored = await archive.storedTile(z, x, y);
  if (!stored) return undefined;
  const tile = decodeTile(stored);
  return {...tile, rows: denseRows(tile, rowIndex(archive.table))};
}
