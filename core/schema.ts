/**
 * Version of what every heat tile and archive has in common. Another layer name or extent raises it, other defaults and tolerances
 * do not: the promise of what does stands in ARCHITECTURE.md.
 */
export const schemaVersion = 1;

/** The one layer of a heat tile. */
export const layerName = 'heat';

/** Deepest zoom of an archive unless asked otherwise, of 512 px tiles. */
export const defaultMaxZoom = 15;

/** How far a point of a track may lie beside its simplified line, ground metres: about what can be told at maxZoom. */
export const trackTolerance = 0.8;

/** Cells along a tile's side below maxZoom: one cell is one CSS pixel. */
export const cellsPerTile = 512;

/** Tile units per side below maxZoom: cell centres are odd, tile borders even (0 and 1024). */
export const gridExtent = 1024;

/** Tile units per side at maxZoom: 0.3 m at zoom 15 on the equator. */
export const fineExtent = 4096;

/** Tile units per side at a zoom of an archive. */
export function extentOf(zoom: number, maxZoom: number): number {
  return zoom === maxZoom ? fineExtent : gridExtent;
}
