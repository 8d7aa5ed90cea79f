import {describe, expect, test} from 'vitest';
import {lineAt} from '../../core/heat/line-at.ts';
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

  test('top auto goes in steps of 5 % at whole zooms and without steps in between', () => {
    const byZoom = (zoom: number) => 1024 / 2 ** zoom;
    const at = (zoom: number) => scaleOf({}, byZoom, zoom).top;
    const steps = Math.log(at(4)) / Math.log(1.05);
    expect(steps).toBeCloseTo(Math.round(steps), 9);
    expect(at(4.5)).toBeCloseTo(Math.sqrt(at(4) * at(5)), 9);
    expect(scaleOf({exposure: 1.7}, byZoom, 4.01).top).toBeCloseTo((at(4) * (at(5) / at(4)) ** 0.01) / 1.7, 9);
  });

  test('top auto is halfway between the 99.9th percentile and the greatest heat from zoom 18 on, without a step before', () => {
    const busy = even(100).map((heats) => [...heats.slice(0, -1), 900]);
    const at = (zoom: number) => toneScale(defaultStyle, busy, zoom, 1).top;
    expect(Math.abs(at(13) / 99.9 - 1)).toBeLessThan(0.025);
    expect(Math.abs(at(18) / Math.sqrt(99.9 * 900) - 1)).toBeLessThan(0.025);
    expect(at(21)).toBe(at(18));
    for (let zoom = 13; zoom < 18; zoom++) expect(at(zoom + 1) / at(zoom)).toBeLessThan(1.3);
  });

  test('top auto falls so gently that a lone track gets at most 4 % brighter in a quarter of a zoom', () => {
    // As if all activities went one way, and came apart from zoom 14 on.
    const apart = (zoom: number) => 3000 / 3 ** Math.max(0, zoom - 14);
    for (const share of [1, 0.1]) {
      for (let zoom = 12; zoom < 21; zoom += 0.25) {
        const [before, now] = [zoom, zoom + 0.25].map((zoom) => tone(1, scaleOf({}, apart, zoom, share)));
        expect(now / before).toBeLessThan(1.04);
        expect(now / before).toBeGreaterThan(0.96);
      }
    }
    expect(scaleOf({}, apart, 21).top).toBeLessThan(40);
  });

  test('top auto and ranks follow lines that grow otherwise than by default, and far out they do not', () => {
    const apart = (zoom: number) => 3000 / 1.2 ** zoom;
    const at = (grow: number, zoom: number) => scaleOf({grow}, apart, zoom);
    // Lines that do not grow are 0.21 times as wide at zoom 18; of 100 measured heats there are 0.2 to 0.4 as much.
    expect(at(0, 18).top / at(defaultStyle.grow, 18).top).toBeGreaterThan(0.2);
    expect(at(0, 18).top / at(defaultStyle.grow, 18).top).toBeLessThan(0.4);
    expect(at(1, 18).top / at(defaultStyle.grow, 18).top).toBeGreaterThan(2.5);
    expect(at(0, 18).ranks[20] / at(defaultStyle.grow, 18).ranks[20]).toBeLessThan(0.4);
    expect(at(0, 5).top / at(defaultStyle.grow, 5).top).toBeCloseTo(1, 1);
  });

  test('top auto and ranks follow lines that grow with the ground as wide as they are drawn, to zoom 21', () => {
    for (let zoom = 14; zoom <= 21; zoom++) {
      const [whole, half] = [1, 0.5].map((grow) => lineAt({width: 1.2, grow, blur: 0, glow: 0}, zoom).width);
      const [wide, usual] = [1, 0.5].map((grow) => scaleOf({grow}, 1000, zoom));
      expect(wide.ranks[20] / usual.ranks[20]).toBeCloseTo((whole / half) ** 0.75, 9);
      expect(Math.abs(wide.top / usual.top / (whole / half) ** 0.75 - 1), String(zoom)).toBeLessThan(0.06);
    }
    // Lines end at 32 px: at zoom 21 they are twice as wide as those that grow by half, and not 13 times.
    expect(scaleOf({grow: 1}, 1000, 21).top).toBeLessThan(2000);
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
