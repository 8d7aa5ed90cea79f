import {PbfReader, PbfWriter} from 'pbf';
import {layerName} from './schema.ts';

/**
 * One feature of a heat tile as it is written: the lines of one row in one tile.
 *
 * `geometry` holds the MVT command integers, already packed as varints (section 4.3 of the specification), so that a tile can be put
 * together without decoding its lines.
 */
export type HeatFeature = {
  /** Row: the activity's number in the library, or the computed id of a group row. */
  id: number;
  /** How many activities the lines stand for. */
  n: number;
  sport: string;
  /** Days since 1970-01-01, local date of the start; undefined where unknown. */
  from: number | undefined;
  to: number | undefined;
  /** Whether these are repeated passes of the activity (at maxZoom only). */
  again: boolean;
  geometry: Uint8Array;
};

/** A decoded heat tile: flat arrays, segments in the order of their features. */
export type HeatTile = {
  /** Tile units per side; coordinates run from 0 to this, x east, y south. */
  extent: number;
  /** Segments with stride 4: x0, y0, x1, y1 in tile units. */
  segments: Int16Array;
  features: HeatTileFeatures;
};

/** The features of a decoded tile in columns of length `count`. */
export type HeatTileFeatures = {
  count: number;
  id: Float64Array;
  n: Float64Array;
  again: Uint8Array;
  /** Index of each feature's first segment, and one past the last at the end: length `count` + 1. */
  start: Uint32Array;
};

const lineString = 2;

/**
 * The bytes of a Mapbox Vector Tile 2.1 with the one layer `heat`. Features must come by id, then first passes before
 * repeated ones; keys and values are numbered in order of first use, so that equal features give equal bytes.
 */
export function encodeHeatTile(features: HeatFeature[], extent: number): Uint8Array {
  // Room for all, so that it need not grow: nearly all of a tile is geometry.
  const room = features.reduce((sum, {geometry}) => sum + geometry.length + 32, 1024);
  const pbf = new PbfWriter(new Uint8Array(room));
  pbf.writeMessage(3, writeLayer, {features, extent});
  return pbf.finish();
}

function writeLayer({features, extent}: {features: HeatFeature[]; extent: number}, pbf: PbfWriter): void {
  const keys = new Map<string, number>();
  const values = new Map<string | number, number>();
  pbf.writeVarintField(15, 2);
  pbf.writeStringField(1, layerName);
  const tags: number[] = [];
  const tag = (key: string, value: string | number) => {
    tags.push(indexOf(keys, key), indexOf(values, value));
  };
  for (const feature of features) {
    tags.length = 0;
    tag('n', feature.n);
    tag('sport', feature.sport);
    if (feature.from !== undefined) tag('from', feature.from);
    if (feature.to !== undefined) tag('to', feature.to);
    if (feature.again) tag('again', 1);
    pbf.writeMessage(2, writeFeature, {id: feature.id, tags, geometry: feature.geometry});
  }
  for (const key of keys.keys()) pbf.writeStringField(3, key);
  for (const value of values.keys()) pbf.writeMessage(4, writeValue, value);
  pbf.writeVarintField(5, extent);
}

function writeFeature({id, tags, geometry}: {id: number; tags: number[]; geometry: Uint8Array}, pbf: PbfWriter): void {
  pbf.writeVarintField(1, id);
  pbf.writePackedVarint(2, tags);
  pbf.writeVarintField(3, lineString);
  pbf.writeTag(4, 2);
  pbf.writeVarint(geometry.length);
  // pbf copies byte by byte, which is slow where the bytes lie in shared memory.
  pbf.realloc(geometry.length);
  pbf.buf.set(geometry, pbf.pos);
  pbf.pos += geometry.length;
}

/** Strings as string_value, negative whole numbers as sint_value, others as uint_value: MVT 2.1, section 4.1. */
function writeValue(value: string | number, pbf: PbfWriter): void {
  if (typeof value === 'string') pbf.writeStringField(1, value);
  else if (value < 0) pbf.writeSVarintField(6, value);
  else pbf.writeVarintField(5, value);
}

