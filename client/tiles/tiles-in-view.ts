import type {WebMercatorViewport} from '@deck.gl/core';
import {_Tileset2D as Tileset2D} from '@deck.gl/geo-layers';
import {tileZooms} from '../../core/tile-zooms.ts';
import type {TileSource} from './tile-source.ts';

/** Place of a tile: x from the west, y from the north. */
export type TileIndex = {x: number; y: number; z: number};

/** The tiles of a source that a viewport is drawn from, each once and with its share, `deeper` zooms deeper than the map takes. */
export function tilesInView(
  {minZoom, maxZoom, bounds}: Pick<TileSource, 'minZoom' | 'maxZoom' | 'bounds'>,
  viewport: WebMercatorViewport,
  deeper = 0,
): (TileIndex & {share: number})[] {
  const tileset = new Tileset2D({getTileData: () => null, extent: bounds});
  return tileZooms(viewport.zoom + deeper, minZoom, maxZoom).flatMap(({z, share}) => {
    const indices = tileset.getTileIndices({viewport, minZoom: z, maxZoom: z, zRange: null});
    // Copies of the world show the same tile more than once.
    const unique = new Map(indices.map((index) => [tileset.getTileId(index), index]));
    return Array.from(unique.values(), (index) => ({...index, share}));
  });
}
