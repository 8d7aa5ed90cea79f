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

/** The same for a stream whose beginning {@link isUtf16} has said yes to. */
export async function* decodeUtf16Stream(head: Uint8Array, stream: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(littleEndian(head) ? 'utf-16le' : 'utf-16be');
  for await (const chunk of stream) yield Buffer.from(decoder.decode(chunk, {stream: true}));
  yield Buffer.from(decoder.decode());
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
