import type {Sport} from '../../core/sports.ts';
import type {SampleActivity} from './activities.ts';

/** Base types of the FIT protocol: number and size in bytes. */
const types = {
  enum: [0x00, 1],
  uint8: [0x02, 1],
  string: [0x07, 0],
  uint16: [0x84, 2],
  sint32: [0x85, 4],
  uint32: [0x86, 4],
  uint32z: [0x8c, 4],
} as const;

type Field = {number: number; type: keyof typeof types; value: number | string};

/** FIT counts seconds from 1989-12-31, in ms since 1970 UTC. */
const fitEpoch = 631065600000;

/** Sport and sub_sport of the FIT profile. */
const fitSports: Partial<Record<Sport, [sport: number, subSport: number]>> = {
  ride: [2, 7],
  'mountain-bike': [2, 8],
  gravel: [2, 46],
  run: [1, 0],
  'trail-run': [1, 3],
  walk: [11, 0],
  hike: [17, 0],
};

const treadmill: [number, number] = [1, 1];

/**
 * The bytes of a FIT activity file (protocol 2.0): header, file_id, workout (for the name: FIT has no other place for one), timer
 * events, a record per point, or per second without position indoors, lap, session, activity, and both checksums.
 * https://developer.garmin.com/fit/protocol/
 */
export function writeFit(activity: SampleActivity): Uint8Array<ArrayBuffer> {
  const {start, seconds, meters, tracks, distances} = activity;
  const [sport, subSport] = activity.special === 'treadmill' ? treadmill : (fitSports[activity.sport] ?? [0, 0]);
  const points = tracks.reduce((sum, {lng}) => sum + lng.length, 0);
  const file = fitFile(4096 + 24 * (points || seconds + 1));
  const end = start + seconds * 1000;
  file.message(0, [
    {number: 0, type: 'enum', value: 4},
    {number: 1, type: 'uint16', value: 255},
    {number: 2, type: 'uint16', value: 1},
    {number: 3, type: 'uint32z', value: 20230101},
    {number: 4, type: 'uint32', value: fitTime(start)},
    {number: 8, type: 'string', value: 'Trackheat sample'},
  ]);
  file.message(26, [
    {number: 4, type: 'enum', value: sport},
    {number: 6, type: 'uint16', value: 0},
    {number: 8, type: 'string', value: activity.name},
  ]);

  let timer = 0;
  if (tracks.length === 0) {
    timer = seconds;
    file.message(21, timerEvent(start, 0));
    for (let second = 0; second <= seconds; second++) {
      file.message(20, [
        {number: 253, type: 'uint32', value: fitTime(start + second * 1000)},
        {number: 5, type: 'uint32', value: Math.round((meters / seconds) * second * 100)},
        {number: 6, type: 'uint16', value: Math.round((meters / seconds) * 1000)},
      ]);
    }
  }
  tracks.forEach(({lng, lat, time, elevation}, number) => {
    const last = lng.length - 1;
    const covered = distances[number];
    timer += (time[last] - time[0]) / 1000;
    file.message(21, timerEvent(time[0], 0));
    for (let k = 0; k <= last; k++) {
      const speed = k > 0 ? ((covered[k] - covered[k - 1]) / (time[k] - time[k - 1])) * 1000 : 0;
      file.message(20, [
        {number: 253, type: 'uint32', value: fitTime(time[k])},
        {number: 0, type: 'sint32', value: semicircles(lat[k])},
        {number: 1, type: 'sint32', value: semicircles(lng[k])},
        {number: 5, type: 'uint32', value: Math.round(covered[k] * 100)},
        {number: 2, type: 'uint16', value: Math.round((elevation[k] + 500) * 5)},
        {number: 6, type: 'uint16', value: Math.round(speed * 1000)},
      ]);
    }
    file.message(21, timerEvent(time[last], 4));
  });
  if (tracks.length === 0) file.message(21, timerEvent(end, 4));

  const summary: Field[] = [
    {number: 253, type: 'uint32', value: fitTime(end)},
    {number: 2, type: 'uint32', value: fitTime(start)},
    {number: 7, type: 'uint32', value: seconds * 1000},
    {number: 8, type: 'uint32', value: timer * 1000},
    {number: 9, type: 'uint32', value: Math.round(meters * 100)},
    {number: 254, type: 'uint16', value: 0},
    {number: 1, type: 'enum', value: 1},
  ];
  file.message(19, [...summary, {number: 0, type: 'enum', value: 9}, {number: 25, type: 'enum', value: sport}]);
  file.message(18, [
    ...summary,
    {number: 0, type: 'enum', value: 8},
    {number: 5, type: 'enum', value: sport},
    {number: 6, type: 'enum', value: subSport},
    {number: 25, type: 'uint16', value: 0},
    {number: 26, type: 'uint16', value: 1},
  ]);
  file.message(34, [
    {number: 253, type: 'uint32', value: fitTime(end)},
    {number: 5, type: 'uint32', value: fitTime(end + activity.offsetMinutes * 60_000)},
    {number: 0, type: 'uint32', value: timer * 1000},
    {number: 1, type: 'uint16', value: 1},
    {number: 2, type: 'enum', value: 0},
    {number: 3, type: 'enum', value: 26},
    {number: 4, type: 'enum', value: 1},
  ]);
  return file.finish();
}

