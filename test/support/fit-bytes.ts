export const semicirclesPerDegree = 2 ** 31 / 180;
/** 2020-01-01T00:00:00Z in seconds of FIT and in ms since 1970. */
export const newYear = {fit: 946_771_200, ms: Date.UTC(2020, 0, 1)};

/** Bytes of a value, little end first. */
export const u8 = (value: number): number[] => [value & 0xff];
export const u16 = (value: number): number[] => [...u8(value), ...u8(value >>> 8)];
export const u32 = (value: number): number[] => [...u16(value), ...u16(value >>> 16)];
export const text = (value: string): number[] => [...new TextEncoder().encode(value)];
/** Bytes of a coordinate in degrees. */
export const place = (degrees: number): number[] => u32(Math.round(degrees * semicirclesPerDegree));

/**
 * A definition message: which fields messages of this local type have, as `number:bytes`, and developer fields.
 */
export function define(local: number, global: number, fields: string, {big = false, developer = ''} = {}): number[] {
  const number = big ? u16(global).reverse() : u16(global);
  const native = sizes(fields);
  const head = [0x40 | (developer ? 0x20 : 0) | local, 0, big ? 1 : 0, ...number, native.length];
  const own = native.flatMap(([field, bytes]) => [field, bytes, 0x02]);
  const others = sizes(developer);
  return [
    ...head,
    ...own,
    ...(developer ? [others.length, ...others.flatMap(([field, bytes]) => [field, bytes, 0])] : []),
  ];
}

function sizes(fields: string): number[][] {
  return fields.split(' ').map((field) => field.split(':').map(Number));
}

/** A data message of a local type. */
export function message(local: number, ...values: number[][]): number[] {
  return [local, ...values.flat()];
}

/** A data message whose header holds the lowest five bits of its time. */
export function compressed(local: number, time: number, ...values: number[][]): number[] {
  return [0x80 | (local << 5) | (time & 31), ...values.flat()];
}

/** What the frame of a file says; a true one where left out. */
export type FitFrame = {
  headerSize?: 12 | 14;
  /** The first byte, where it shall not be the size of the header. */
  headerSizeByte?: number;
  dataSize?: number;
  signature?: string;
  checksum?: number;
};

/** A FIT file of these messages, with every part of its frame open to damage. */
export function fitFile(messages: number[][], frame: FitFrame = {}): Uint8Array {
  const {headerSize = 14, dataSize = messages.flat().length, signature = '.FIT', checksum} = frame;
  const {headerSizeByte = headerSize} = frame;
  const header = [headerSizeByte, 0x20, ...u16(2140), ...u32(dataSize), ...text(signature)];
  const open = [...header, ...(headerSize === 14 ? u16(crc(header)) : []), ...messages.flat()];
  return Uint8Array.from([...open, ...u16(checksum ?? crc(open))]);
}

/** The file_id message of an activity, or another type, by Garmin product 3121; its definition first. */
export function fileId(type = 4): number[][] {
  return [define(0, 0, '0:1 1:2 2:2'), message(0, u8(type), u16(1), u16(3121))];
}

/** The definition of the records that {@link record} makes. */
export const recordDefinition = define(1, 20, '253:4 0:4 1:4 2:2');

/** The same with the base types of the profile, on which other people's readers insist: uint32, sint32 twice, uint16. */
export const typedRecordDefinition = recordDefinition.with(8, 0x86).with(11, 0x85).with(14, 0x85).with(17, 0x84);

/** A record: seconds of 2020, degrees, metres. */
export function record(seconds: number, lng: number, lat: number, elevation = 430): number[] {
  return message(1, u32(newYear.fit + seconds), place(lat), place(lng), u16((elevation + 500) * 5));
}

/** A session that began at a second of 2020, with sport and sub sport. */
export function session(seconds: number, sport: number, subSport = 0): number[][] {
  const start = newYear.fit + seconds;
  return [define(2, 18, '253:4 2:4 5:1 6:1'), message(2, u32(start + 3600), u32(start), u8(sport), u8(subSport))];
}

/** A timer event at a second of 2020: type 0 starts, 4 stops. */
export function timer(seconds: number, type: number): number[][] {
  return [define(3, 21, '253:4 0:1 1:1'), message(3, u32(newYear.fit + seconds), u8(0), u8(type))];
}

/** CRC-16/ARC, bit by bit. */
function crc(bytes: number[]): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >> 1) ^ 0xa001 : sum >> 1;
  }
  return sum;
}
