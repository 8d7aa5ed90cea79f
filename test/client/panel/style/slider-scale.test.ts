import {expect, test} from 'vitest';
import {moreSliderScales, positionOf, sliderScales, valueAt} from '../../../../client/panel/style/slider-scale.ts';
import {parseStyle} from '../../../../core/style.ts';

test.each([
  ...sliderScales,
  ...moreSliderScales,
])('valueAt(scale, position) of $key spans exactly what a style takes, and positionOf(scale, value) goes back', (scale) => {
  for (const [position, end] of [
    [0, scale.min],
    [1, scale.max],
  ]) {
    const value = valueAt(scale, position);
    expect(value).toBe(end);
    expect(parseStyle(`${scale.key}=${value}`)).toMatchObject({faults: [], style: {[scale.key]: end}});
    expect(positionOf(scale, value)).toBeCloseTo(position, 10);
  }
  // The range is that of its own key, at both ends.
  const little = (scale.max - scale.min) / 100;
  for (const beyond of [scale.min - little, scale.max + little]) {
    expect(parseStyle(`${scale.key}=${beyond}`).faults, `${beyond}`).toHaveLength(1);
  }
  expect(positionOf(scale, valueAt(scale, 0.4))).toBeCloseTo(0.4, 1);
});
