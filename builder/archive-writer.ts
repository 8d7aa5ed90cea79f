import {closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync} from 'node:fs';
import path from 'node:path';
import {crc32, gzipSync} from 'node:zlib';
import {tileOfId} from '../core/tile-id.ts';
import {differences, encodeNumbers} from './numbers.ts';
import {readAt} from './read-at.ts';

/** A run of tiles with one content in a PMTiles directory: specification v3, section 4. */
export type DirectoryEntry = {tileId: number; runLength: number; length: number; offset: number};

/** What an archive's header says beside what the tiles themselves tell. Degrees. */
export type ArchiveFacts = {
  bounds: [west: number, south: number, east: number, north: number];
  center: [lng: number, lat: number, zoom: number];
  maxZoom: number;
  metadata: object;
};

/** What was written. */
export type WrittenArchive = {bytes: number; tiles: number; contents: number; largestTileBytes: number};

const headerBytes = 127;

/** Where the bytes of a tile lie among those of all tiles. */
type Content = {offset: number; length: number};

/** Tiles are written this many bytes at a time: thousands of small writes would take longer than all the rest. */
const waitingBytes = 1 << 20;

/** Header and root directory must lie in the first 16 KiB: specification v3, section 2. */
const rootLimit = 16_384 - headerBytes;

/** What tiles are made of, and the numbers that stand for it in a header: specification v3, sections 3.3 and 3.4. */
const tileTypes = {
  mvt: {type: 1, compression: 2},
  png: {type: 2, compression: 1},
  webp: {type: 4, compression: 1},
};

/**
 * Writes a clustered PMTiles v3 archive, of gzipped vector tiles unless told otherwise. Tiles come in rising tile-id order; equal contents are
 * stored once. Until `finish`, which renames it into place, the archive at `path` is untouched.
 */
export class ArchiveWriter {
  private readonly path: string;
  private readonly newPath: string;
  private readonly tilesPath: string;
  private readonly tilesFile: number;
  private readonly entries: DirectoryEntry[] = [];
  /** Contents by length and checksum. */
  private readonly contents = new Map<number, Content[]>();
  private distinct = 0;
  /** Bytes that are not written yet, the last ones of `size`. */
  private readonly waiting = Buffer.allocUnsafe(waitingBytes);
  private waitingSize = 0;
  private readonly leafEntries: number;
  private readonly tileType: keyof typeof tileTypes;
  private size = 0;
  private tiles = 0;
  private largest = 0;
  private open = true;

  /** `leafEntries`: entries of a leaf directory to begin with, where the root alone would be too large. */
  constructor(
    archivePath: string,
    {leafEntries = 4096, tileType = 'mvt'}: {leafEntries?: number; tileType?: keyof typeof tileTypes} = {},
  ) {
    this.path = archivePath;
    this.newPath = `${archivePath}.new`;
    this.tilesPath = `${archivePath}.tiles`;
    this.tilesFile = openSync(this.tilesPath, 'w+');
    this.leafEntries = leafEntries;
    this.tileType = tileType;
  }

  /** Adds a tile, vector tiles gzipped; ids must rise. */
  add(tileId: number, bytes: Uint8Array): void {
    const last = this.entries.at(-1);
    if (last && tileId < last.tileId + last.runLength) {
      throw new Error(`tile id ${tileId} after ${last.tileId + last.runLength - 1}: tiles must come in rising order`);
    }
    const key = contentKey(bytes);
    const content = this.known(key, bytes) ?? this.append(key, bytes);
    this.tiles++;
    if (last && last.offset === content.offset && tileId === last.tileId + last.runLength) last.runLength++;
    else this.entries.push({tileId, runLength: 1, ...content});
  }

  /** The stored bytes of a tile that was added. */
  tileBytes(tileId: number): Buffer {
    // Entries rise, so this is a binary search for the last one that begins at or before the tile.
    let low = 0;
    let high = this.entries.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.entries[middle].tileId <= tileId) low = middle;
      else high = middle - 1;
    }
    return this.read(this.entries[low]);
  }

  /** Where a content lies that was added before. */
  private known(key: number, bytes: Uint8Array): Content | undefined {
    return this.contents.get(key)?.find((content) => this.read(content).equals(bytes));
  }

  private append(key: number, bytes: Uint8Array): Content {
    if (this.waitingSize + bytes.length > waitingBytes) this.flush();
    if (bytes.length > waitingBytes) writeAll(this.tilesFile, bytes, this.size);
    else {
      this.waiting.set(bytes, this.waitingSize);
      this.waitingSize += bytes.length;
    }
    const content = {offset: this.size, length: bytes.length};
    const others = this.contents.get(key);
    if (others) others.push(content);
    else this.contents.set(key, [content]);
    this.size += bytes.length;
    this.distinct++;
    this.largest = Math.max(this.largest, bytes.length);
    return content;
  }

  private read({offset, length}: Content): Buffer {
    this.flush();
    return readAt(this.tilesFile, offset, length, 'the file of tiles');
  }

  private flush(): void {
    writeAll(this.tilesFile, this.waiting.subarray(0, this.waitingSize), this.size - this.waitingSize);
    this.waitingSize = 0;
  }

  /** Writes header, directories, metadata and tiles to a new file beside the archive, and puts it in the archive's place. */
  finish(facts: ArchiveFacts): WrittenArchive {
    this.flush();
    const {root, leaves} = directories(this.entries, this.leafEntries);
    const metadata = gzipSync(JSON.stringify(facts.metadata), {level: 9});
    const head = Buffer.concat([
      header(facts, this.entries, {
        root: root.length,
        metadata: metadata.length,
        leaves: leaves.length,
        tiles: this.size,
        addressed: this.tiles,
        contents: this.distinct,
        ...tileTypes[this.tileType],
      }),
      root,
      metadata,
      leaves,
    ]);
    const file = openSync(this.newPath, 'w');
    try {
      writeAll(file, head, 0);
      copy(this.tilesFile, file, this.size, head.length);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(this.newPath, this.path);
    syncFolder(path.dirname(this.path));
    this.abort();
    return {
      bytes: head.length + this.size,
      tiles: this.tiles,
      contents: this.distinct,
      largestTileBytes: this.largest,
    };
  }

  /** Leaves no trace of what was written so far; of an archive that was finished, the archive. */
  abort(): void {
    if (!this.open) return;
    this.open = false;
    closeSync(this.tilesFile);
    rmSync(this.tilesPath, {force: true});
    rmSync(this.newPath, {force: true});
  }
}

