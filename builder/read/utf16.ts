/** Whether bytes are text in UTF-16: by a byte order mark, or as every other byte of the first letters is zero. */
export function isUtf16(bytes: Uint8Array): boolean {
  return littleEndian(bytes) !== undefined;
}

/** The same text in UTF-8, decoded in pieces: a string has a largest length, a file has not. */
export function decodeUtf16(bytes: Uint8Array): Buffer {
  const decoder = new TextDecoder(littleEndian(bytes) ? 'utf-16le' : 'utf-16be');
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = bytes.subarray(at, at + pieceBytes);
    pieces.push(Buffer.from(decoder.decode(piece, {stream: at + pieceBytes < bytes.length})));
  }
  return Buffer.concat(pieces);
}

const pieceBytes = 1 << 20;

/** Byte order of UTF-16, undefined for anything else. */
function littleEndian(bytes: Uint8Array): boolean | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return true;
  if (a === 0xfe && b === 0xff) return false;
  if (a > 0 && b === 0 && c > 0 && d === 0) return true;
  if (a === 0 && b > 0 && c === 0 && d > 0) return false;
  return undefined;
}
