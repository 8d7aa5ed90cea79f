import {describe, expect, test} from 'vitest';
import {formatRamp, parseRamp, rampNames, ramps, rampTable} from '../../core/ramps.ts';

/** Lightness of OKLab of an sRGB colour, 0..1: Ottosson, "A perceptual color space for image processing", 2020. */
function lightness(r: number, g: number, b: number): number {
  const [lr, lg, lb] = [r, g, b].map((c) => (c <= 10.31475 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  const l = Math.cbrt(0.4122214708 * lr + 0.5363325363 * lg + 0.0514459929 * lb);
  const m = Math.cbrt(0.2119034982 * lr + 0.6806995451 * lg + 0.1073969566 * lb);
  const s = Math.cbrt(0.0883024619 * lr + 0.2817188376 * lg + 0.6299787005 * lb);
  return 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
}

describe.each(rampNames)('ramp %s', (name) => {
  const table = rampTable(name);

  test('is fully transparent at no heat and opaque at the top', () => {
    expect(table[3]).toBe(0);
    expect(table[255 * 4 + 3]).toBe(255);
  });

  test('gets lighter and more opaque with heat, never darker', () => {
    for (let i = 1; i < 256; i++) {
      const [before, now] = [i - 1, i].map((entry) => [...table.subarray(entry * 4, entry * 4 + 4)]);
      // Colours are whole numbers: a step back of one of them is rounding.
      expect(lightness(now[0], now[1], now[2])).toBeGreaterThan(lightness(before[0], before[1], before[2]) - 0.003);
      expect(now[3]).toBeGreaterThanOrEqual(before[3]);
    }
  });
});

describe('rampTable', () => {
  test('of scalar is white with alpha = tone', () => {
    const table = rampTable('scalar');
    for (let i = 0; i < 256; i++) expect([...table.subarray(i * 4, i * 4 + 4)]).toEqual([255, 255, 255, i]);
  });

  test('interpolates custom stops in straight RGBA and holds the ends', () => {
    const table = rampTable('0.2:00000000,0.6:ff000080');
    expect([...table.subarray(51 * 4, 51 * 4 + 4)]).toEqual([0, 0, 0, 0]);
    expect([...table.subarray(102 * 4, 102 * 4 + 4)]).toEqual([128, 0, 0, 64]);
    expect([...table.subarray(255 * 4)]).toEqual([255, 0, 0, 128]);
  });
});

test('formatRamp undoes parseRamp for built-in and custom ramps', () => {
  for (const name of rampNames) expect(parseRamp(formatRamp(ramps[name]))).toEqual(ramps[name]);
  const text = '0:00000000,0.5:ff6a00cc,1:ffffff';
  const stops = parseRamp(text);
  expect(typeof stops === 'string' ? stops : formatRamp(stops)).toBe(text);
});
