import {isUtf8} from 'node:buffer';
import {decodeUtf16, isUtf16} from './utf16.ts';

/** A text without a declared encoding: by its byte order mark, else UTF-8 where it is valid, else Windows' western one. */
export function decodeText(bytes: Uint8Array): string {
  const text = isUtf16(bytes) ? decodeUtf16(bytes) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoded = isUtf8(text) ? text.toString('utf8') : new TextDecoder('windows-1252').decode(text);
  return decoded.startsWith('\ufeff') ? decoded.slice(1) : decoded;
}
