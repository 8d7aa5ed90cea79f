import {closeSync, openSync, renameSync, rmSync, writeSync} from 'node:fs';
import {crc32, createDeflate, type Deflate} from 'node:zlib';

/** Bytes of a pixel: red, green, blue, opacity (straight). */
const pixelBytes = 4;

/**
 * Writes a PNG (third edition) of 8-bit RGBA row by row, so that its size is limited by the disk and not by memory. Until
 * `finish` it has another name. After an error of `add` or `finish` it must be aborted.
 */
export class PngFile {
  private readonly path: string;
  private readonly file: number;
  private open = true;
  private readonly width: number;
  private readonly deflate: Deflate;
  /** Rejected with the first error of compressing or writing. */
  private readonly ended: Promise<void>;
  /** The row before the next one: each row is stored as its difference to it (filter type 2, "Up"). */
  private above: Uint8Array;

  constructor(path: string, width: number, height: number) {
    this.path = path;
    this.width = width;
    this.above = new Uint8Array(width * pixelBytes);
    this.deflate = createDeflate({level: 6, chunkSize: 1 << 18});
    this.deflate.on('data', (bytes: Buffer) => {
      try {
        this.chunk('IDAT', bytes);
      } catch (error) {
        this.deflate.destroy(error as Error);
      }
    });
    this.ended = new Promise((resolve, reject) => {
      this.deflate.once('end', resolve);
      this.deflate.once('error', reject);
    });
    // A rejection is thrown by the next `add` or `finish`; until then it must not count as unhandled.
    this.ended.catch(() => undefined);
    this.file = openSync(`${path}.part`, 'w');
    try {
      this.header(width, height);
    } catch (error) {
      this.abort();
      throw error;
    }
  }

  /** Adds whole rows of pixels. */
  async add(rgba: Uint8Array): Promise<void> {
    const stride = this.width * pixelBytes;
    const rows = rgba.length / stride;
    const lines = new Uint8Array(rows * (stride + 1));
    for (let row = 0; row < rows; row++) {
      const to = row * (stride + 1);
      const from = row * stride;
      const above = row === 0 ? this.above : rgba;
      const aboveAt = row === 0 ? 0 : from - stride;
      lines[to] = 2;
      for (let i = 0; i < stride; i++) lines[to + 1 + i] = rgba[from + i] - above[aboveAt + i];
    }
    this.above = rgba.slice((rows - 1) * stride);
    const written = new Promise<void>((resolve, reject) =>
      this.deflate.write(lines, (error) => (error ? reject(error) : resolve())),
    );
    // `ended` comes first: where writing the file failed before, it knows the reason and `written` does not.
    await Promise.race([this.ended, written]);
  }

  /** Ends the picture and puts it in its place. */
  async finish(): Promise<void> {
    this.deflate.end();
    await this.ended;
    this.chunk('IEND', new Uint8Array(0));
    this.close();
    renameSync(`${this.path}.part`, this.path);
  }

  /** Leaves no trace of what was written so far. */
  abort(): void {
    this.deflate.destroy();
    this.close();
    rmSync(`${this.path}.part`, {force: true});
  }

  /** Closes the file once, however often it is called: by then its number may be another file's. */
  private close(): void {
    if (!this.open) return;
    this.open = false;
    closeSync(this.file);
  }

  private header(width: number, height: number): void {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    header[8] = 8; // bits
    header[9] = 6; // red, green, blue, opacity
    writeSync(this.file, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    this.chunk('IHDR', header);
  }

  private chunk(type: string, data: Uint8Array): void {
    const bytes = Buffer.alloc(data.length + 12);
    bytes.writeUInt32BE(data.length, 0);
    bytes.write(type, 4, 'latin1');
    bytes.set(data, 8);
    bytes.writeUInt32BE(crc32(bytes.subarray(4, data.length + 8)), data.length + 8);
    for (let done = 0; done < bytes.length; ) done += writeSync(this.file, bytes, done);
  }
}
