import {gzipSync} from 'node:zlib';
import {ArchiveWriter} from '../../builder/archive-writer.ts';
import {type ActivityTable, encodeActivityTable, unknownDay} from '../../core/activity-table.ts';
import {encodeHeatTile, type HeatFeature} from '../../core/heat-tile.ts';
import {quantileProbabilities, quantileZooms, type TrackheatMetadata} from '../../core/metadata.ts';
import {extentOf, layerName, schemaVersion} from '../../core/schema.ts';
import {sports} from '../../core/sports.ts';
import {tileId} from '../../core/tile-id.ts';

/** A tile of an archive made for a test. */
export type SmallTile = {z: number; x: number; y: number; features: HeatFeature[]};

/** Writes an archive of a few tiles, with activities 1 to `rows`, all rides of unknown date. */
export function writeSmallArchive(
  path: string,
  tiles: SmallTile[],
  {maxZoom = 4, rows = 9, more = {}}: {maxZoom?: number; rows?: number; more?: Partial<TrackheatMetadata>} = {},
): void {
  const writer = new ArchiveWriter(path);
  const sorted = tiles.map((tile) => ({...tile, id: tileId(tile.z, tile.x, tile.y)})).sort((a, b) => a.id - b.id);
  for (const {id, z, features} of sorted) {
    writer.add(id, gzipSync(encodeHeatTile(features, extentOf(z, maxZoom))));
  }
  const trackheat: TrackheatMetadata = {
    schema: schemaVersion,
    detail: 'activity',
    sports: [...sports],
    activities: encodeActivityTable(ridesTable(rows)),
    quantiles: Array.from({length: quantileZooms}, () => quantileProbabilities.map((share) => 0.05 + 8 * share)),
    bounds: [-180, -85, 180, 85],
    counts: {activities: rows, lines: tiles.reduce((sum, {features}) => sum + features.length, 0), points: 2 * rows},
    imported: '',
    ...more,
  };
  writer.finish({
    bounds: [-180, -85, 180, 85],
    center: [0, 0, 0],
    maxZoom,
    metadata: {vector_layers: [{id: layerName, fields: {}}], trackheat},
  });
}

function ridesTable(count: number): ActivityTable {
  return {
    count,
    id: Float64Array.from({length: count}, (_, i) => i + 1),
    sport: new Uint8Array(count).fill(sports.indexOf('ride')),
    from: new Int32Array(count).fill(unknownDay),
    to: new Int32Array(count).fill(unknownDay),
    activities: new Float64Array(count).fill(1),
  };
}
