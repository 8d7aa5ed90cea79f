import {expect, test} from 'vitest';
import {lineAt} from '../../../core/heat/line-at.ts';
import {defaultStyle} from '../../../core/style.ts';

const plain = {width: 1.2, grow: 0.5, blur: 6, glow: 0.15};

/** By what a line's width grows from a zoom to the next. */
const growthAfter = (grow: number, zoom: number) =>
  lineAt({...plain, grow}, zoom + 1).width / lineAt({...plain, grow}, zoom).width;

test('far out a line is as wide as the style says, whatever it grows', () => {
  for (const grow of [0, 0.5, 1]) expect(lineAt({...plain, grow}, 5).width / 1.2).toBeCloseTo(1, 2);
});

test('close by a line keeps its width on the screen, on the ground or between', () => {
  expect(growthAfter(0, 17)).toBe(1);
  expect(growthAfter(0.5, 17)).toBeCloseTo(Math.SQRT2, 1);
  expect(growthAfter(1, 17)).toBeGreaterThan(1.9);
  expect(growthAfter(1, 17)).toBeLessThan(2);
});

test('the default grows so gently that a line never doubles within a zoom, and so late that a town is not blurred', () => {
  for (let zoom = 0; zoom < 22; zoom++) expect(growthAfter(defaultStyle.grow, zoom)).toBeLessThan(1.42);
  expect(lineAt(defaultStyle, 12).width).toBeLessThan(1.5);
});

test('growth ends at 32 px, and takes nothing from a style that is wider; blur and glow stay', () => {
  expect(lineAt({...plain, grow: 1}, 21)).toEqual({width: 32, blur: 6, glow: 0.15});
  expect(lineAt({...plain, width: 80}, 10).width).toBe(80);
});
