import type {WebMercatorViewport} from '@deck.gl/core';
import {_Tileset2D as Tileset2D} from '@deck.gl/geo-layers';
import type {TileSource} from './tile-source.ts';

/** Place of a tile: x from the west, y from the north. */
export type TileIndex = {x: number; y: number; z: number};

/** The tiles of a source that a viewport touches, each once: those of a whole zoom, or of the nearest one that the source has. */
export function tilesInView(
  {minZoom, maxZoom, bounds}: Pick<TileSource, 'minZoom' | 'maxZoom' | 'bounds'>,
  viewport: WebMercatorViewport,
  zoom: number,
): TileIndex[] {
  const z = Math.max(minZoom, Math.min(maxZoom, zoom));
  const tileset = new Tileset2D({getTileData: () => null, extent: bounds});
  return tileset.getTileIndices({viewport, minZoom: z, maxZoom: z, zRange: null});
}
