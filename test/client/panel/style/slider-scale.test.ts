import {expect, test} from 'vitest';
import {moreSliderScales, positionOf, sliderScales, valueAt} from '../../../../client/panel/style/slider-scale.ts';
import {parseStyle} from '../../../../core/style.ts';

test('valueAt(scale, position) spans exactly what a style takes', () => {
  for (const scale of [...sliderScales, ...moreSliderScales]) {
    for (const [position, end] of [
      [0, scale.min],
      [1, scale.max],
    ]) {
      const value = valueAt(scale, position);
      expect(value).toBe(end);
      expect(parseStyle(`${scale.key}=${value}`)).toMatchObject({faults: [], style: {[scale.key]: end}});
      expect(positionOf(scale, value)).toBeCloseTo(position, 10);
    }
    const beyond = scale.max * 1.01;
    expect(parseStyle(`${scale.key}=${beyond}`).faults, scale.key).toHaveLength(1);
    expect(positionOf(scale, valueAt(scale, 0.4))).toBeCloseTo(0.4, 1);
  }
});
