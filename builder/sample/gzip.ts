import {constants, gzipSync} from 'node:zlib';

/**
 * Bytes as a .gz file that is the same on every machine. Without searching for repeats, as how well that is done depends on the
 * zlib and the processor that Node was built for; and without naming the operating system, which zlib does (RFC 1952, section 2.3.1).
 */
export function gzip(bytes: Uint8Array): Uint8Array {
  const packed = gzipSync(bytes, {strategy: constants.Z_HUFFMAN_ONLY});
  packed[8] = 0;
  packed[9] = 255;
  return packed;
}
