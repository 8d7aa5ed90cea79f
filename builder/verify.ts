import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import {VectorTile} from '@mapbox/vector-tile';
import {PbfReader} from 'pbf';
import {bytesToHeader, type Header} from 'pmtiles';
import {type ActivityTable, decodeActivityTable} from '../core/activity-table.ts';
import {groupOfRow} from '../core/group-row.ts';
import type {TrackheatMetadata} from '../core/metadata.ts';
import {extentOf, gridExtent, layerName, schemaVersion} from '../core/schema.ts';
import {tileOfId} from '../core/tile-id.ts';
import {decodeDirectory} from './archive-reader.ts';
import type {DirectoryEntry} from './archive-writer.ts';
import {type BorderEnds, borderSample, checkBorders, withNeighbours} from './verify/check-borders.ts';
import {checkMembers, checkZooms, type TileRows} from './verify/check-members.ts';
import {checkGroupRows, compareTable} from './verify/check-table.ts';
import {type Expected, expectedOf} from './verify/expected.ts';

/**
 * What a check found: faults in words, and per zoom what there is. `compared`: whether the archive was held against its library;
 * false where the library has changed since.
 */
export type Verdict = {faults: string[]; zooms: Map<number, ZoomReport>; compared: boolean};

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
 * dedupe, the decoding of every tile by an independent reader, that no line leaves its tile, that lines go on beyond tile borders,
 * and that every row of the activity table is in a tile of every zoom. Where `data`, the folder of its library, is given, also that
 * the table says what the library says, and that every activity is in every tile in which it must be.
 */
export function verify(path: string, data?: string): Verdict {
  const faults: string[] = [];
  const fault = (text: string) => {
    if (faults.length < faultLimit) faults.push(text);
  };
  const zooms = new Map<number, ZoomReport>();
  const bytes = readFileSync(path);
  if (bytes.length < 127 || bytes.toString('latin1', 0, 7) !== 'PMTiles' || bytes[7] !== 3) {
    fault(`no PMTiles v3 archive: starts with '${bytes.toString('latin1', 0, 8)}', ${bytes.length} bytes`);
    return {faults, zooms, compared: false};
  }
  const header = bytesToHeader(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + 127));
  if (!checkSections(header, bytes.length, fault)) return {faults, zooms, compared: false};
  const expected = data === undefined ? undefined : expectedOf(data, header.maxZoom);
  try {
    const entries = readDirectories(bytes, header, fault);
    checkEntries(entries, header, fault);
    const metadata = readMetadata(bytes, header, fault);
    const table = metadata && decodeActivityTable(metadata.activities, metadata.sports);
    if (table) checkGroupRows(table, fault);
    if (table && expected) compareTable(table, expected.table, fault);
    if (table && metadata) checkCounts(metadata, table, fault);
    checkTiles(bytes, header, entries, table, expected, zooms, fault);
    if (metadata) checkLines(metadata, zooms, fault);
  } catch (error) {
    fault((error as Error).message);
  }
  return {faults, zooms, compared: expected !== undefined};
}

export type Fault = (text: string) => void;

/** Checks that the counts of the metadata are those of its table. */
function checkCounts({counts}: TrackheatMetadata, table: ActivityTable, fault: Fault): void {
  const single = table.id.filter((id) => !groupOfRow(id)).length;
  if (single > 0 && counts.activities !== single) {
    fault(`metadata counts ${counts.activities} activities, the activity table has ${single}`);
  }
}

