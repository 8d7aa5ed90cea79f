import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import {VectorTile} from '@mapbox/vector-tile';
import {PbfReader} from 'pbf';
import {bytesToHeader, type Header} from 'pmtiles';
import {decodeActivityTable} from '../core/activity-table.ts';
import {groupOfRow} from '../core/group-row.ts';
import type {TrackheatMetadata} from '../core/metadata.ts';
import {extentOf, layerName, schemaVersion} from '../core/schema.ts';
import {tileOfId} from '../core/tile-id.ts';
import {decodeDirectory} from './archive-reader.ts';
import type {DirectoryEntry} from './archive-writer.ts';

/** What a check found: faults in words, and per zoom what there is. */
export type Verdict = {faults: string[]; zooms: Map<number, ZoomReport>};

export type ZoomReport = {
  tiles: number;
  bytes: number;
  largest: number;
  features: number;
  vertices: number;
  rows: number;
};

/** No fault after this many is listed: a damaged archive has thousands of the same kind. */
const faultLimit = 50;

/**
 * Checks an archive from its first byte to its last: header, directories (leaves too), order, clustering, counts, content
 * dedupe, the decoding of every tile by an independent reader, that no line leaves its tile, and that every row of the
 * activity table is in a tile of every zoom.
 */
export function verify(path: string): Verdict {
  const faults: string[] = [];
  const fault = (text: string) => {
    if (faults.length < faultLimit) faults.push(text);
  };
  const zooms = new Map<number, ZoomReport>();
  const data = readFileSync(path);
  if (data.length < 127 || data.toString('latin1', 0, 7) !== 'PMTiles' || data[7] !== 3) {
    fault(`no PMTiles v3 archive: starts with '${data.toString('latin1', 0, 8)}', ${data.length} bytes`);
    return {faults, zooms};
  }
  const header = bytesToHeader(data.buffer.slice(data.byteOffset, data.byteOffset + 127));
  if (!checkSections(header, data.length, fault)) return {faults, zooms};
  try {
    const entries = readDirectories(data, header, fault);
    checkEntries(entries, header, fault);
    const metadata = readMetadata(data, header, fault);
    checkTiles(data, header, entries, metadata, zooms, fault);
  } catch (error) {
    fault((error as Error).message);
  }
  return {faults, zooms};
}

type Fault = (text: string) => void;

function checkSections(header: Header, size: number, fault: Fault): boolean {
  const sections: [name: string, offset: number, length: number][] = [
    ['root directory', header.rootDirectoryOffset, header.rootDirectoryLength],
    ['metadata', header.jsonMetadataOffset, header.jsonMetadataLength],
    ['leaf directories', header.leafDirectoryOffset, header.leafDirectoryLength ?? 0],
    ['tile data', header.tileDataOffset, header.tileDataLength ?? 0],
  ];
  let sum = 127;
  let inside = true;
  for (const [name, offset, length] of sections) {
    sum += length;
    if (offset < 127 || offset + length > size) {
      fault(`${name}: ${length} bytes at ${offset}, the file has ${size}`);
      inside = false;
    }
  }
  if (inside && sum !== size) fault(`header and sections make ${sum} bytes, the file has ${size}`);
  if (header.rootDirectoryOffset + header.rootDirectoryLength > 16_384) fault('the root directory ends after 16 KiB');
  return inside;
}

function readDirectories(data: Buffer, header: Header, fault: Fault): DirectoryEntry[] {
  const entries: DirectoryEntry[] = [];
  const walk = (offset: number, length: number, depth: number) => {
    if (depth > 3) throw new Error('directories are nested more than three deep');
    const found = decodeDirectory(gunzipSync(data.subarray(offset, offset + length)));
    if (found.length === 0 && depth > 0) fault('a leaf directory is empty');
    for (const entry of found) {
      if (entry.length === 0) fault(`tile id ${entry.tileId}: an entry of no bytes`);
      if (entry.runLength > 0) entries.push(entry);
      else if (entry.offset + entry.length > (header.leafDirectoryLength ?? 0)) {
        fault(`tile id ${entry.tileId}: its leaf directory lies outside the section`);
      } else walk(header.leafDirectoryOffset + entry.offset, entry.length, depth + 1);
    }
  };
  walk(header.rootDirectoryOffset, header.rootDirectoryLength, 0);
  return entries;
}

function checkEntries(entries: DirectoryEntry[], header: Header, fault: Fault): void {
  let next = 0;
  let end = 0;
  let addressed = 0;
  const offsets = new Set<number>();
  for (const {tileId, runLength, length, offset} of entries) {
    if (tileId < next) fault(`tile id ${tileId} comes after ${next - 1}`);
    next = tileId + runLength;
    addressed += runLength;
    if (offset + length > (header.tileDataLength ?? 0)) fault(`tile id ${tileId}: its bytes lie outside the tile data`);
    if (offsets.has(offset)) continue;
    if (header.clustered && offset !== end)
      fault(`tile id ${tileId}: at ${offset}, clustered data continues at ${end}`);
    offsets.add(offset);
    end = offset + length;
  }
  if (!header.clustered) fault('not clustered');
  const counts: [string, number, number][] = [
    ['addressed tiles', header.numAddressedTiles, addressed],
    ['tile entries', header.numTileEntries, entries.length],
    ['tile contents', header.numTileContents, offsets.size],
  ];
  for (const [name, said, found] of counts) {
    if (said !== found) fault(`the header says ${said} ${name}, the directories have ${found}`);
  }
  if (entries.length === 0) return;
  const minZoom = tileOfId(entries[0].tileId)[0];
  const maxZoom = tileOfId(next - 1)[0];
  if (header.minZoom !== minZoom || header.maxZoom !== maxZoom) {
    fault(`the header says zooms ${header.minZoom} to ${header.maxZoom}, the tiles have ${minZoom} to ${maxZoom}`);
  }
  if (header.centerZoom < minZoom || header.centerZoom > maxZoom) fault(`centre zoom ${header.centerZoom} is outside`);
  if (!(header.minLon < header.maxLon && header.minLat < header.maxLat)) fault('the bounds have no area');
}