function indexOf<T>(indices: Map<T, number>, key: T): number {
  let index = indices.get(key);
  if (index === undefined) {
    index = indices.size;
    indices.set(key, index);
  }
  return index;
}

/**
 * Decodes an uncompressed heat tile to flat arrays, without an object per feature or point. A tile without the layer
 * `heat` gives one without features. Throws on bytes that are no vector tile.
 */
export function decodeHeatTile(bytes: Uint8Array): HeatTile {
  const layer = findLayer(bytes);
  if (!layer) return {extent: 4096, segments: new Int16Array(0), features: emptyFeatures()};
  const {extent, keys, values, positions} = layer;
  const pbf = new PbfReader(bytes);
  const count = positions.length;
  const id = new Float64Array(count);
  const n = new Float64Array(count).fill(1);
  const again = new Uint8Array(count);
  const start = new Uint32Array(count + 1);
  const nKey = keys.indexOf('n');
  const againKey = keys.indexOf('again');
  let segments = new Int16Array(4096);
  let at = 0;
  for (let f = 0; f < count; f++) {
    start[f] = at >> 2;
    pbf.pos = positions[f];
    const end = pbf.readVarint() + pbf.pos;
    while (pbf.pos < end) {
      const field = pbf.readVarint();
      if (field === 0x08) id[f] = pbf.readVarint();
      else if (field === 0x12) {
        const tagsEnd = pbf.readVarint() + pbf.pos;
        while (pbf.pos < tagsEnd) {
          const key = pbf.readVarint();
          const value = values[pbf.readVarint()];
          if (key === nKey) n[f] = Number(value);
          else if (key === againKey) again[f] = Number(value) ? 1 : 0;
        }
      } else if (field === 0x22) {
        const geometryEnd = pbf.readVarint() + pbf.pos;
        // A segment takes at least two bytes, so this is always room enough.
        const needed = at + (geometryEnd - pbf.pos) * 2;
        if (needed > segments.length) {
          const grown = new Int16Array(Math.max(needed, segments.length * 2));
          grown.set(segments.subarray(0, at));
          segments = grown;
        }
        at = readLines(pbf, geometryEnd, segments, at);
      } else pbf.skip(field);
    }
  }
  start[count] = at >> 2;
  return {extent, segments: segments.slice(0, at), features: {count, id, n, again, start}};
}

/** A feature as it lies in a tile: its row, whether it is a repeated pass, and its geometry, still packed. */
export type PackedFeature = Pick<HeatFeature, 'id' | 'again' | 'geometry'>;

/** The features of an uncompressed heat tile without decoding their lines: to be put into another tile as they are. */
export function readHeatFeatures(bytes: Uint8Array): PackedFeature[] {
  const layer = findLayer(bytes);
  if (!layer) return [];
  const againKey = layer.keys.indexOf('again');
  const pbf = new PbfReader(bytes);
  return layer.positions.map((position) => {
    pbf.pos = position;
    const end = pbf.readVarint() + pbf.pos;
    const feature: PackedFeature = {id: 0, again: false, geometry: new Uint8Array(0)};
    while (pbf.pos < end) {
      const field = pbf.readVarint();
      if (field === 0x08) feature.id = pbf.readVarint();
      else if (field === 0x12) {
        const tagsEnd = pbf.readVarint() + pbf.pos;
        while (pbf.pos < tagsEnd) {
          if (pbf.readVarint() === againKey) feature.again = true;
          pbf.readVarint();
        }
      } else if (field === 0x22) feature.geometry = pbf.readBytes();
      else pbf.skip(field);
    }
    return feature;
  });
}

