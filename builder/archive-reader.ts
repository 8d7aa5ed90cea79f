import {createHash} from 'node:crypto';
import {closeSync, fstatSync, openSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import {PbfReader} from 'pbf';
import {bytesToHeader, type Header} from 'pmtiles';
import type {DirectoryEntry} from './archive-writer.ts';
import {readAt} from './read-at.ts';

/** Tiles that are asked for in order are read this many bytes at a time. */
const aheadBytes = 1 << 20;

/** An archive of ours that is open for reading, with all its directory entries in tile-id order. */
export class ArchiveReader {
  readonly header: Header;
  readonly entries: DirectoryEntry[] = [];
  /** SHA-256 of everything before the tile data, which tells any two archives of ours apart. */
  readonly fingerprint: string;
  private readonly file: number;
  /** A stretch of the file that was read ahead, and where it begins. */
  private ahead: {from: number; bytes: Buffer} = {from: 0, bytes: Buffer.alloc(0)};

  /** Opens an archive; throws where it is none, or damaged. */
  constructor(path: string) {
    this.file = openSync(path, 'r');
    try {
      const bytes = this.read(0, 127);
      this.header = bytesToHeader(Uint8Array.from(bytes).buffer);
      const {tileDataOffset, tileDataLength = 0} = this.header;
      const size = fstatSync(this.file).size;
      if (tileDataOffset + tileDataLength !== size) {
        throw new Error(`${path}: the header says ${tileDataOffset + tileDataLength} bytes, the file has ${size}`);
      }
      const head = this.read(0, tileDataOffset);
      this.fingerprint = createHash('sha256').update(head).digest('hex');
      this.addEntries(head, this.header.rootDirectoryOffset, this.header.rootDirectoryLength);
    } catch (error) {
      closeSync(this.file);
      throw error;
    }
  }

  /** The stored bytes of an entry's tile. */
  tileBytes({offset, length}: DirectoryEntry): Buffer {
    return this.read(this.header.tileDataOffset + offset, length);
  }

  /** The same for entries that are asked for in the order in which they lie in the file, read many at a time. */
  nextTileBytes(entry: DirectoryEntry): Buffer {
    const {offset, length} = entry;
    const {tileDataOffset, tileDataLength = 0} = this.header;
    const position = tileDataOffset + offset;
    const start = position - this.ahead.from;
    // A content that stands for several places lies with the first of them.
    if (start < 0) return this.tileBytes(entry);
    if (start + length > this.ahead.bytes.length) {
      const size = Math.max(length, Math.min(aheadBytes, tileDataLength - offset));
      this.ahead = {from: position, bytes: this.read(position, size)};
    }
    const at = position - this.ahead.from;
    return this.ahead.bytes.subarray(at, at + length);
  }

  close(): void {
    closeSync(this.file);
  }

  private addEntries(head: Buffer, offset: number, length: number): void {
    for (const entry of decodeDirectory(gunzipSync(head.subarray(offset, offset + length)))) {
      if (entry.runLength > 0) this.entries.push(entry);
      else this.addEntries(head, this.header.leafDirectoryOffset + entry.offset, entry.length);
    }
  }

  private read(position: number, length: number): Buffer {
    return readAt(this.file, position, length, 'the archive');
  }
}

/** Reads an unpacked directory: specification v3, section 4.2. */
export function decodeDirectory(bytes: Uint8Array): DirectoryEntry[] {
  const pbf = new PbfReader(bytes);
  const count = pbf.readVarint();
  if (count > bytes.length) throw new Error(`a directory of ${bytes.length} bytes says it has ${count} entries`);
  const entries: DirectoryEntry[] = [];
  let tileId = 0;
  for (let i = 0; i < count; i++) {
    tileId += pbf.readVarint();
    entries.push({tileId, runLength: 0, length: 0, offset: 0});
  }
  for (const entry of entries) entry.runLength = pbf.readVarint();
  for (const entry of entries) entry.length = pbf.readVarint();
  entries.forEach((entry, i) => {
    const value = pbf.readVarint();
    const before = entries[i - 1];
    entry.offset = value === 0 && before ? before.offset + before.length : value - 1;
  });
  if (pbf.pos !== bytes.length) throw new Error(`a directory ends at byte ${pbf.pos}, its section has ${bytes.length}`);
  return entries;
}
