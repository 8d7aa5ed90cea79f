import {describe, expect, test} from 'vitest';
import {builtInStyles, parseStyleQuery, savedStyles} from '../../core/named-styles.ts';
import {parseRamp, rampTable} from '../../core/ramps.ts';
import {defaultStyle, formatStyle, parseStyle} from '../../core/style.ts';

describe('builtInStyles', () => {
  test.each(Object.entries(builtInStyles))('%s is a style in its canonical text', (_, {text}) => {
    const {style, faults} = parseStyle(text);
    expect(faults).toEqual([]);
    expect(formatStyle(style)).toBe(text);
  });

  test('are what mappers need: a thin line of every pass, the top tenth alone, white with alpha', () => {
    const style = (name: keyof typeof builtInStyles) => parseStyle(builtInStyles[name].text).style;
    expect(style('heat')).toEqual(defaultStyle);
    expect(style('centre-line')).toMatchObject({glow: 0, laps: 1, width: 1});
    expect(style('corridor').width).toBeGreaterThan(3);
    expect(style('scalar')).toMatchObject({ramp: 'scalar', glow: 0});
    const busiest = style('busiest');
    expect(busiest.curve).toBe('rank');
    const alpha = Array.from({length: 256}, (_, i) => rampTable(busiest.ramp)[i * 4 + 3]);
    expect(alpha.slice(0, Math.floor(255 * 0.89)).every((value) => value === 0)).toBe(true);
    expect(alpha.slice(Math.ceil(255 * 0.91)).every((value) => value > 200)).toBe(true);
  });

  test('of the centre line shows a single pass in strong colour', () => {
    // One activity in two hundred, log scale: tone 0.13 before gamma.
    const {ramp, gamma} = parseStyle(builtInStyles['centre-line'].text).style;
    const tone = (Math.log1p(1) / Math.log1p(200)) ** (1 / gamma);
    expect(rampTable(ramp)[Math.round(tone * 255) * 4 + 3]).toBeGreaterThan(200);
    expect(parseRamp(ramp)).not.toBeTypeOf('string');
  });
});

describe('parseStyleQuery', () => {
  const saved = savedStyles({winter: 'ramp=cool&sport=ski'}).styles;

  test('begins with the named style and changes what else is given', () => {
    const {style, faults} = parseStyleQuery('style=centre-line&width=2&sport=hike');
    expect(faults).toEqual([]);
    expect(style).toMatchObject({glow: 0, laps: 1, width: 2, sport: ['hike']});
    expect(parseStyleQuery('laps=0&style=centre-line').style.laps).toBe(0);
  });

  test('without a name is a plain style', () => {
    expect(parseStyleQuery('ramp=cool')).toEqual(parseStyle('ramp=cool'));
    expect(parseStyleQuery('')).toEqual({style: defaultStyle, faults: []});
  });

  test('knows saved styles', () => {
    expect(parseStyleQuery('style=winter', saved).style).toMatchObject({ramp: 'cool', sport: ['ski']});
  });

  test.each([
    ['style=sepia', "style: 'sepia', expected one of heat, cool,"],
    ['style=constructor', "style: 'constructor', expected one of"],
    ['style=', "style: '', expected one of"],
    ['style=heat&style=cool', 'style: given twice'],
    ['style=cool&width=1&width=2', 'width: given twice'],
    ['style=cool&wdith=1', "'wdith' is no key of a style"],
    ['style=cool&width=99', "width: '99', expected 0.7 to 12"],
  ])('%s is a fault that names the key', (query, sentence) => {
    expect(parseStyleQuery(query, saved).faults.join('; ')).toContain(sentence);
  });
});

describe('savedStyles', () => {
  test('leaves out what is no style, with a reason', () => {
    const {styles, faults} = savedStyles({
      good: 'width=2',
      heat: '',
      Heat: 'width=2',
      'a b': '',
      number: 5,
      wrong: 'width=99',
    });
    expect(Object.keys(styles)).toEqual(['good']);
    expect(faults).toEqual([
      "'heat': the name of a built-in style",
      "'Heat': the name of a built-in style",
      "'a b': expected a name of up to 40 letters a to z, digits, - and _",
      '\'number\': expected the text of a style like "ramp=cool"',
      "'wrong': width: '99', expected 0.7 to 12",
    ]);
  });

  test.each([[null], [[]], ['text']])('finds no styles in %j', (json) => {
    expect(savedStyles(json)).toMatchObject({styles: {}, faults: [expect.stringContaining('expected')]});
  });
});
