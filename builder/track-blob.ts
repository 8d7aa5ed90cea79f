import type {Track} from './activity.ts';

/**
 * The tracks of one activity as library.db keeps them. All numbers are varints (zigzag for signed ones):
 *
 *     version, number of tracks, then per track: points, flags (1 = has time, 2 = has elevation),
 *     and per point the differences to the point before of lng, lat (10⁻⁷ degrees), time (ms), elevation (0.1 m).
 *
 * A point without time or elevation in a track that has some repeats the one before, and the first ones that of the first that has it.
 */
const version = 1;
const degrees = 1e7;
const hasTime = 1;
const hasElevation = 2;

/** Bytes that tracks take at most, each track, and each point. */
const most = {all: 16, track: 16, point: 40};

/** Room for the tracks at hand; more than usual have their own. */
const room = new Uint8Array(1 << 20);

/** Encodes the given points (indices) of tracks. */
export function encodeTracks(tracks: {track: Track; indices: Uint32Array}[]): Uint8Array<ArrayBuffer> {
  const points = tracks.reduce((sum, {indices}) => sum + indices.length, 0);
  const needed = most.all + tracks.length * most.track + points * most.point;
  const bytes = needed > room.length ? new Uint8Array(needed) : room;
  let at = writeVarint(bytes, 0, version);
  at = writeVarint(bytes, at, tracks.length);
  for (const {track, indices} of tracks) {
    const flags =
      (track.time.some(Number.isFinite) ? hasTime : 0) | (track.elevation.some(Number.isFinite) ? hasElevation : 0);
    at = writeVarint(bytes, at, indices.length);
    at = writeVarint(bytes, at, flags);
    let lng = 0;
    let lat = 0;
    let time = 0;
    let elevation = 0;
    let knownTime = Math.round(track.time.find(Number.isFinite) ?? 0);
    let knownElevation = Math.round((track.elevation.find(Number.isFinite) ?? 0) * 10);
    for (const i of indices) {
      const nextLng = Math.round(track.lng[i] * degrees);
      const nextLat = Math.round(track.lat[i] * degrees);
      at = writeSigned(bytes, at, nextLng - lng);
      at = writeSigned(bytes, at, nextLat - lat);
      lng = nextLng;
      lat = nextLat;
      if (flags & hasTime) {
        if (Number.isFinite(track.time[i])) knownTime = Math.round(track.time[i]);
        at = writeSigned(bytes, at, knownTime - time);
        time = knownTime;
      }
      if (flags & hasElevation) {
        if (Number.isFinite(track.elevation[i])) knownElevation = Math.round(track.elevation[i] * 10);
        at = writeSigned(bytes, at, knownElevation - elevation);
        elevation = knownElevation;
      }
    }
  }
  return bytes.slice(0, at);
}

/** Encodes all points of tracks. */
export function encodeWhole(tracks: Track[]): Uint8Array<ArrayBuffer> {
  return encodeTracks(tracks.map((track) => ({track, indices: Uint32Array.from(track.lng.keys())})));
}

/** Decodes what {@link encodeTracks} wrote. Throws on another version. */
export function decodeTracks(bytes: Uint8Array): Track[] {
  const reader = {bytes, at: 0};
  const found = readVarint(reader);
  if (found !== version) throw new Error(`library.db: tracks are of version ${found}, this program reads ${version}`);
  const tracks: Track[] = [];
  for (let t = readVarint(reader); t > 0; t--) {
    const count = readVarint(reader);
    const flags = readVarint(reader);
    const track: Track = {
      lng: new Float64Array(count),
      lat: new Float64Array(count),
      time: new Float64Array(count).fill(Number.NaN),
      elevation: new Float64Array(count).fill(Number.NaN),
    };
    let lng = 0;
    let lat = 0;
    let time = 0;
    let elevation = 0;
    for (let i = 0; i < count; i++) {
      lng += readSigned(reader);
      lat += readSigned(reader);
      track.lng[i] = lng / degrees;
      track.lat[i] = lat / degrees;
      if (flags & hasTime) {
        time += readSigned(reader);
        track.time[i] = time;
      }
      if (flags & hasElevation) {
        elevation += readSigned(reader);
        track.elevation[i] = elevation / 10;
      }
    }
    tracks.push(track);
  }
  return tracks;
}

function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  while (value > 0x7fffffff) {
    bytes[at++] = (value % 128) | 128;
    value = Math.floor(value / 128);
  }
  while (value > 127) {
    bytes[at++] = (value & 127) | 128;
    value >>>= 7;
  }
  bytes[at++] = value;
  return at;
}

function writeSigned(bytes: Uint8Array, at: number, value: number): number {
  // In whole numbers of 32 bits where they hold it, as nearly always.
  if (value === (value << 1) >> 1) return writeVarint(bytes, at, (value << 1) ^ (value >> 31));
  return writeVarint(bytes, at, value >= 0 ? value * 2 : -value * 2 - 1);
}

type Reader = {bytes: Uint8Array; at: number};

function readVarint(reader: Reader): number {
  const {bytes} = reader;
  let at = reader.at;
  let byte = bytes[at++];
  let value = byte & 127;
  // Up to 28 bits as whole numbers of 32, which nearly all are.
  for (let shift = 7; byte > 127 && shift < 28; shift += 7) {
    byte = bytes[at++];
    value |= (byte & 127) << shift;
  }
  for (let scale = 2 ** 28; byte > 127; scale *= 128) {
    byte = bytes[at++];
    value += (byte & 127) * scale;
  }
  reader.at = at;
  return value;
}

function readSigned(reader: Reader): number {
  const value = readVarint(reader);
  if (value <= 0x7fffffff) return (value >>> 1) ^ -(value & 1);
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