/** Checks that as many lines are counted as the tiles have. */
function checkLines({counts}: TrackheatMetadata, zooms: Map<number, ZoomReport>, fault: Fault): void {
  const lines = [...zooms.values()].reduce((sum, {features}) => sum + features, 0);
  if (counts.lines !== lines) fault(`metadata counts ${counts.lines} lines, the tiles have ${lines}`);
}

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
  table: ActivityTable | undefined,
  expected: Expected | undefined,
  zooms: Map<number, ZoomReport>,
  fault: Fault,
): void {
  const known = new Set(table?.id);
  const rowsOf = new Map<number, Set<number>>();
  const contents = new Map<string, number>();
  const found = new Set<number>();
  const sample = borderSample(entries, header.maxZoom);
  const bordering = withNeighbours(sample);
  const ends = new Map<number, BorderEnds>();
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
    let content: TileContent;
    try {
      content = checkTile(gunzipSync(packed), tileId, extentOf(zoom, header.maxZoom), known, fault);
    } catch (error) {
      fault(`tile id ${tileId} does not decode: ${(error as Error).message}`);
      for (let id = tileId; id < tileId + runLength; id++) found.add(id);
      continue;
    }
    report.features += content.features * runLength;
    report.vertices += content.vertices * runLength;
    for (const id of content.rows.keys()) rows.add(id);
    for (let id = tileId; id < tileId + runLength; id++) {
      found.add(id);
      if (expected) checkMembers(id, content.rows, expected, fault);
      if (bordering.has(id)) ends.set(id, content.ends);
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
  if (expected) checkZooms(expected, header.maxZoom, found, fault);
  checkBorders(sample, ends, header.maxZoom, (zoom) => extentOf(zoom, header.maxZoom), fault);
}

/** The rows of a tile, where its lines end on its border, and how much there is. */
type TileContent = {rows: TileRows; ends: BorderEnds; features: number; vertices: number};

/** Decodes a tile by @mapbox/vector-tile: another reader than the one that the program draws with. */
function checkTile(bytes: Uint8Array, tileId: number, extent: number, known: Set<number>, fault: Fault): TileContent {
  const layer = new VectorTile(new PbfReader(bytes)).layers[layerName];
  if (!layer) throw new Error(`it has no layer '${layerName}'`);
  // A tile that had to be made smaller has a half or a quarter of the units.
  if (![1, 2, 4].some((part) => layer.extent === extent / part)) {
    fault(`tile id ${tileId}: extent ${layer.extent}, expected ${extent}`);
  }
  const rows: TileRows = new Map();
  const ends: BorderEnds = {whole: layer.extent === extent, x: [], y: [], row: [], n: []};
  let lastId = -1;
  let vertices = 0;
  for (let i = 0; i < layer.length; i++) {
    const feature = layer.feature(i);
    const id = feature.id ?? -1;
    const n = Number(feature.properties.n);
    if (feature.type !== 2) fault(`tile id ${tileId}: row ${id} is no line`);
    if (id < lastId) fault(`tile id ${tileId}: row ${id} comes after ${lastId}`);
    if (known.size > 0 && !known.has(id)) fault(`tile id ${tileId}: row ${id} is not in the activity table`);
    if (!(n >= 1)) fault(`tile id ${tileId}: row ${id} has n = ${feature.properties.n}`);
    lastId = id;
    rows.set(id, Math.max(rows.get(id) ?? 0, n));
    if (groupOfRow(id)) ends.whole = false;
    for (const line of feature.loadGeometry()) {
      vertices += line.length;
      for (const {x, y} of line) {
        if (x < 0 || y < 0 || x > layer.extent || y > layer.extent)
          fault(`tile id ${tileId}: row ${id} leaves its tile at ${x}, ${y}`);
      }
      addEnds(ends, line, extent, id, n);
    }
  }
  return {rows, ends, features: layer.length, vertices};
}

/** Adds the ends of a line that lie on the tile's border. A track within one cell is a line as long as the cell, which goes nowhere. */
function addEnds(ends: BorderEnds, line: {x: number; y: number}[], extent: number, row: number, n: number): void {
  const first = line[0];
  const last = line[line.length - 1];
  const isLevel = line.length === 2 && last.y === first.y && first.y % 2 === 1;
  if (extent === gridExtent && isLevel && first.x % 2 === 0 && Math.abs(last.x - first.x) === 2) return;
  for (const {x, y} of [first, last]) {
    if (x !== 0 && y !== 0 && x !== extent && y !== extent) continue;
    ends.x.push(x);
    ends.y.push(y);
    ends.row.push(row);
    ends.n.push(n);
  }
}