/** `what`: 0 starts the timer, 4 stops all. */
function timerEvent(time: number, what: 0 | 4): Field[] {
  return [
    {number: 253, type: 'uint32', value: fitTime(time)},
    {number: 0, type: 'enum', value: 0},
    {number: 1, type: 'enum', value: what},
    {number: 4, type: 'uint8', value: 0},
  ];
}

/** Bytes that grow by messages; a definition goes before a message whenever it differs from the one before of its kind. */
function fitFile(capacity: number) {
  const bytes = new Uint8Array(capacity);
  const view = new DataView(bytes.buffer);
  const encoder = new TextEncoder();
  /** By message number: its local number and the definition in force. */
  const defined = new Map<number, {local: number; definition: string}>();
  let at = 14;

  function define(local: number, message: number, fields: Field[], sizes: number[]): void {
    bytes[at] = 0x40 | local;
    view.setUint16(at + 3, message, true);
    bytes[at + 5] = fields.length;
    at += 6;
    fields.forEach(({number, type}, k) => {
      bytes[at++] = number;
      bytes[at++] = sizes[k];
      bytes[at++] = types[type][0];
    });
  }

  return {
    message(message: number, fields: Field[]): void {
      const sizes = fields.map(({type, value}) =>
        typeof value === 'string' ? encoder.encode(value).length + 1 : types[type][1],
      );
      const definition = fields.map(({number}, k) => `${number}:${sizes[k]}`).join();
      const known = defined.get(message);
      const local = known?.local ?? defined.size;
      if (known?.definition !== definition) {
        define(local, message, fields, sizes);
        defined.set(message, {local, definition});
      }
      bytes[at++] = local;
      fields.forEach(({type, value}, k) => {
        if (typeof value === 'string') bytes.set(encoder.encode(value), at);
        else if (type === 'sint32') view.setInt32(at, value, true);
        else if (sizes[k] === 4) view.setUint32(at, value, true);
        else if (sizes[k] === 2) view.setUint16(at, value, true);
        else view.setUint8(at, value);
        at += sizes[k];
      });
    },
    finish(): Uint8Array<ArrayBuffer> {
      bytes[0] = 14;
      bytes[1] = 0x20;
      view.setUint16(2, 2132, true);
      view.setUint32(4, at - 14, true);
      bytes.set(encoder.encode('.FIT'), 8);
      view.setUint16(12, checksum(bytes, 12), true);
      view.setUint16(at, checksum(bytes, at), true);
      return bytes.slice(0, at + 2);
    },
  };
}

function fitTime(time: number): number {
  return Math.round((time - fitEpoch) / 1000);
}

function semicircles(degrees: number): number {
  return Math.round((degrees / 180) * 2 ** 31);
}

/** CRC-16 of the first `length` bytes as FIT uses it: polynomial 0x8005 reflected, start 0. */
function checksum(bytes: Uint8Array, length: number): number {
  let crc = 0;
  for (let k = 0; k < length; k++) crc = (crc >> 8) ^ crcTable[(crc ^ bytes[k]) & 0xff];
  return crc;
}

const crcTable = Uint16Array.from({length: 256}, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  return crc;
});
