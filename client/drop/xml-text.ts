/** As far as a file is searched for its encoding, and for its first tag, bytes. */
const head = 1024;

/**
 * The text of an XML file in the encoding that its first bytes tell; undefined where it is none. Without what stands before the
 * first tag, and behind the last: some programs put spaces there, which no XML parser takes.
 */
export function xmlText(bytes: Uint8Array): string | undefined {
  const start = decode(bytes.subarray(0, head), 'latin1') ?? '';
  const declared = /^[^<]{0,64}<\?xml[^>]*?encoding\s*=\s*["']([\w-]+)["']/.exec(start)?.[1];
  const text = decode(bytes, encodingByMark(bytes) ?? declared ?? 'utf-8')?.trimStart();
  return text?.startsWith('<') ? text.slice(0, endOf(text)) : undefined;
}

/** Where a text ends without the spaces, line ends and zero bytes behind it, with which some devices fill files. */
function endOf(text: string): number {
  let end = text.length;
  while (text.charCodeAt(end - 1) <= 32) end--;
  return end;
}

/** The encoding that a byte order mark tells: Unicode Standard, 23.8. */
function encodingByMark([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : undefined;
}

/** The text of bytes; undefined in an encoding that the browser does not know. */
function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    return undefined;
  }
}
