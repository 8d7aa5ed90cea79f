import {constants, gunzipSync, inflateRawSync} from 'node:zlib';

/**
 * Limits against bombs: small files that unpack to more than a machine can hold. An error names the limit that was met.
 */
export const unpackDefaults = {
  /** Times its packed size that anything may unpack to; real activity files reach 20. */
  ratio: 200,
  /** Bytes that a file or member may always unpack to, however small it is packed. */
  bytes: 64 << 20,
  /** A gzip stream inside a gzip stream: so many layers are taken off. */
  layers: 3,
  /** Zip archives inside each other: the outermost is the first. */
  depth: 4,
  /** Members of an archive, those of its inner archives included. An export of ten years with photos has 20,000. */
  entries: 250_000,
  /** Bytes of all members of an archive that are always allowed; above, `ratio` holds for them together too. */
  archiveBytes: 1 << 30,
  /** Bytes held in memory at once: an inner archive, or a file of a format that is read as a whole. */
  heldBytes: 1 << 30,
};

export type UnpackOptions = typeof unpackDefaults;

/** The content of a file, without gzip if it had it; a `reason` where it cannot be unpacked. */
export type Unpacked = {
  bytes: Uint8Array;
  warnings: string[];
  reason?: string;
  /** Set with `reason` where the content is not damaged but larger than what is asked for at once. */
  large?: boolean;
};

/** Whether bytes begin as a gzip stream does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length > 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Takes gzip layers off a file's bytes, by content and not by name. Of a damaged stream what precedes the damage. */
export function unpack(bytes: Uint8Array, options: UnpackOptions = unpackDefaults): Unpacked {
  const warnings: string[] = [];
  let content = bytes;
  for (let layer = 0; isGzip(content); layer++) {
    if (layer === options.layers) {
      return {bytes: content, warnings, reason: `found ${layer} layers of gzip, expected fewer (limit: layers)`};
    }
    const most = Math.min(largest(content.length, options), options.heldBytes);
    const {bytes: inflated, problem, large} = inflate(content, 'gzip', most);
    if (large) return {bytes: content, warnings, reason: tooLarge(content.length, options), large};
    if (problem !== undefined) {
      if (inflated.length === 0) return {bytes: content, warnings, reason: `damaged gzip stream: ${problem}`};
      warnings.push(`damaged gzip stream (${problem}): read the ${inflated.length} bytes before`);
    }
    content = inflated;
  }
  return {bytes: content, warnings};
}

/** Most bytes that so many packed ones may unpack to. */
export function largest(packed: number, {ratio, bytes}: UnpackOptions): number {
  return Math.max(bytes, packed * ratio);
}

/** The reason for refusing what unpacks to more than the limits allow. */
export function tooLarge(packed: number, options: UnpackOptions): string {
  const most = largest(packed, options);
  if (most > options.heldBytes) {
    return `found more than ${options.heldBytes} bytes in ${packed}, expected fewer (limit: heldBytes)`;
  }
  return `found more than ${most} bytes in ${packed}, expected at most ${options.ratio} times as many (limit: ratio)`;
}

/**
 * Unpacks gzip or raw deflate data to at most `most` bytes; `large` where there is more. Of damaged data: what precedes
 * the damage, and the `problem`.
 */
export function inflate(
  packed: Uint8Array,
  format: 'gzip' | 'deflate',
  most: number,
): {bytes: Uint8Array; problem?: string; large?: boolean} {
  const take = format === 'gzip' ? gunzipSync : inflateRawSync;
  try {
    return {bytes: take(packed, {maxOutputLength: most})};
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return {bytes: empty, large: true};
    const problem = (error as Error).message;
    // Data that end early are fine up to their end. Damaged ones are fine up to some byte: it is found by halving.
    const start = (end: number): Uint8Array | undefined => {
      try {
        return take(packed.subarray(0, end), {finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: most});
      } catch {
        return undefined;
      }
    };
    let bytes = start(packed.length);
    let good = 0;
    for (let bad = packed.length; bytes === undefined && bad - good > 1; ) {
      const middle = (good + bad) >> 1;
      if (start(middle)) good = middle;
      else bad = middle;
    }
    bytes ??= start(good) ?? empty;
    return {bytes, problem};
  }
}

const empty = new Uint8Array(0);