/** Reads MVT line commands up to `end` and writes their segments (stride 4) from `at` on; returns where it stopped. */
function readLines(pbf: PbfReader, end: number, segments: Int16Array, at: number): number {
  const bytes = pbf.buf;
  let pos = pbf.pos;
  let x = 0;
  let y = 0;
  let command = 0;
  let length = 0;
  while (pos < end) {
    if (length === 0) {
      pbf.pos = pos;
      const integer = pbf.readVarint();
      pos = pbf.pos;
      command = integer & 7;
      length = integer >> 3;
      // Neither MoveTo nor LineTo: a line has no others, and without parameters it moves nothing.
      if (command !== 1 && command !== 2) length = 0;
      continue;
    }
    length--;
    // Most deltas are one or two bytes; the general case goes through the reader.
    let byte = bytes[pos++];
    let dx = byte & 127;
    if (byte > 127) {
      byte = bytes[pos++];
      dx |= (byte & 127) << 7;
      if (byte > 127) {
        byte = bytes[pos++];
        dx |= (byte & 127) << 14;
      }
    }
    byte = bytes[pos++];
    let dy = byte & 127;
    if (byte > 127) {
      byte = bytes[pos++];
      dy |= (byte & 127) << 7;
      if (byte > 127) {
        byte = bytes[pos++];
        dy |= (byte & 127) << 14;
      }
    }
    const nextX = x + ((dx >> 1) ^ -(dx & 1));
    const nextY = y + ((dy >> 1) ^ -(dy & 1));
    if (command === 2) {
      segments[at] = x;
      segments[at + 1] = y;
      segments[at + 2] = nextX;
      segments[at + 3] = nextY;
      at += 4;
    }
    x = nextX;
    y = nextY;
  }
  pbf.pos = end;
  return at;
}

type RawLayer = {extent: number; keys: string[]; values: (string | number)[]; positions: number[]};

/** Finds the layer `heat`: its tables and the byte positions of its features. */
function findLayer(bytes: Uint8Array): RawLayer | undefined {
  const pbf = new PbfReader(bytes);
  while (pbf.pos < pbf.length) {
    const field = pbf.readVarint();
    if (field !== 0x1a) {
      pbf.skip(field);
      continue;
    }
    const end = pbf.readVarint() + pbf.pos;
    if (end > pbf.length) throw new Error(`heat tile: a layer ends at byte ${end}, the tile has ${pbf.length}`);
    const layer: RawLayer = {extent: 4096, keys: [], values: [], positions: []};
    let name = '';
    while (pbf.pos < end) {
      const inner = pbf.readVarint();
      if (inner === 0x0a) name = pbf.readString();
      else if (inner === 0x12) {
        layer.positions.push(pbf.pos);
        pbf.pos = pbf.readVarint() + pbf.pos;
      } else if (inner === 0x1a) layer.keys.push(pbf.readString());
      else if (inner === 0x22) layer.values.push(readValue(pbf));
      else if (inner === 0x28) layer.extent = pbf.readVarint();
      else pbf.skip(inner);
    }
    if (name === layerName) return layer;
  }
  return undefined;
}

function readValue(pbf: PbfReader): string | number {
  const end = pbf.readVarint() + pbf.pos;
  let value: string | number = 0;
  while (pbf.pos < end) {
    const field = pbf.readVarint();
    if (field === 0x0a) value = pbf.readString();
    else if (field === 0x15) value = pbf.readFloat();
    else if (field === 0x19) value = pbf.readDouble();
    else if (field === 0x20) value = pbf.readVarint(true);
    else if (field === 0x28) value = pbf.readVarint();
    else if (field === 0x30) value = pbf.readSVarint();
    else if (field === 0x38) value = pbf.readBoolean() ? 1 : 0;
    else pbf.skip(field);
  }
  return value;
}

function emptyFeatures(): HeatTileFeatures {
  return {
    count: 0,
    id: new Float64Array(0),
    n: new Float64Array(0),
    again: new Uint8Array(0),
    start: new Uint32Array(1),
  };
}