/** Equal for equal bytes, and seldom for others. */
function contentKey(bytes: Uint8Array): number {
  return bytes.length * 2 ** 32 + crc32(bytes);
}

/** A directory in its stored form: gzipped columns of varints, ids as differences (specification v3, section 4.2). */
export function encodeDirectory(entries: DirectoryEntry[]): Buffer {
  const numbers = [
    entries.length,
    ...differences(entries.map(({tileId}) => tileId)),
    ...entries.map(({runLength}) => runLength),
    ...entries.map(({length}) => length),
    ...entries.map(({offset}, i) => {
      const before = entries[i - 1];
      return before && offset === before.offset + before.length ? 0 : offset + 1;
    }),
  ];
  return gzipSync(encodeNumbers(numbers), {level: 9});
}

/** Root and leaf directories; leaves only where the root alone would not fit, and then as few as make it fit. */
function directories(entries: DirectoryEntry[], leafEntries: number): {root: Buffer; leaves: Buffer} {
  if (entries.length <= leafEntries) {
    const root = encodeDirectory(entries);
    if (root.length <= rootLimit) return {root, leaves: Buffer.alloc(0)};
  }
  for (let size = leafEntries; ; size = Math.ceil(size * 1.5)) {
    const leaves: Buffer[] = [];
    const pointers: DirectoryEntry[] = [];
    let offset = 0;
    for (let i = 0; i < entries.length; i += size) {
      const leaf = encodeDirectory(entries.slice(i, i + size));
      pointers.push({tileId: entries[i].tileId, runLength: 0, length: leaf.length, offset});
      leaves.push(leaf);
      offset += leaf.length;
    }
    const root = encodeDirectory(pointers);
    if (root.length <= rootLimit) return {root, leaves: Buffer.concat(leaves)};
  }
}

type Sizes = {
  root: number;
  metadata: number;
  leaves: number;
  tiles: number;
  addressed: number;
  contents: number;
  type: number;
  compression: number;
};

/** The header: specification v3, section 3. Sections follow each other without gaps. */
function header({bounds, center, maxZoom}: ArchiveFacts, entries: DirectoryEntry[], sizes: Sizes): Buffer {
  const bytes = Buffer.alloc(headerBytes);
  bytes.write('PMTiles', 0, 'ascii');
  bytes[7] = 3;
  const lengths = [sizes.root, sizes.metadata, sizes.leaves, sizes.tiles];
  let offset = headerBytes;
  lengths.forEach((length, i) => {
    bytes.writeBigUInt64LE(BigInt(offset), 8 + i * 16);
    bytes.writeBigUInt64LE(BigInt(length), 16 + i * 16);
    offset += length;
  });
  bytes.writeBigUInt64LE(BigInt(sizes.addressed), 72);
  bytes.writeBigUInt64LE(BigInt(entries.length), 80);
  bytes.writeBigUInt64LE(BigInt(sizes.contents), 88);
  bytes[96] = 1; // clustered
  bytes[97] = 2; // directories and metadata gzipped
  bytes[98] = sizes.compression;
  bytes[99] = sizes.type;
  const last = entries.at(-1);
  bytes[100] = entries.length ? tileOfId(entries[0].tileId)[0] : 0;
  bytes[101] = last ? tileOfId(last.tileId + last.runLength - 1)[0] : maxZoom;
  bounds.forEach((degrees, i) => {
    bytes.writeInt32LE(Math.round(degrees * 1e7), 102 + i * 4);
  });
  bytes[118] = center[2];
  bytes.writeInt32LE(Math.round(center[0] * 1e7), 119);
  bytes.writeInt32LE(Math.round(center[1] * 1e7), 123);
  return bytes;
}

function writeAll(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(file, bytes, done, bytes.length - done, position + done);
  }
}

/** Little enough that what was read is still at hand, in the processor's cache, when it is written. */
const copyBytes = 256 << 10;

function copy(from: number, to: number, length: number, position: number): void {
  const chunk = Buffer.alloc(Math.min(length, copyBytes));
  for (let done = 0; done < length; ) {
    const got = readSync(from, chunk, 0, Math.min(chunk.length, length - done), done);
    if (got === 0) throw new Error(`the tiles written so far end at byte ${done}, expected ${length}`);
    writeAll(to, chunk.subarray(0, got), position + done);
    done += got;
  }
}

/** Makes the rename itself durable; where folders cannot be opened (Windows) the system does so by itself. */
function syncFolder(folder: string): void {
  let handle: number;
  try {
    handle = openSync(folder, 'r');
  } catch {
    return;
  }
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
