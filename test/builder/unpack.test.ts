import {gzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {unpack, unpackDefaults} from '../../builder/unpack.ts';
import {seededRandom} from '../support/tracks.ts';

const text = Buffer.from('<gpx>'.repeat(1000));

describe('unpack', () => {
  test('leaves what is not gzipped as it is', () => {
    expect(unpack(text)).toEqual({bytes: text, warnings: []});
    expect(unpack(new Uint8Array(0)).bytes.length).toBe(0);
  });

  test('takes off one layer of gzip, two layers, and ignores what follows the stream', () => {
    const packed = gzipSync(text);
    for (const bytes of [packed, gzipSync(packed), Buffer.concat([packed, Buffer.alloc(64)])]) {
      expect(Buffer.from(unpack(bytes).bytes).equals(text)).toBe(true);
    }
  });

  test('gives what a cut stream still holds, with a warning', () => {
    const random = seededRandom(1);
    const noise = Buffer.from(Array.from({length: 40_000}, () => random() * 256));
    const packed = gzipSync(noise);
    const {bytes, warnings, reason} = unpack(packed.subarray(0, packed.length - 200));
    expect(bytes.length).toBeGreaterThan(1000);
    expect(noise.subarray(0, bytes.length).equals(bytes)).toBe(true);
    expect(warnings[0]).toContain('damaged gzip stream');
    expect(reason).toBeUndefined();
  });

  test('of a stream that is damaged in its middle it gives what precedes the damage', () => {
    const random = seededRandom(2);
    const noise = Buffer.from(Array.from({length: 200_000}, () => random() * 16));
    const packed = gzipSync(noise);
    packed.fill(0xff, packed.length / 2, packed.length / 2 + 40);
    const {bytes, warnings} = unpack(packed);
    expect(bytes.length).toBeGreaterThan(80_000);
    expect(noise.subarray(0, 80_000).equals(bytes.subarray(0, 80_000))).toBe(true);
    expect(warnings).toHaveLength(1);
  });

  test('refuses bombs by ratio and by layers, naming the limit, and streams that hold nothing', () => {
    const bomb = gzipSync(Buffer.alloc(3 << 20));
    expect(unpack(bomb, {...unpackDefaults, ratio: 100, bytes: 1 << 20})).toMatchObject({
      large: true,
      reason: `found more than 1048576 bytes in ${bomb.length}, expected at most 100 times as many (limit: ratio)`,
    });
    expect(unpack(bomb, {...unpackDefaults, heldBytes: 1 << 20}).reason).toBe(
      `found more than 1048576 bytes in ${bomb.length}, expected fewer (limit: heldBytes)`,
    );
    expect(unpack(gzipSync(gzipSync(gzipSync(gzipSync(text))))).reason).toBe(
      'found 3 layers of gzip, expected fewer (limit: layers)',
    );
    expect(unpack(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0])).reason).toContain('damaged gzip stream');
  });
});
