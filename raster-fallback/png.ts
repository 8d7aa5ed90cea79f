import {constants, crc32, deflateSync} from 'node:zlib';

/**
 * A PNG of 8-bit palette indices (PNG specification, third edition). `scanlines` is what PNG wants: per row a byte 0
 * (no filter) and `width` indices. `palette` is straight RGBA for the indices from 0 on, at most 256.
 *
 * There is little but run lengths to be found in a heat map, and zlib's `Z_RLE` looks for nothing else: on lines
 * without glow it is both the fastest strategy and the smallest, with glow a tenth larger than the search for matches.
 */
export function encodePng8(scanlines: Uint8Array, width: number, height: number, palette: Uint8Array): Buffer {
  const colors = palette.length / 4;
  const rgb = Buffer.alloc(colors * 3);
  const alpha = Buffer.alloc(colors);
  for (let i = 0; i < colors; i++) {
    rgb[i * 3] = palette[i * 4];
    rgb[i * 3 + 1] = palette[i * 4 + 1];
    rgb[i * 3 + 2] = palette[i * 4 + 2];
    alpha[i] = palette[i * 4 + 3];
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8; // bits
  header[9] = 3; // palette
  const opaqueFrom = alpha.findLastIndex((value) => value < 255) + 1;
  const data = deflateSync(scanlines, {strategy: constants.Z_RLE});
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', rgb),
    ...(opaqueFrom > 0 ? [chunk('tRNS', alpha.subarray(0, opaqueFrom))] : []),
    chunk('IDAT', data),
    end,
  ]);
}

/** The one fully transparent PNG of a size, made once. */
export function transparentPng(width: number, height: number): Buffer {
  const key = `${width}x${height}`;
  let png = transparent.get(key);
  if (!png) {
    png = encodePng8(new Uint8Array((width + 1) * height), width, height, new Uint8Array(4));
    transparent.set(key, png);
  }
  return png;
}

const transparent = new Map<string, Buffer>();

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const end = chunk('IEND', Buffer.alloc(0));

function chunk(type: string, data: Uint8Array): Buffer {
  const bytes = Buffer.alloc(data.length + 12);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, data.length + 8)), data.length + 8);
  return bytes;
}
