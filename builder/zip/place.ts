import {constants, crc32, gunzipSync, inflateRawSync} from 'node:zlib';
import {inflate, largest, tooLarge, type Unpacked, type UnpackOptions, unpackDefaults} from '../unpack.ts';
import type {ByteSource} from './byte-source.ts';

/** Where a member's bytes are in the file that holds it. Plain data, so that it can be kept and sent to a worker. */
export type Place = {
  /** Bytes of packed data: the first, and how many. */
  start: number;
  packed: number;
  /** How many bytes they unpack to, as the archive says, and their CRC-32; 0 of gzip, which is not looked into for it. */
  size: number;
  crc: number;
  packing: 'stored' | 'deflate' | 'gzip';
  /** The inner archive that holds the member, where that has to be unpacked before: `start` counts in its bytes. */
  within?: Place;
};

/** The bytes of a member of an archive; of a damaged one what precedes the damage, with a warning. */
export function unpackPlace(source: ByteSource, place: Place, options: UnpackOptions = unpackDefaults): Unpacked {
  const {start, packed, packing, crc} = place;
  if (packed > options.heldBytes) {
    const reason = `found ${packed} bytes, expected at most ${options.heldBytes} (limit: heldBytes)`;
    return {bytes: new Uint8Array(0), warnings: [], reason, large: true};
  }
  const data = source.read(start, packed);
  const warnings: string[] = [];
  if (data.length < packed)
    warnings.push(`the archive ends inside the member: found ${data.length} of ${packed} bytes`);
  let bytes: Uint8Array = data;
  if (packing !== 'stored') {
    const made = inflate(data, packing, Math.min(largest(packed, options), options.heldBytes));
    if (made.large) return {bytes: data, warnings, reason: tooLarge(packed, options), large: true};
    if (made.problem !== undefined && made.bytes.length === 0) {
      return {bytes: data, warnings, reason: `damaged member: ${made.problem}`};
    }
    if (made.problem !== undefined) {
      warnings.push(`damaged member (${made.problem}): read the ${made.bytes.length} bytes before`);
    }
    ({bytes} = made);
  }
  if (packing !== 'gzip' && warnings.length === 0 && crc32(bytes) !== crc) {
    warnings.push(`found checksum ${crc32(bytes)} of the member, expected ${crc}`);
  }
  return {bytes, warnings};
}

/** About the first `length` bytes of what is at a place; fewer of a short or damaged member. Takes no more than it must. */
export function placeHead(source: ByteSource, place: Place, length: number): Uint8Array {
  const data = source.read(place.start, Math.min(place.packed, length));
  if (place.packing === 'stored') return data;
  const take = place.packing === 'gzip' ? gunzipSync : inflateRawSync;
  try {
    const options = {finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: mostInflated};
    return take(data, options).subarray(0, length);
  } catch {
    return inflate(data.subarray(0, leastHead), place.packing, mostInflated).bytes.subarray(0, length);
  }
}

/** A head unpacks to no more than this; one that would is cut to so few packed bytes that it cannot. */
const mostInflated = 32 << 20;
const leastHead = 1024;
