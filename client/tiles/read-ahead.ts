import type {WebMercatorViewport} from '@deck.gl/core';
import {tileZooms} from '../../core/tile-zooms.ts';
import type {TileSource} from './tile-source.ts';
import {tilesInView} from './tiles-in-view.ts';

/** So many at most, that what is looked at next need not wait for them. */
const most = 24;

/** A tile that nobody asked for by then is let go, ms. */
const keptMilliseconds = 20_000;

/**
 * A source whose tiles of a first view, the coarser ones, are read at once, while the GPU gets ready for its first frame, which
 * would ask for them a second or more later. Each is given out once; one that could not be read is read again.
 */
export function readAhead(source: TileSource, viewport: WebMercatorViewport): TileSource {
  const ahead = new Map<string, ReturnType<TileSource['readTile']>>();
  const [{z: coarse}] = tileZooms(viewport.zoom, source.minZoom, source.maxZoom);
  for (const {x, y, z} of tilesInView(source, viewport, coarse).slice(0, most)) {
    const tile = source.readTile(z, x, y);
    tile.catch(() => ahead.delete(keyOf(z, x, y)));
    ahead.set(keyOf(z, x, y), tile);
  }
  setTimeout(() => ahead.clear(), keptMilliseconds);
  const {minZoom, maxZoom, bounds} = source;
  return {
    minZoom,
    maxZoom,
    bounds,
    readTile(z, x, y, signal) {
      const tile = ahead.get(keyOf(z, x, y));
      ahead.delete(keyOf(z, x, y));
      return tile ?? source.readTile(z, x, y, signal);
    },
  };
}

function keyOf(z: number, x: number, y: number): string {
  return `${z}/${x}/${y}`;
}
