import type {Feature, MultiLineString} from 'geojson';
import GeoJSONVT from 'geojson-vt';
import {fromGeojsonVt} from 'vt-pbf';
import {type ActivityTable, rowIndex} from '../../core/activity-table.ts';
import {decodeHeatTile} from '../../core/heat-tile.ts';
import {fineExtent, layerName} from '../../core/schema.ts';
import type {Bounds} from '../map/view.ts';
import {tileSegments} from '../tiles/tile-segments.ts';
import type {TileSource} from '../tiles/tile-source.ts';
import type {Passes} from './mark-passes.ts';

/** Row of what was dropped: activities are counted from 1. */
const droppedRow = 0;

/** Tile units, of 8 to a CSS pixel, that a line may be off below maxZoom. */
const tolerance = 2;

/**
 * Tiles of activities that were dropped, made when they are asked for and decoded by the same code as those of an archive. Their row is
 * one that the archive's table does not know: it counts where nothing is filtered.
 */
export function droppedTiles(
  activities: Passes[],
  bounds: Bounds,
  {table, minZoom, maxZoom}: {table: ActivityTable; minZoom: number; maxZoom: number},
): TileSource {
  const features = activities.flatMap(({first, again}) => [
    featureOf(first, {n: 1}),
    featureOf(again, {n: 1, again: 1}),
  ]);
  const collection = {type: 'FeatureCollection' as const, features};
  // Without a buffer, in which everything near a border would count twice.
  const tiles = new GeoJSONVT(collection, {maxZoom, extent: fineExtent, buffer: 0, tolerance});
  const rows = rowIndex(table);
  return {
    minZoom,
    maxZoom,
    bounds: worldwide(bounds),
    async readTile(z, x, y) {
      const tile = tiles.getTile(z, x, y);
      if (!tile || tile.features.length === 0) return null;
      return tileSegments(decodeHeatTile(fromGeojsonVt({[layerName]: tile}, {version: 2, extent: fineExtent})), rows);
    },
  };
}

function featureOf(lines: number[][][], properties: Record<string, number>): Feature<MultiLineString> {
  return {type: 'Feature', id: droppedRow, properties, geometry: {type: 'MultiLineString', coordinates: lines}};
}

/** All longitudes where a line crosses the antimeridian: its tiles lie at both ends of the world. */
function worldwide([west, south, east, north]: Bounds): Bounds {
  return west < -180 || east > 180 ? [-180, south, 180, north] : [west, south, east, north];
}
