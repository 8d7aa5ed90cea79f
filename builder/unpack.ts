import {constants, gunzipSync} from 'node:zlib';

/** Limits against bombs: how far a gzip stream may unpack. */
export const unpackDefaults = {
  /** Times its packed size; real activity files reach 20. */
  ratio: 200,
  /** Bytes that are always allowed, however small the file. */
  bytes: 64 << 20,
  /** A gzip stream inside a gzip stream: so many layers are taken off. */
  layers: 3,
};

/** The content of a file, without gzip if it had it; a `reason` where it cannot be unpacked. */
export type Unpacked = {bytes: Uint8Array; warnings: string[]; reason?: string};

/** Takes gzip layers off a file's bytes, by content and not by name. A stream that ends early gives what there is. */
export function unpack(bytes: Uint8Array, options = unpackDefaults): Unpacked {
  const warnings: string[] = [];
  let content = bytes;
  for (let layer = 0; content.length > 2 && content[0] === 0x1f && content[1] === 0x8b; layer++) {
    if (layer === options.layers) return {bytes: content, warnings, reason: `more than ${layer} layers of gzip`};
    const limit = Math.max(options.bytes, content.length * options.ratio);
    try {
      content = gunzipSync(content, {maxOutputLength: limit});
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ERR_BUFFER_TOO_LARGE') {
        return {bytes: content, warnings, reason: `unpacks to more than ${limit} bytes from ${content.length}`};
      }
      const salvaged = salvage(content, limit);
      if (salvaged.length === 0) {
        return {bytes: content, warnings, reason: `damaged gzip stream: ${(error as Error).message}`};
      }
      warnings.push(`damaged gzip stream (${(error as Error).message}): read the ${salvaged.length} bytes before`);
      content = salvaged;
    }
  }
  return {bytes: content, warnings};
}

/** What a gzip stream holds before it breaks off. */
function salvage(bytes: Uint8Array, maxOutputLength: number): Uint8Array {
  try {
    return gunzipSync(bytes, {finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength});
  } catch {
    return new Uint8Array(0);
  }
}
