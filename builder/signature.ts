import type {Track} from './activity.ts';

/**
 * Where an activity was at each full 30 s of UTC, by which recordings of one outing know each other: `first` is the number
 * of the first 30 s since 1970, `positions` holds lng, lat in 10⁻⁵ degrees, {@link unknownPosition} twice where the
 * recording has a gap.
 */
export type Signature = {first: number; positions: Int32Array};

export const unknownPosition = 0x7fffffff;

/** Seconds between the samples of a signature. */
export const signatureSeconds = 30;

/** A gap longer than this, s, has no known positions. */
const gapSeconds = 120;

/** A recording longer than this, s, has a broken clock and no signature. */
const longest = 14 * 86_400;

/** The signature of an activity's cleaned tracks; undefined where they have no usable times. */
export function signature(tracks: Track[]): Signature | undefined {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const {time} of tracks) {
    for (const t of time) {
      if (t < from) from = t;
      if (t > to) to = t;
    }
  }
  const step = signatureSeconds * 1000;
  const first = Math.ceil(from / step);
  const count = Math.floor(to / step) - first + 1;
  if (!(count > 0) || to - from > longest * 1000) return undefined;
  const positions = new Int32Array(count * 2).fill(unknownPosition);
  for (const track of tracks) sampleTrack(track, first, positions);
  return {first, positions};
}

function sampleTrack({lng, lat, time}: Track, first: number, positions: Int32Array): void {
  const step = signatureSeconds * 1000;
  for (let i = 1; i < time.length; i++) {
    const t0 = time[i - 1];
    const t1 = time[i];
    if (!(t1 > t0) || t1 - t0 > gapSeconds * 1000) continue;
    for (let k = Math.ceil(t0 / step); k * step <= t1; k++) {
      const share = (k * step - t0) / (t1 - t0);
      const at = (k - first) * 2;
      positions[at] = Math.round((lng[i - 1] + (lng[i] - lng[i - 1]) * share) * 1e5);
      positions[at + 1] = Math.round((lat[i - 1] + (lat[i] - lat[i - 1]) * share) * 1e5);
    }
  }
}

/** A signature as bytes for library.db: `first` as a double, then the positions, little-endian. */
export function encodeSignature({first, positions}: Signature): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8 + positions.byteLength);
  new DataView(bytes.buffer).setFloat64(0, first, true);
  bytes.set(new Uint8Array(positions.buffer, positions.byteOffset, positions.byteLength), 8);
  return bytes;
}

/** Reads what {@link encodeSignature} wrote. */
export function decodeSignature(bytes: Uint8Array): Signature {
  const copy = bytes.slice();
  return {first: new DataView(copy.buffer).getFloat64(0, true), positions: new Int32Array(copy.buffer, 8)};
}
