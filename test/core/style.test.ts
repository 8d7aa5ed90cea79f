import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {formatTimes} from '../../core/day-times.ts';
import {sports} from '../../core/sports.ts';
import {
  defaultStyle,
  formatStyle,
  type HeatStyle,
  parseStyle,
  styleKeyNames,
  styleRanges,
  weekdays,
} from '../../core/style.ts';
import {seededRandom} from '../support/tracks.ts';

const tuned: HeatStyle = {
  ramp: '0:00000000,0.5:ff6a00cc,1:ffffff',
  width: 2.5,
  grow: 0.3,
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
  weekday: ['mon', 'sun'],
  time: '22:00-05:00',
  gear: ['100% & more', 'Red, fast'],
  commute: 'no',
  name: 'Über #1 + 2',
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

  test('has one spelling for each filter', () => {
    const text = 'gear=b,a,b&weekday=sun,mon,sun&time=18:00-00:00&name=%20x%20';
    expect(formatStyle(parseStyle(text).style)).toBe('weekday=mon,sun&time=18:00-24:00&gear=a,b&name=x');
  });

  test('leaves defaults out, written or not', () => {
    expect(formatStyle(parseStyle('width=1.20&ramp=fire&top=auto&sport=all').style)).toBe('');
    const all = 'weekday=mon,tue,wed,thu,fri,sat,sun&time=00:00-24:00&gear=&commute=&name=%20';
    expect(formatStyle(parseStyle(all).style)).toBe('');
  });

  test('reads what a browser escapes', () => {
    const query = new URLSearchParams({ramp: tuned.ramp}).toString();
    expect(query).toContain('%3A');
    expect(parseStyle(query).style.ramp).toBe(tuned.ramp);
  });
});

/** Styles at random, in values that the text form can hold. */
function randomStyle(random: () => number): HeatStyle {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)];
  const some = <T>(values: readonly T[]): T[] => values.filter(() => random() < 0.4);
  const number = (min: number, max: number) => Number((min + random() * (max - min)).toFixed(4));
  const letters = [
    'a',
    'Z',
    ' ',
    ',',
    '%',
    '&',
    '=',
    '#',
    '+',
    '"',
    '<',
    "'",
    '/',
    '?',
    'ü',
    '骑',
    '\u202e',
    '\u0301',
    '🚲',
    '%2C',
  ];
  const text = () => `x${Array.from({length: Math.floor(random() * 12)}, () => pick(letters)).join('')}x`;
  const minutes = [0, 1, 359, 360, 720, 1439].filter(() => random() < 0.5);
  const [start, end] = random() < 0.5 ? minutes : minutes.reverse();
  const maybe = <K extends keyof HeatStyle>(key: K, value: () => HeatStyle[K]) =>
    random() < 0.5 ? {[key]: value()} : {};
  return {
    ...defaultStyle,
    ...maybe('ramp', () => pick(['cool', '0:00000000,1:ffffff'])),
    ...maybe('width', () => number(0.7, 12)),
    ...maybe('grow', () => number(0, 1)),
    ...maybe('curve', () => pick(['log', 'sqrt', 'rank'])),
    ...maybe('top', () => number(0.1, 1000)),
    ...maybe('sport', () => some(sports)),
    ...maybe('from', () => '2019-02-03'),
    ...maybe('weekday', () => some(weekdays.slice(1))),
    ...(end !== undefined && start !== end && {time: formatTimes({start, end: end || 1440})}),
    ...maybe('gear', () => [...new Set([text(), text(), text()])].sort()),
    ...maybe('commute', () => pick(['yes', 'no'])),
    ...maybe('name', text),
    ...maybe('only', () => some([1, 2, 30])),
  };
}

test('500 styles at random are read back from their text as they were, and written the same again', () => {
  const random = seededRandom(11);
  for (let i = 0; i < 500; i++) {
    const style = randomStyle(random);
    const text = formatStyle(style);
    expect(text).toMatch(/^[\w.,:%=&~!*'()-]*$/);
    expect(parseStyle(text), text).toEqual({style, faults: []});
    expect(formatStyle(parseStyle(new URLSearchParams(text).toString()).style)).toBe(text);
  }
});

test('a text that no URL can hold is written nevertheless', () => {
  expect(formatStyle({...defaultStyle, name: 'a\ud800b'})).toBe('name=a%EF%BF%BDb');
});

test('README.md tells of each number of a style what it may be, and what it is where it is not given', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  // A row of the table has one key or more: | `blur`, `glow` | … | 0–64, 0–4 | 6, 0.15 |
  const rows = readme.matchAll(/^\| (`[^|]+`) \|[^|]+\| (\d[\d.,– ]*) \| ([^|]+) \|$/gm);
  const told = [...rows].flatMap(([, keys, ranges, defaults]) =>
    keys.split(', ').map((key, i) => {
      const [min, max] = ranges.split(', ')[i].replaceAll(',', '').split('–').map(Number);
      const values = defaults.split(', ');
      return {key: key.replaceAll('`', ''), range: {min, max}, value: (values[i] ?? values[0]).replaceAll('`', '')};
    }),
  );
  expect(Object.fromEntries(told.map(({key, range}) => [key, range]))).toEqual(styleRanges);
  for (const {key, value} of told) expect(String(defaultStyle[key as keyof HeatStyle]), key).toBe(value);
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
    ['ramp=0:000000,0.5:0000ff,0.50001:00ff00,1:ffffff', 'ramp: stop 0.50001 comes after 0.5'],
    ['ramp=0.5:000000,0.2:ffffff', 'ramp: stop 0.2 comes after 0.5'],
    ['ramp=constructor', "ramp: 'constructor' is neither"],
    ['toString=1', "'toString' is no key of a style"],
    ['sport=unicycle', "sport: 'unicycle', expected one of"],
    ['from=2023-02-30', "from: '2023-02-30', expected a date like"],
    ['to=yesterday', "to: 'yesterday'"],
    ['weekday=mon,Sunday', "weekday: 'Sunday', expected one of mon, tue"],
    ['time=6-9', "time: '6-9', expected two different times of day like 06:00-09:30"],
    ['time=06:00-06:00', "time: '06:00-06:00', expected two different times"],
    ['gear=a,,b', "gear: an empty name in 'a,,b', expected a comma list of names"],
    ['gear=100%25', "gear: '100%', expected a comma list of names, with %2C for a comma and %25 for %"],
    ['commute=true', "commute: 'true', expected yes or no"],
    [`name=${'x'.repeat(101)}`, 'name: 101 characters, expected at most 100'],
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
    expect(parseStyle('from=2024-01-01&to=2023-01-01').style).toEqual(defaultStyle);
  });
});
