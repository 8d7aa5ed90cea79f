import {describe, expect, test} from 'vitest';
import {formatRamp, lightness, parseRamp, rampDirection, rampNames, ramps, rampTable} from '../../core/ramps.ts';

/** Grounds of dark and light base maps. */
const dark: Colour = [0x0b, 0x10, 0x15];
const light: Colour = [0xf2, 0xef, 0xe9];

type Colour = [r: number, g: number, b: number];

/** CIELAB of an sRGB colour, D65. */
function lab(colour: Colour): Colour {
  const [r, g, b] = colour.map((c) => (c <= 10.31475 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** How far each of a ramp's colours, drawn over a ground, is from the ground: CIE76 differences. */
function differences(ramp: string, ground: Colour): number[] {
  const table = rampTable(ramp);
  const from = lab(ground);
  return Array.from({length: 256}, (_, i) => {
    const alpha = table[i * 4 + 3] / 255;
    const over = ground.map((c, k) => table[i * 4 + k] * alpha + c * (1 - alpha)) as Colour;
    return Math.hypot(...lab(over).map((value, k) => value - from[k]));
  });
}

/** The furthest that values fall below one before. */
function deepestFall(values: number[]): number {
  let most = 0;
  let fall = 0;
  for (const value of values) {
    most = Math.max(most, value);
    fall = Math.max(fall, most - value);
  }
  return fall;
}

test('there are at least ten ramps to choose from', () => {
  expect(rampNames.filter((name) => name !== 'scalar').length).toBeGreaterThanOrEqual(10);
});

describe.each(rampNames)('ramp %s', (name) => {
  const table = rampTable(name);

  test('is fully transparent at no heat and opaque at the top, and never gets more transparent', () => {
    expect(table[3]).toBe(0);
    expect(table[255 * 4 + 3]).toBe(255);
    for (let i = 1; i < 256; i++) expect(table[i * 4 + 3]).toBeGreaterThanOrEqual(table[i * 4 - 1]);
  });

  test('goes one way in lightness: darker for light maps, else lighter', () => {
    const way = name === 'ink' ? -1 : 1;
    for (let i = 1; i < 256; i++) {
      const [before, now] = [i - 1, i].map((entry) => lab([...table.subarray(entry * 4, entry * 4 + 3)] as Colour)[0]);
      // Colours are whole numbers: a step back of one of them is rounding.
      expect((now - before) * way).toBeGreaterThan(-0.5);
    }
    expect(rampDirection(name)).toBe(name === 'ink' ? 'falling' : 'rising');
  });

  test('stands out more from the ground it is for, the hotter it is', () => {
    // What is lost in colour towards white must be little against what is gained in lightness: up to 127 in all.
    if (name === 'ink') expect(deepestFall(differences(name, light))).toBeLessThan(3);
    else expect(deepestFall(differences(name, dark))).toBeLessThan(13);
  });

  test('shows a faint pass clearly', () => {
    // One activity where the hottest place has 500: tone 0.11.
    const tone = Math.round(255 * (Math.log1p(1) / Math.log1p(500)));
    // Scalar means heat by its opacity, and is not for looking at.
    if (name !== 'scalar') expect(differences(name, name === 'ink' ? light : dark)[tone]).toBeGreaterThan(30);
  });
});

describe('rampDirection', () => {
  test('is mixed where a ramp turns, whatever its opacity', () => {
    expect(rampDirection('0:000000,0.5:ffffff,1:808080')).toBe('mixed');
    expect(rampDirection('0:ffffff00,1:101010')).toBe('falling');
    expect(rampDirection('0:10101000,1:ff8040')).toBe('rising');
  });

  test('does not take a ramp of one lightness for a turn', () => {
    expect(rampDirection('0:ff00c800,1:ff00c8')).toBe('rising');
  });
});

describe('lightness', () => {
  test.each([
    [[0, 0, 0], 0],
    [[255, 255, 255], 100],
    [[119, 119, 119], 50.03],
    [[255, 0, 0], 53.24],
    [[3, 3, 3], 0.82],
  ] as const)('of %j is L* %f', ([r, g, b], expected) => {
    expect(lightness(r, g, b)).toBeCloseTo(expected, 1);
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