function readMetadata(data: Buffer, header: Header, fault: Fault): TrackheatMetadata | undefined {
  const {jsonMetadataOffset: start, jsonMetadataLength: length} = header;
  const json = JSON.parse(gunzipSync(data.subarray(start, start + length)).toString()) as {
    vector_layers?: unknown;
    trackheat?: TrackheatMetadata;
  };
  if (!Array.isArray(json.vector_layers)) fault('metadata has no vector_layers');
  if (json.trackheat === undefined) fault('metadata has no part trackheat: not an archive of heat');
  else if (json.trackheat.schema !== schemaVersion) {
    fault(`metadata is of schema ${json.trackheat.schema}, this program checks ${schemaVersion}`);
  }
  return json.trackheat;
}

function checkTiles(
  data: Buffer,
  header: Header,
  entries: DirectoryEntry[],
  metadata: TrackheatMetadata | undefined,
  zooms: Map<number, ZoomReport>,
  fault: Fault,
): void {
  const table = metadata && decodeActivityTable(metadata.activities, metadata.sports);
  const known = new Set(table?.id);
  const rowsOf = new Map<number, Set<number>>();
  const contents = new Map<string, number>();
  for (const {tileId, runLength, length, offset} of entries) {
    const [zoom] = tileOfId(tileId);
    const report = zooms.get(zoom) ?? {tiles: 0, bytes: 0, largest: 0, features: 0, vertices: 0, rows: 0};
    zooms.set(zoom, report);
    const rows = rowsOf.get(zoom) ?? new Set();
    rowsOf.set(zoom, rows);
    const packed = data.subarray(header.tileDataOffset + offset, header.tileDataOffset + offset + length);
    report.tiles += runLength;
    report.bytes += length * runLength;
    report.largest = Math.max(report.largest, length);
    const hash = createHash('sha1').update(packed).digest('base64');
    const earlier = contents.get(hash);
    if (earlier !== undefined && earlier !== offset) fault(`tile id ${tileId}: its content is stored twice`);
    contents.set(hash, offset);
    try {
      checkTile(gunzipSync(packed), tileId, extentOf(zoom, header.maxZoom), known, rows, report, fault);
    } catch (error) {
      fault(`tile id ${tileId} does not decode: ${(error as Error).message}`);
    }
  }
  for (const [zoom, rows] of rowsOf) {
    const report = zooms.get(zoom) as ZoomReport;
    report.rows = rows.size;
    // Where group rows stand for activities, these need not be there themselves.
    if (table && ![...rows].some(groupOfRow)) {
      const missing = table.id.filter((id) => !rows.has(id) && !groupOfRow(id)).length;
      if (missing > 0) fault(`zoom ${zoom}: ${missing} of ${table.count} rows are in no tile`);
    }
  }
  for (let zoom = header.minZoom; zoom <= header.maxZoom && entries.length > 0; zoom++) {
    if (!zooms.has(zoom)) fault(`zoom ${zoom} has no tile`);
  }
}

/** Decodes a tile by @mapbox/vector-tile: another reader than the one that the program draws with. */
function checkTile(
  bytes: Uint8Array,
  tileId: number,
  extent: number,
  known: Set<number>,
  rows: Set<number>,
  report: ZoomReport,
  fault: Fault,
): void {
  const layer = new VectorTile(new PbfReader(bytes)).layers[layerName];
  if (!layer) throw new Error(`it has no layer '${layerName}'`);
  // A tile that had to be made smaller has a half or a quarter of the units.
  if (![1, 2, 4].some((part) => layer.extent === extent / part)) {
    fault(`tile id ${tileId}: extent ${layer.extent}, expected ${extent}`);
  }
  let lastId = -1;
  for (let i = 0; i < layer.length; i++) {
    const feature = layer.feature(i);
    const id = feature.id ?? -1;
    if (feature.type !== 2) fault(`tile id ${tileId}: row ${id} is no line`);
    if (id < lastId) fault(`tile id ${tileId}: row ${id} comes after ${lastId}`);
    if (known.size > 0 && !known.has(id)) fault(`tile id ${tileId}: row ${id} is not in the activity table`);
    if (!(Number(feature.properties.n) >= 1)) fault(`tile id ${tileId}: row ${id} has n = ${feature.properties.n}`);
    lastId = id;
    rows.add(id);
    report.features++;
    for (const line of feature.loadGeometry()) {
      report.vertices += line.length;
      for (const {x, y} of line) {
        if (x < 0 || y < 0 || x > extent || y > extent)
          fault(`tile id ${tileId}: row ${id} leaves its tile at ${x}, ${y}`);
      }
    }
  }
}
