import {describe, expect, test} from 'vitest';
import {accumulate} from '../../../core/heat/accumulate.ts';
import {createHeatCanvas} from '../../../core/heat/canvas.ts';
import {heatKernel} from '../../../core/heat/kernel.ts';
import {spreadHeat} from '../../../core/heat/spread.ts';
import {drawLines, snapped} from '../../support/draw-lines.ts';
import {type ExactLine, exactHeat} from '../../support/exact-heat.ts';
import {seededRandom} from '../../support/tracks.ts';

const widths = [0.7, 0.8, 1, 1.2, 2, 2.5, 3, 5, 12];

/** Lines through the middle of a picture and far beyond it, at odd angles and places. */
function endlessLines(count: number, size: number): ExactLine[] {
  const random = seededRandom(11);
  return Array.from({length: count}, () => {
    const angle = random() * Math.PI;
    const [x, y] = [size / 2 + random() * 9, size / 2 + random() * 9];
    const [dx, dy] = [Math.cos(angle) * 400, Math.sin(angle) * 400];
    return snapped({x0: x - dx, y0: y - dy, x1: x + dx, y1: y + dy, n: 1});
  });
}

/** Lines of 0.2 to 60 px that stay 100 px off the edge of a picture of 512 px. */
function shortLines(count: number, seed: number): ExactLine[] {
  const random = seededRandom(seed);
  return Array.from({length: count}, () => {
    const angle = random() * 2 * Math.PI;
    const length = 0.2 + random() ** 3 * 60;
    const [x, y] = [160 + random() * 192, 160 + random() * 192];
    const ends = {x0: x, y0: y, x1: x + Math.cos(angle) * length, y1: y + Math.sin(angle) * length};
    return snapped({...ends, n: 1 + Math.floor(random() * 9)});
  }).filter(({x0, y0, x1, y1}) => x0 !== x1 || y0 !== y1);
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

describe.each([1, 2])('spreadHeat at pixel ratio %d', (ratio) => {
  describe.each(widths)('width %d', (width) => {
    const size = 256 * ratio;
    const sigma = width * ratio;
    const style = {width, blur: 0, glow: 0};

    test('gives an endless line heat 1 on its axis and a Gaussian across, whichever way it runs', () => {
      for (const line of endlessLines(8, size)) {
        const {heat} = drawLines([line], style, ratio, size);
        let most = 0;
        let worst = 0;
        for (let i = 0; i < heat.length; i++) {
          const x = (i % size) + 0.5;
          const y = Math.floor(i / size) + 0.5;
          const exact = exactHeat([line], x, y, sigma);
          most = Math.max(most, heat[i]);
          worst = Math.max(worst, Math.abs(heat[i] - exact));
        }
        expect(most).toBeGreaterThan(0.985);
        expect(most).toBeLessThan(1.015);
        expect(worst).toBeLessThan(0.022);
      }
    });

    test('gives short lines a total of n · length · √(2π) · width', () => {
      const lines = shortLines(200, 3);
      const {heat} = drawLines(lines, style, ratio, 512);
      const exact = sum(lines.map(({x0, y0, x1, y1, n}) => n * Math.hypot(x1 - x0, y1 - y0)));
      const total = sum(heat) / (exact * Math.sqrt(2 * Math.PI) * sigma);
      expect(total).toBeGreaterThan(0.998);
      expect(total).toBeLessThan(1.002);
    });

    test('puts a line where it is to a hundredth of a pixel', () => {
      for (const place of [100, 100.25, 101.5, 102.75, 103.96875]) {
        for (const upright of [false, true]) {
          const [a, b] = [-300, 900];
          const line = upright ? {x0: place, y0: a, x1: place, y1: b} : {x0: a, y0: place, x1: b, y1: place};
          const {heat} = drawLines([{...line, n: 1}], style, ratio, size);
          const across = Array.from({length: size}, (_, i) => heat[upright ? 130 * size + i : i * size + 130]);
          const centroid = sum(across.map((value, i) => value * (i + 0.5))) / sum(across);
          expect(Math.abs(centroid - place)).toBeLessThan(0.01);
        }
      }
    });
  });

  test('adds a glow: the heat blurred by σ = blur, times glow', () => {
    for (const blur of [1, 4, 6, 20]) {
      const style = {width: 1.2, blur, glow: 0.8};
      const lines = shortLines(20, blur);
      const {heat} = drawLines(lines, style, ratio, 512);
      const wide = Math.hypot(1.2, blur) * ratio;
      let peak = 0;
      let worst = 0;
      for (let i = 0; i < heat.length; i += 7) {
        const [x, y] = [(i % 512) + 0.5, Math.floor(i / 512) + 0.5];
        const exact = exactHeat(lines, x, y, 1.2 * ratio) + 0.8 * exactHeat(lines, x, y, wide, 1.2 * ratio);
        peak = Math.max(peak, exact);
        worst = Math.max(worst, Math.abs(heat[i] - exact));
      }
      // Lines shorter than a pixel are the hardest: their ends are known to a pixel only.
      expect(worst / peak).toBeLessThan(0.03);
    }
  });
});

describe('spreadHeat', () => {
  const style = {width: 1.2, blur: 6, glow: 0.15};

  test('gives the parts of a cut line the heat of the whole', () => {
    const whole = {x0: 31, y0: 47, x1: 221, y1: 143, n: 1};
    const parts = Array.from({length: 38}, (_, i) => ({
      x0: 31 + i * 5,
      y0: 47 + (i * 96) / 38,
      x1: 36 + i * 5,
      y1: 47 + ((i + 1) * 96) / 38,
      n: 1,
    }));
    const {heat} = drawLines(parts, style);
    const uncut = drawLines([whole], style).heat;
    const worst = heat.reduce((most, value, i) => Math.max(most, Math.abs(value - uncut[i])), 0);
    expect(worst).toBeLessThan(0.02);
  });

  test('adds up: two lines have the heat of one and the other', () => {
    const [a, b] = shortLines(40, 8);
    const both = drawLines([a, b], style, 1, 512).heat;
    const one = drawLines([a], style, 1, 512).heat;
    const other = drawLines([b], style, 1, 512).heat;
    const worst = both.reduce((most, value, i) => Math.max(most, Math.abs(value - one[i] - other[i])), 0);
    expect(worst).toBeLessThan(1e-5);
    expect(sum(one)).toBeGreaterThan(1);
  });

  test('leaves the canvas empty: a second picture has nothing of the first', () => {
    for (const tried of [style, {width: 0.7, blur: 3, glow: 1}, {width: 5, blur: 0, glow: 0}]) {
      const kernel = heatKernel(tried, 1);
      const canvas = createHeatCanvas(256, 256, kernel);
      const line = Int16Array.from([20, 30, 200, 170]);
      accumulate(canvas, line, 0, 1, 1, 0, 0, 1);
      const first = spreadHeat(canvas, kernel).slice();
      expect(sum(first)).toBeGreaterThan(100);
      expect(sum(spreadHeat(canvas, kernel))).toBe(0);
      accumulate(canvas, line, 0, 1, 1, 0, 0, 1);
      expect(spreadHeat(canvas, kernel)).toEqual(first);
    }
  });

  test('marks as lit every block that has heat, and not the whole picture', () => {
    for (const tried of [style, {width: 0.7, blur: 3, glow: 1}, {width: 3, blur: 0, glow: 0}]) {
      const {heat, lit, width} = drawLines([{x0: 51, y0: 63, x1: 60, y1: 70, n: 1}], tried);
      const blockOf = (i: number) => Math.floor(i / width / 4) * (width / 4) + Math.floor((i % width) / 4);
      expect(sum(heat)).toBeGreaterThan(1);
      expect(heat.findIndex((value, i) => value !== 0 && lit[blockOf(i)] === 0)).toBe(-1);
      expect(sum(lit)).toBeLessThan(lit.length / 4);
    }
  });

  test('takes in lines outside of the picture as far as their heat reaches, and no further', () => {
    const {reach} = heatKernel(style, 1);
    const beside = (distance: number) => drawLines([{x0: -distance, y0: 0, x1: -distance, y1: 256, n: 1}], style).heat;
    const near = beside(6);
    const {heat} = drawLines([{x0: 6, y0: 0, x1: 6, y1: 256, n: 1}], style);
    // The heat 12 px off, to the east of the one and of the other.
    expect(near[128 * 256 + 6]).toBeCloseTo(heat[128 * 256 + 18], 4);
    expect(sum(beside(reach + 1))).toBe(0);
  });

  test('is finite and at least 0 but for rounding, whatever is drawn', () => {
    const random = seededRandom(5);
    const lines = Array.from({length: 300}, () => {
      const at = () => Math.round(random() * 1800 - 900);
      return {x0: at(), y0: at(), x1: at(), y1: at(), n: 1};
    });
    const {heat} = drawLines([...lines, {x0: 40, y0: 40, x1: 40, y1: 40, n: 1}], style);
    expect(heat.findIndex((value) => !(value > -1e-6 && value < 100))).toBe(-1);
    expect(sum(heat)).toBeGreaterThan(1000);
  });
});

describe('createHeatCanvas', () => {
  test('wants sizes that are multiples of 4', () => {
    expect(() => createHeatCanvas(258, 256, heatKernel({width: 1, blur: 0, glow: 0}, 1))).toThrow('258 × 256');
  });
});
