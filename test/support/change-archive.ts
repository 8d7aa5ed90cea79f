import {readFileSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import {VectorTile} from '@mapbox/vector-tile';
import {PbfReader} from 'pbf';
import {ArchiveReader} from '../../builder/archive-reader.ts';
import {ArchiveWriter} from '../../builder/archive-writer.ts';
import {packTile} from '../../builder/pack-tile.ts';
import {encodeHeatTile, type HeatFeature, readHeatFeatures} from '../../core/heat-tile.ts';
import type {TrackheatMetadata} from '../../core/metadata.ts';
import {tileOfId} from '../../core/tile-id.ts';

/** A tile of an archive, to be changed. */
export type OpenTile = {id: number; zoom: number; extent: number; features: HeatFeature[]};

/** All tiles of an archive with their features. */
export function openTiles(archive: string): OpenTile[] {
  const reader = new ArchiveReader(archive);
  const tiles: OpenTile[] = [];
  for (const entry of reader.entries) {
    const bytes = gunzipSync(reader.tileBytes(entry));
    for (let id = entry.tileId; id < entry.tileId + entry.runLength; id++) tiles.push(openTile(id, bytes));
  }
  reader.close();
  return tiles;
}

function openTile(id: number, bytes: Uint8Array): OpenTile {
  const layer = new VectorTile(new PbfReader(bytes)).layers.heat;
  const features = readHeatFeatures(bytes).map((packed, i) => {
    const {n, sport, from, to} = layer.feature(i).properties;
    const day = (value: unknown) => (value === undefined ? undefined : Number(value));
    return {...packed, n: Number(n), sport: String(sport), from: day(from), to: day(to)};
  });
  return {id, zoom: tileOfId(id)[0], extent: layer.extent, features};
}

/**
 * Writes a whole archive like another one, but for some tiles (their features as `change` gives them, none where that is nothing)
 * and whatever `edit` does to the metadata: wrong only in what it says.
 */
export function changeArchive(
  from: string,
  to: string,
  change: (tile: OpenTile) => HeatFeature[] = ({features}) => features,
  edit: (metadata: TrackheatMetadata) => void = () => undefined,
): void {
  const reader = new ArchiveReader(from);
  const {jsonMetadataOffset: start, jsonMetadataLength: length, ...header} = reader.header;
  reader.close();
  const metadata = JSON.parse(gunzipSync(readFileSync(from).subarray(start, start + length)).toString()) as {
    trackheat: TrackheatMetadata;
  };
  const tiles = openTiles(from);
  for (const tile of tiles) tile.features = change(tile);
  metadata.trackheat.counts.lines = tiles.reduce((sum, {features}) => sum + features.length, 0);
  edit(metadata.trackheat);
  const writer = new ArchiveWriter(to);
  for (const {features, ...tile} of tiles) {
    if (features.length > 0) writer.add(tile.id, packTile(encodeHeatTile(features, tile.extent)));
  }
  writer.finish({
    bounds: [header.minLon, header.minLat, header.maxLon, header.maxLat],
    center: [header.centerLon, header.centerLat, header.centerZoom],
    maxZoom: header.maxZoom,
    metadata,
  });
}
