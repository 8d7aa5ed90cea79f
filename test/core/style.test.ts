import {describe, expect, test} from 'vitest';
import {defaultStyle, formatStyle, type HeatStyle, parseStyle, styleKeyNames} from '../../core/style.ts';

const tuned: HeatStyle = {
  ramp: '0:00000000,0.5:ff6a00cc,1:ffffff',
  width: 2.5,
  blur: 12,
  glow: 0.4,
  curve: 'rank',
  top: 37.5,
  exposure: 1.5,
  floor: 2,
  gamma: 0.8,
  opacity: 0.9,
  laps: 1,
  sport: ['ride', 'run'],
  from: '2023-01-01',
  to: '2024-02-29',
  only: [3, 17],
  without: [5],
};

describe('the text form of a style', () => {
  test('is empty for the default style', () => {
    expect(formatStyle(defaultStyle)).toBe('');
    expect(parseStyle('').style).toEqual(defaultStyle);
  });

  test('keeps every key', () => {
    expect(parseStyle(formatStyle(tuned))).toEqual({style: tuned, faults: []});
    for (const key of styleKeyNames) expect(formatStyle(tuned)).toContain(`${key}=`);
  });

  test('is canonical: order of keys, spelling of numbers and order of lists do not matter', () => {
    const one = formatStyle(parseStyle('glow=.50&width=2.0&sport=run,ride&only=17,3,17').style);
    const other = formatStyle(parseStyle('only=3,17&sport=ride,run&width=2&glow=0.5').style);
    expect(one).toBe(other);
    expect(one).toBe('width=2&glow=0.5&sport=ride,run&only=3,17');
  });

  test('leaves defaults out, written or not', () => {
    expect(formatStyle(parseStyle('width=1.20&ramp=fire&top=auto&sport=all').style)).toBe('');
  });

  test('reads what a browser escapes', () => {
    const query = new URLSearchParams({ramp: tuned.ramp}).toString();
    expect(query).toContain('%3A');
    expect(parseStyle(query).style.ramp).toBe(tuned.ramp);
  });
});

describe('parseStyle', () => {
  test.each([
    ['colour=red', "'colour' is no key of a style"],
    ['width=0.5', "width: '0.5', expected 0.7 to 12"],
    ['width=fast', "width: 'fast', expected 0.7 to 12"],
    ['blur=Infinity', "blur: 'Infinity'"],
    ['blur=', "blur: ''"],
    ['gamma=NaN', "gamma: 'NaN'"],
    ['curve=cubic', "curve: 'cubic', expected log, linear, sqrt or rank"],
    ['top=0', "top: '0', expected 0.1 to 100000"],
    ['ramp=rainbow', "ramp: 'rainbow' is neither a built-in ramp"],
    ['ramp=0:000000', 'ramp: one stop, expected at least two'],
    ['ramp=0.5:000000,0.2:ffffff', 'ramp: stop 0.2 comes after 0.5'],
    ['ramp=constructor', "ramp: 'constructor' is neither"],
    ['toString=1', "'toString' is no key of a style"],
    ['sport=unicycle', "sport: 'unicycle', expected one of"],
    ['from=2023-02-30', "from: '2023-02-30', expected a date like"],
    ['to=yesterday', "to: 'yesterday'"],
    ['only=1,x', "only: 'x', expected a comma list of row ids"],
    ['width=2&width=3', 'width: given twice'],
    ['from=2024-01-01&to=2023-01-01', 'from: 2024-01-01 is after to: 2023-01-01'],
  ])('names what is wrong in %s', (text, fault) => {
    const {faults} = parseStyle(text);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
  });

  test('keeps the default of a key that is wrong and the value of the others', () => {
    expect(parseStyle('width=99&glow=1').style).toEqual({...defaultStyle, glow: 1});
  });
});
