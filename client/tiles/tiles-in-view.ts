import type {WebMercatorViewport} from '@deck.gl/core';
import {_Tileset2D as Tileset2D} from '@deck.gl/geo-layers';
import type {TileSource} from './tile-source.ts';

/** Place of a tile: x from the west, y from the north. */
export type TileIndex = {x: number; y: number; z: number};

/** The tiles of a source that a viewport touches, each once, `zoomOffset` zooms deeper than the map would take. */
export function tilesInView(
  {minZoom, maxZoom, bounds}: Pick<TileSource, 'minZoom' | 'maxZoom' | 'bounds'>,
  viewport: WebMercatorViewport,
  zoomOffset = 0,
): TileIndex[] {
  const tileset = new Tileset2D({getTileData: () => null, minZoom, maxZoom, zoomOffset, extent: bounds, tileSize: 512});
  const indices = tileset.getTileIndices({viewport, minZoom, maxZoom, zRange: null});
  // Copies of the world show the same tile more than once.
  return [...new Map(indices.map((index) => [tileset.getTileId(index), index])).values()];
}
