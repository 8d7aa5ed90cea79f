/**
 * CRC-16 of `bytes[from, to)` as FIT uses it (polynomial 0x8005 reflected, start 0), four bytes a step by four tables
 * ("slicing", https://create.stephan-brumme.com/crc32/).
 */
export function fitCrc(bytes: Uint8Array, from: number, to: number): number {
  let crc = 0;
  let at = from;
  for (; at + 4 <= to; at += 4) {
    const low = (crc ^ bytes[at]) & 0xff;
    const high = (crc >> 8) ^ bytes[at + 1];
    crc = tables[768 + low] ^ tables[512 + high] ^ tables[256 + bytes[at + 2]] ^ tables[bytes[at + 3]];
  }
  for (; at < to; at++) crc = (crc >> 8) ^ tables[(crc ^ bytes[at]) & 0xff];
  return crc;
}

/** Table k, from 256·k on, is the CRC of a byte that k zero bytes follow. */
const tables = new Uint16Array(4 * 256);
for (let byte = 0; byte < 256; byte++) {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  tables[byte] = crc;
}
for (let i = 256; i < tables.length; i++) tables[i] = (tables[i - 256] >> 8) ^ tables[tables[i - 256] & 0xff];
