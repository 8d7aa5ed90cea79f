import {createHash} from 'node:crypto';
import {closeSync, fstatSync, openSync} from 'node:fs';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {constants, createGunzip, createInflateRaw} from 'node:zlib';
import type {SourceFile} from './scan.ts';
import {isGzip, largest, type Unpacked, type UnpackOptions, unpack, unpackDefaults} from './unpack.ts';
import {type ByteSource, fileSource, memorySource} from './zip/byte-source.ts';
import {type Place, unpackPlace} from './zip/place.ts';

/** How the content of a file is read. */
export const contentDefaults = {
  ...unpackDefaults,
  /** Bytes, packed or unpacked, up to which a file is read at once. A larger one comes as a stream. */
  wholeBytes: 64 << 20,
};

export type ContentOptions = typeof contentDefaults;

/** What is to be read: a file, or a member of the archive that is `archive`. */
export type ContentSource = Pick<SourceFile, 'path' | 'archive' | 'place'> & {
  /** The bytes of the inner archive that holds the member, where that had to be unpacked. */
  within?: Uint8Array;
};

/**
 * The content of a file without the archive and the gzip layers around it: its bytes, or, of a large file, a stream of
 * them; with a `reason`, neither. `sha256` is that of the file, or of the member, before gzip was taken off; of a stream
 * it is known when that has ended, as are its `warnings`.
 */
export type Content = {
  bytes?: Uint8Array;
  stream?: AsyncIterable<Buffer>;
  warnings: string[];
  reason?: string;
  sha256(): string;
};

/** Opens a file for as long as `use` takes and gives it the content. */
export async function withContent<T>(
  source: ContentSource,
  use: (content: Content) => Promise<T>,
  options: ContentOptions = contentDefaults,
): Promise<T> {
  const {path, archive, place, within} = source;
  if (within && place) return use(contentOf(memorySource(within), place, options));
  const fd = openSync(archive ?? path, 'r');
  try {
    const {size} = fstatSync(fd);
    const whole: Place = {start: 0, packed: size, size, crc: 0, packing: 'stored'};
    return await use(contentOf(fileSource(fd, 0, size), place ?? whole, options, place === undefined));
  } finally {
    closeSync(fd);
  }
}

function contentOf(source: ByteSource, place: Place, options: ContentOptions, isWhole = false): Content {
  if (place.packed <= options.wholeBytes) {
    const atOnce = {...options, heldBytes: options.wholeBytes};
    const member: Unpacked = isWhole
      ? {bytes: source.read(place.start, place.packed, scratch(place.packed)), warnings: []}
      : unpackPlace(source, place, atOnce);
    if (member.reason && !member.large) return {warnings: member.warnings, reason: member.reason, sha256: () => ''};
    const {bytes, warnings, reason, large} = member.large ? member : unpack(member.bytes, atOnce);
    if (!large) {
      const sha256 = () => createHash('sha256').update(member.bytes).digest('hex');
      return {bytes, warnings: [...member.warnings, ...warnings], ...(reason && {reason}), sha256};
    }
  }
  const warnings: string[] = [];
  const hash = createHash('sha256');
  const made = hashed(unpacked(source, place, options, warnings), hash);
  return {stream: withoutGzip(made, options, warnings), warnings, sha256: () => hash.digest('hex')};
}

let memory = Buffer.alloc(0);

/**
 * Memory for the bytes of one file after the other: a worker reads thousands, and fresh memory for each costs more than the
 * reading. Files above a few megabytes get their own.
 */
function scratch(bytes: number): Buffer | undefined {
  if (bytes > scratchBytes) return undefined;
  if (memory.length < bytes) memory = Buffer.allocUnsafeSlow(Math.min(scratchBytes, bytes * 2));
  return memory;
}

const scratchBytes = 16 << 20;

const pieceBytes = 1 << 20;

async function* unpacked(source: ByteSource, place: Place, options: UnpackOptions, warnings: string[]) {
  const packed = pieces(source, place);
  if (place.packing === 'stored') yield* packed;
  else yield* inflated(packed, place.packing, options, warnings);
}

/** The bytes at a place, a piece at a time. */
function* pieces(source: ByteSource, {start, packed}: Place): Generator<Buffer> {
  for (let at = 0; at < packed; at += pieceBytes) {
    const piece = source.read(start + at, Math.min(pieceBytes, packed - at));
    if (piece.length === 0) return;
    yield piece;
  }
}

async function* hashed(chunks: AsyncIterable<Buffer>, hash: {update(data: Buffer): unknown}) {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

/** Takes gzip layers off a stream, by content. */
async function* withoutGzip(
  chunks: AsyncGenerator<Buffer>,
  options: UnpackOptions,
  warnings: string[],
  layer = 0,
): AsyncGenerator<Buffer> {
  const first = await chunks.next();
  if (first.done) return;
  const all = again(first.value, chunks);
  if (!isGzip(first.value)) yield* all;
  else if (layer === options.layers) warnings.push(`found ${layer} layers of gzip, expected fewer (limit: layers)`);
  else yield* withoutGzip(inflated(all, 'gzip', options, warnings), options, warnings, layer + 1);
}

async function* again(first: Buffer, rest: AsyncGenerator<Buffer>) {
  yield first;
  yield* rest;
}

/** Unpacks a stream; ends with a warning where it is damaged, or unpacks to more than the limits allow. */
async function* inflated(
  packed: Iterable<Buffer> | AsyncIterable<Buffer>,
  format: 'gzip' | 'deflate',
  options: UnpackOptions,
  warnings: string[],
): AsyncGenerator<Buffer> {
  const settings = {chunkSize: pieceBytes, finishFlush: constants.Z_SYNC_FLUSH};
  const unpack = format === 'gzip' ? createGunzip(settings) : createInflateRaw(settings);
  // What goes wrong comes out of the loop below too, and ends there; so does a stream that is left before its end.
  pipeline(Readable.from(packed), unpack).catch(() => undefined);
  let made = 0;
  try {
    for await (const chunk of unpack as AsyncIterable<Buffer>) {
      made += chunk.length;
      const most = largest(unpack.bytesWritten, options);
      if (made > most) {
        const {bytesWritten} = unpack;
        warnings.push(
          `found more than ${most} bytes in ${bytesWritten}, expected fewer (limit: ratio): read the first`,
        );
        return;
      }
      yield chunk;
    }
  } catch (error) {
    // A file that cannot be read any more is not damaged.
    if ((error as NodeJS.ErrnoException).syscall) throw error;
    warnings.push(`damaged ${format} stream (${(error as Error).message}): read the ${made} bytes before`);
  }
}

/** The first bytes of a stream, up to about `length`, and the stream with these before it again. */
export async function headOf(
  stream: AsyncIterable<Buffer>,
  length: number,
): Promise<{head: Buffer; stream: AsyncGenerator<Buffer>}> {
  const chunks = stream[Symbol.asyncIterator]();
  const read: Buffer[] = [];
  for (let size = 0; size < length; ) {
    const next = await chunks.next();
    if (next.done) break;
    read.push(next.value);
    size += next.value.length;
  }
  const rest = {[Symbol.asyncIterator]: () => chunks};
  return {
    head: Buffer.concat(read),
    stream: (async function* () {
      yield* read;
      yield* rest;
    })(),
  };
}

/** All of a stream in one piece; undefined where it is longer than `most`. */
export async function gather(stream: AsyncIterable<Buffer>, most: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > most) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
