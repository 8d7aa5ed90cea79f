import {isUtf8} from 'node:buffer';
import {decodeUtf16, isUtf16} from './utf16.ts';

/** A text without a declared encoding: by its byte order mark, else UTF-8 where it is valid, else Windows' western one. */
export function decodeText(bytes: Uint8Array): string {
  const plain = isUtf16(bytes) ? decodeUtf16(bytes) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = decodeAs(plain, 'windows-1252');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/**
 * A text that is declared to be in an 8-bit or multi-byte encoding. The name of one is often wrong: text that is valid UTF-8 is
 * hardly ever anything else, and what says that it is but is not is mostly Windows' western encoding.
 */
export function decodeAs(bytes: Buffer, encoding: string): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  if (/^(?:utf|ucs|iso-10646|unicode)/.test(encoding)) return decodeWestern(bytes);
  try {
    const decoder = new TextDecoder(encoding);
    return decoder.encoding === 'windows-1252' ? decodeWestern(bytes) : decoder.decode(bytes);
  } catch {
    return decodeWestern(bytes);
  }
}

/** Windows-1252, also called ISO-8859-1: Node 20 and 22 decode 0x80 to 0x9f wrongly, https://github.com/nodejs/node/issues/56542 */
function decodeWestern(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (letter) => western[letter.charCodeAt(0) - 0x80]);
}

/** The letters of 0x80 to 0x9f; � where there is none. */
const western = '€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ';
