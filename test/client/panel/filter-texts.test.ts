import {expect, test} from 'vitest';
import {filterTexts} from '../../../client/panel/share/filter-texts.ts';
import {filterKeys} from '../../../core/filter.ts';
import {defaultStyle, formatStyle, parseStyle} from '../../../core/style.ts';

test('filterTexts say of every key of a filter what it asks for, and nothing of the others', () => {
  const text =
    'sport=ride,run&from=2024-01-01&to=2024-12-31&weekday=sat,sun&time=06:00-12:00&gear=Gravel&commute=no&name=alp&only=3,4&without=5';
  const {style} = parseStyle(text);
  expect(filterTexts(style)).toEqual([
    'ride, run',
    'from 2024-01-01 to 2024-12-31',
    'Sat, Sun',
    '06:00–12:00',
    'Gravel',
    'no commutes',
    '“alp”',
    'chosen ones alone',
    '1 left out',
  ]);
  expect(filterTexts(defaultStyle)).toEqual([]);
  for (const key of filterKeys) {
    const alone = {...defaultStyle, [key]: style[key]};
    expect(filterTexts(alone), formatStyle(alone)).toHaveLength(1);
  }
});
