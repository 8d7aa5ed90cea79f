import {describe, expect, test} from 'vitest';
import {quantileProbabilities, quantileZooms} from '../../core/metadata.ts';
import {defaultStyle, type HeatStyle} from '../../core/style.ts';
import {tone, toneScale} from '../../core/tone.ts';

/** Quantiles of a heat that is spread evenly from 0 to `top` at each zoom. */
function even(top: number | ((zoom: number) => number)): number[][] {
  return Array.from({length: quantileZooms}, (_, zoom) =>
    quantileProbabilities.map((p) => Math.max(0.05, p * (typeof top === 'number' ? top : top(zoom)))),
  );
}

function scaleOf(style: Partial<HeatStyle>, top: Parameters<typeof even>[0] = 100, zoom = 10, share = 1) {
  return toneScale({...defaultStyle, ...style}, even(top), zoom, share);
}

describe('toneScale', () => {
  test('top auto is the 99.9th percentile of the zoom, to 2.5 %', () => {
    const {top} = scaleOf({});
    expect(Math.abs(top / 99.9 - 1)).toBeLessThan(0.025);
  });

  test('top auto follows the share of activities that pass, and is never below 2', () => {
    expect(Math.abs(scaleOf({}, 100, 10, 0.1).top / 9.99 - 1)).toBeLessThan(0.025);
    expect(Math.abs(scaleOf({}, 1).top / 2 - 1)).toBeLessThan(0.025);
  });

  test('a top in activities stands as it is, divided by the exposure', () => {
    expect(scaleOf({top: 37}).top).toBe(37);
    expect(scaleOf({top: 37, exposure: 2}).top).toBe(18.5);
  });

  test('between zooms the quantiles are interpolated, below 0 and beyond 21 they are those of the ends', () => {
    const byZoom = (zoom: number) => 1024 / 2 ** zoom;
    const at = (zoom: number) => scaleOf({curve: 'rank'}, byZoom, zoom).ranks.at(-1) as number;
    expect(at(4.5)).toBeCloseTo(Math.sqrt(at(4) * at(5)), 6);
    expect(at(-1)).toBe(at(0));
    expect(at(30)).toBe(at(21));
  });
});

describe('tone', () => {
  test.each([
    'log',
    'linear',
    'sqrt',
    'rank',
  ] as const)('of curve %s rises from 0 at no heat to 1 at the top', (curve) => {
    const scale = scaleOf({curve, top: 100});
    let last = 0;
    for (let heat = 0; heat <= 150; heat += 0.25) {
      const now = tone(heat, scale);
      expect(now).toBeGreaterThanOrEqual(last);
      last = now;
    }
    expect(tone(0, scale)).toBe(0);
    expect(tone(100, scale)).toBeCloseTo(1, 6);
    expect(tone(1e6, scale)).toBe(1);
  });

  test('of curve log is log(1 + heat) / log(1 + top)', () => {
    expect(tone(7, scaleOf({top: 63}))).toBeCloseTo(0.5, 9);
  });

  test('of curve rank is the share of lit pixels with less heat', () => {
    expect(tone(60, scaleOf({curve: 'rank'}))).toBeCloseTo(0.6, 6);
    expect(tone(6, scaleOf({curve: 'rank'}, 100, 10, 0.1))).toBeCloseTo(0.6, 6);
  });

  test('is bent by gamma, more for faint heat', () => {
    expect(tone(25, scaleOf({curve: 'linear', top: 100, gamma: 2}))).toBeCloseTo(0.5, 9);
  });

  test('is 0 below the floor and untouched above it', () => {
    const scale = scaleOf({curve: 'linear', top: 100, floor: 10});
    expect(tone(8.9, scale)).toBe(0);
    expect(tone(10, scale)).toBeCloseTo(0.05, 9);
    expect(tone(12, scale)).toBeCloseTo(0.12, 9);
  });

  test('of what is no heat is 0', () => {
    expect(tone(Number.NaN, scaleOf({}))).toBe(0);
    expect(tone(-1, scaleOf({}))).toBe(0);
  });
});
