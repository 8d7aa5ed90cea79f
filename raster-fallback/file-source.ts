import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import type {RangeResponse, Source} from 'pmtiles';

/** Bytes of a PMTiles v3 header: specification, section 3. */
const headerBytes = 127;

/** A file as the pmtiles library reads it, open until `close`: renaming another file over it does not touch it. */
export class FileSource implements Source {
  readonly path: string;
  /** Differs from that of any file that was or will be at this path. */
  readonly identity: string;
  private readonly size: number;
  private descriptor: number | undefined;

  constructor(path: string) {
    this.path = path;
    this.descriptor = openSync(path, 'r');
    const {ino, size, mtimeNs} = fstatSync(this.descriptor, {bigint: true});
    this.size = Number(size);
    this.identity = `${ino.toString(36)}-${size.toString(36)}-${mtimeNs.toString(36)}`;
  }

  getKey(): string {
    return this.path;
  }

  /**
   * Bytes of the file, fewer only at its beginning: the library's first read asks for more than a small archive has.
   * Read synchronously, because the page cache answers in microseconds and the way through the thread pool takes
   * longer.
   */
  async getBytes(offset: number, length: number): Promise<RangeResponse> {
    if (this.descriptor === undefined) throw new Error(`${this.path}: read after close`);
    if (this.size < headerBytes) {
      throw new Error(`${this.path}: ${this.size} bytes, expected the ${headerBytes} of a PMTiles header at least`);
    }
    const end = offset === 0 ? Math.min(length, this.size) : offset + length;
    if (end > this.size) throw new Error(`${this.path}: ends at byte ${this.size}, expected at least ${end}`);
    const bytes = new Uint8Array(end - offset);
    let filled = 0;
    while (filled < bytes.length) {
      const read = readSync(this.descriptor, bytes, filled, bytes.length - filled, offset + filled);
      if (read === 0) throw new Error(`${this.path}: ends at byte ${offset + filled}, expected at least ${end}`);
      filled += read;
    }
    return {data: bytes.buffer};
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }
}
