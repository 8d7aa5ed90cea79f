import {tileSegments} from '../../client/tiles/tile-segments.ts';
import type {TileSource} from '../../client/tiles/tile-source.ts';
import {decodeHeatTile, encodeHeatTile} from '../../core/heat-tile.ts';
import {extentOf} from '../../core/schema.ts';
import {type StraightLine, straightTiles} from './straight-tiles.ts';

/** A source of the tiles of straight lines, row 0 being id 1; it writes down what it is asked for. */
export function tileSource(lines: StraightLine[], maxZoom: number): TileSource & {asked: string[]} {
  const rows = Math.max(...lines.map(({id}) => id));
  const index = new Map(Array.from({length: rows}, (_, i) => [i + 1, i]));
  const asked: string[] = [];
  return {
    asked,
    minZoom: 0,
    maxZoom,
    bounds: [-180, -85, 180, 85],
    async readTile(z, x, y) {
      asked.push(`${z}/${x}/${y}`);
      const tile = straightTiles(lines, z, maxZoom).find((each) => each.x === x && each.y === y);
      if (!tile) return null;
      return tileSegments(decodeHeatTile(encodeHeatTile(tile.features, extentOf(z, maxZoom))), index);
    },
  };
}
