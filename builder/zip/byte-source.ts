import {readSync} from 'node:fs';

/**
 * Bytes that can be read at any place: of a file, of a range of one, or in memory. Ends are cut, never thrown at. A file
 * reads into the memory of `into` where it is large enough: the bytes are good until that is used again.
 */
export type ByteSource = {size: number; read(at: number, length: number, into?: Buffer): Buffer};

/** `size` bytes of an open file from `start` on. */
export function fileSource(fd: number, start: number, size: number): ByteSource {
  return {
    size,
    read(at, length, into) {
      const wanted = within(size, at, length);
      const bytes = into && into.length >= wanted ? into.subarray(0, wanted) : Buffer.allocUnsafe(wanted);
      let done = 0;
      while (done < bytes.length) {
        const n = readSync(fd, bytes, done, bytes.length - done, start + at + done);
        // The file has become shorter since it was listed.
        if (n === 0) break;
        done += n;
      }
      return bytes.subarray(0, done);
    },
  };
}

/** Bytes in memory; what is read of them is a copy, so that shared memory never gets further. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (at, length) => Buffer.copyBytesFrom(bytes, Math.min(at, bytes.length), within(bytes.length, at, length)),
  };
}

/** `size` bytes of a source from `start` on. */
export function rangeSource(source: ByteSource, start: number, size: number): ByteSource {
  const length = within(source.size, start, size);
  return {size: length, read: (at, bytes) => source.read(start + at, within(length, at, bytes))};
}

function within(size: number, at: number, length: number): number {
  return Math.max(0, Math.min(length, size - at));
}
