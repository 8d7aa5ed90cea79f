import {createCanvas, loadImage} from '@napi-rs/canvas';
import {describe, expect, test} from 'vitest';
import {encodePng8, transparentPng} from '../../raster-fallback/png.ts';

/** Straight RGBA of a PNG, by another program's decoder. */
async function decode(png: Buffer): Promise<{width: number; height: number; rgba: Uint8ClampedArray}> {
  const {width, height} = await loadImage(png);
  const context = createCanvas(width, height).getContext('2d');
  context.drawImage(await loadImage(png), 0, 0);
  return {width, height, rgba: context.getImageData(0, 0, width, height).data};
}

/** Names and lengths of a PNG's chunks. */
function chunks(png: Buffer): [name: string, length: number][] {
  const found: [string, number][] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    found.push([png.toString('latin1', at + 4, at + 8), png.readUInt32BE(at)]);
  }
  return found;
}

const palette = Uint8Array.of(0, 0, 0, 0, 255, 0, 0, 128, 10, 200, 30, 255, 255, 255, 255, 255);

describe('encodePng8(scanlines, width, height, palette)', () => {
  test('is read by another decoder pixel by pixel, with alpha', async () => {
    const scanlines = Uint8Array.of(0, 0, 1, 2, 0, 3, 3, 0);
    const {width, height, rgba} = await decode(encodePng8(scanlines, 3, 2, palette));
    expect([width, height]).toEqual([3, 2]);
    const pixel = (i: number) => [...rgba.subarray(i * 4, i * 4 + 4)];
    expect(pixel(0)).toEqual([0, 0, 0, 0]);
    expect(pixel(1)).toEqual([255, 0, 0, 128]);
    expect([pixel(2), pixel(3), pixel(5)]).toEqual([
      [10, 200, 30, 255],
      [255, 255, 255, 255],
      [0, 0, 0, 0],
    ]);
  });

  test('writes no more transparency than up to the last colour that has some, and none where all are opaque', () => {
    const scanlines = new Uint8Array(4 * 5);
    const names = (colors: Uint8Array) => chunks(encodePng8(scanlines, 4, 4, colors)).slice(0, -2);
    expect(names(palette)).toEqual([
      ['IHDR', 13],
      ['PLTE', 12],
      ['tRNS', 2],
    ]);
    expect(names(palette.subarray(8))).toEqual([
      ['IHDR', 13],
      ['PLTE', 6],
    ]);
  });

  test('holds all 256 colours', async () => {
    const colors = Uint8Array.from({length: 1024}, (_, i) => (i % 4 === 3 ? 255 : (i * 7) & 255));
    const scanlines = Uint8Array.from({length: 257}, (_, i) => Math.max(0, i - 1));
    const {rgba} = await decode(encodePng8(scanlines, 256, 1, colors));
    expect([...rgba]).toEqual([...colors]);
  });
});

describe('transparentPng(width, height)', () => {
  test('is small, fully transparent, and the same each time', async () => {
    const png = transparentPng(256, 256);
    const {width, height, rgba} = await decode(png);
    expect([width, height]).toEqual([256, 256]);
    expect(rgba.every((value) => value === 0)).toBe(true);
    expect(png.length).toBeLessThan(400);
    expect(transparentPng(256, 256)).toBe(png);
    expect(transparentPng(512, 512)).not.toBe(png);
  });
});
