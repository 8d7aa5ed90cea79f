import {formatTimes, parseTimes} from './day-times.ts';
import {dayOfDate} from './days.ts';
import {formatRamp, parseRamp, ramps} from './ramps.ts';
import {isSport, type Sport, sports} from './sports.ts';

/** Everything that turns heat into a picture, with numbers. Lengths are CSS pixels; see {@link styleKeys} for ranges. */
export type HeatStyle = {
  /** Name of a built-in ramp, or stops (core/ramps.ts). */
  ramp: string;
  /** σ of a line's cross-section, px. */
  width: number;
  /** How much lines keep their width on the ground close by, 0..1 (core/heat/line-at.ts). */
  grow: number;
  /** σ of the glow's blur, px. */
  blur: number;
  /** Strength of the glow. */
  glow: number;
  curve: Curve;
  /** Heat that maps to tone 1. */
  top: 'auto' | number;
  exposure: number;
  /** Heat below which nothing is shown. */
  floor: number;
  gamma: number;
  opacity: number;
  /** Weight of repeated passes of one activity, 0..1. */
  laps: number;
  /** Sports shown; empty for all. */
  sport: Sport[];
  /** First and last local date shown, `YYYY-MM-DD`; empty for open. */
  from: string;
  to: string;
  /** Days of the week shown, Monday first; empty for all. */
  weekday: Weekday[];
  /** Local times of day at which activities shown start, `06:00-09:30`, the end not included; empty for all. */
  time: string;
  /** Names of gear shown; empty for all. */
  gear: string[];
  /** Commutes alone or none of them; empty for both. */
  commute: '' | 'yes' | 'no';
  /** Text within the names of activities shown, whatever its case and accents (core/fold-text.ts); empty for all. */
  name: string;
  /** Rows shown alone, and rows left out; empty for none. */
  only: number[];
  without: number[];
};

export type Curve = 'log' | 'linear' | 'sqrt' | 'rank';

/** The days of a week as a style writes them, Monday first. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export type Weekday = (typeof weekdays)[number];

/** Longest text that names are searched for, characters. */
export const longestName = 100;

/** The style that draws unless asked otherwise. */
export const defaultStyle: Readonly<HeatStyle> = {
  ramp: 'fire',
  width: 1.2,
  grow: 0.5,
  blur: 6,
  glow: 0.15,
  curve: 'log',
  top: 'auto',
  exposure: 1,
  floor: 0,
  gamma: 1,
  opacity: 1,
  laps: 0,
  sport: [],
  from: '',
  to: '',
  weekday: [],
  time: '',
  gear: [],
  commute: '',
  name: '',
  only: [],
  without: [],
};

/** What each number of a style may be. */
export const styleRanges = {
  width: {min: 0.7, max: 12},
  grow: {min: 0, max: 1},
  blur: {min: 0, max: 64},
  glow: {min: 0, max: 4},
  top: {min: 0.1, max: 100_000},
  exposure: {min: 0.1, max: 10},
  floor: {min: 0, max: 1000},
  gamma: {min: 0.2, max: 5},
  opacity: {min: 0, max: 1},
  laps: {min: 0, max: 1},
} as const;

/** How one key of a style is written: its text to a value (or a sentence of what is wrong), and back. */
type StyleKey<T> = {
  /** What is allowed, for messages and documentation. */
  allowed: string;
  parse(text: string): T | StyleFault;
  format(value: T): string;
};

/** What is wrong with a style's text: the key, what was found and what was expected. */
export class StyleFault {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

/** The one table of keys: order here is the canonical order of the text form. */
export const styleKeys: {readonly [K in keyof HeatStyle]: StyleKey<HeatStyle[K]>} = {
  ramp: {
    allowed: `${Object.keys(ramps).join(', ')}, or stops like 0:00000000,0.5:ff6a00cc,1:ffffff`,
    parse: (text) => {
      const stops = parseRamp(text);
      if (typeof stops === 'string') return new StyleFault(stops);
      return Object.hasOwn(ramps, text) ? text : formatRamp(stops);
    },
    format: (value) => value,
  },
  width: numberKey('width'),
  grow: numberKey('grow'),
  blur: numberKey('blur'),
  glow: numberKey('glow'),
  curve: {
    allowed: 'log, linear, sqrt or rank',
    parse: (text) =>
      text === 'log' || text === 'linear' || text === 'sqrt' || text === 'rank'
        ? text
        : new StyleFault(`curve: '${text}', expected log, linear, sqrt or rank`),
    format: (value) => value,
  },
  top: {
    allowed: `auto, or activities from ${styleRanges.top.min} to ${styleRanges.top.max}`,
    parse: (text) => (text === 'auto' ? text : numberKey('top').parse(text)),
    format: (value) => (value === 'auto' ? value : formatNumber(value)),
  },
  exposure: numberKey('exposure'),
  floor: numberKey('floor'),
  gamma: numberKey('gamma'),
  opacity: numberKey('opacity'),
  laps: numberKey('laps'),
  sport: {
    allowed: `a comma list of ${sports.join(', ')}`,
    parse: (text) => {
      const words = text === '' || text === 'all' ? [] : text.split(',');
      const unknown = words.find((word) => !isSport(word));
      if (unknown !== undefined) return new StyleFault(`sport: '${unknown}', expected one of ${sports.join(', ')}`);
      return sports.filter((sport) => words.includes(sport));
    },
    format: (value) => value.join(','),
  },
  from: dateKey('from'),
  to: dateKey('to'),
  weekday: {
    allowed: `a comma list of ${weekdays.join(', ')}`,
    parse: (text) => {
      const words: readonly string[] = text === '' ? [] : text.split(',');
      const unknown = words.find((word) => !(weekdays as readonly string[]).includes(word));
      if (unknown !== undefined) {
        return new StyleFault(`weekday: '${unknown}', expected one of ${weekdays.join(', ')}`);
      }
      const days = weekdays.filter((day) => words.includes(day));
      return days.length === weekdays.length ? [] : days;
    },
    format: (value) => value.join(','),
  },
  time: {
    allowed: 'two times of day like 06:00-09:30; 22:00-05:00 is over midnight',
    parse: (text) => {
      const times = text === '' ? '' : parseTimes(text);
      if (times === undefined) {
        return new StyleFault(`time: '${text}', expected two different times of day like 06:00-09:30`);
      }
      return times && formatTimes(times);
    },
    format: (value) => value,
  },
  gear: {
    allowed: 'a comma list of names, with %2C for a comma in a name and %25 for a percent sign',
    parse: (text) => {
      const names: string[] = [];
      for (const part of text === '' ? [] : text.split(',')) {
        const name = percentDecoded(part);
        if (!name) {
          const found = name === '' ? `an empty name in '${text}'` : `'${part}'`;
          return new StyleFault(`gear: ${found}, expected a comma list of names, with %2C for a comma and %25 for %`);
        }
        names.push(name);
      }
      return [...new Set(names)].sort();
    },
    format: (value) => value.map((name) => name.replace(/%/g, '%25').replace(/,/g, '%2C')).join(','),
  },
  commute: {
    allowed: 'yes or no',
    parse: (text) =>
      text === 'yes' || text === 'no' || text === '' ? text : new StyleFault(`commute: '${text}', expected yes or no`),
    format: (value) => value,
  },
  name: {
    allowed: `text of at most ${longestName} characters`,
    parse: (text) => {
      const {length} = [...text.trim()];
      return length <= longestName
        ? text.trim()
        : new StyleFault(`name: ${length} characters, expected at most ${longestName}`);
    },
    format: (value) => value,
  },
  only: rowsKey('only'),
  without: rowsKey('without'),
};

/** Keys of a style in canonical order. */
export const styleKeyNames = Object.keys(styleKeys) as (keyof HeatStyle)[];

/** A style and what was wrong with its text; keys with a fault keep their default. */
export type ParsedStyle = {style: HeatStyle; faults: string[]};

/**
 * The style that a query string describes (`ramp=cool&width=2`). Each unknown key, repeated key and value out of range is
 * a fault that names it.
 */
export function parseStyle(text: string | URLSearchParams): ParsedStyle {
  const style: HeatStyle = {...defaultStyle};
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const [key, value] of new URLSearchParams(text)) {
    if (seen.has(key)) faults.push(`${key}: given twice`);
    else if (Object.hasOwn(styleKeys, key)) setKey(style, key as keyof HeatStyle, value, faults);
    else faults.push(`'${key}' is no key of a style, expected one of ${styleKeyNames.join(', ')}`);
    seen.add(key);
  }
  if (style.from && style.to && style.from > style.to) {
    faults.push(`from: ${style.from} is after to: ${style.to}`);
    Object.assign(style, {from: '', to: ''});
  }
  return {style, faults};
}

/**
 * The one text form of a style: keys in canonical order, defaults left out, escaped as in a URL but for commas and colons. Equal
 * styles give equal text, so it serves as a cache key; `parseStyle` reads it back.
 */
export function formatStyle(style: HeatStyle): string {
  const parts: string[] = [];
  for (const key of styleKeyNames) {
    // Most values are the default, and writing numbers takes time: every tile's tag asks for this.
    if (style[key] === defaultStyle[key]) continue;
    const text = formatKey(style, key);
    if (text !== formatKey(defaultStyle, key)) parts.push(`${key}=${urlText(text)}`);
  }
  return parts.join('&');
}

/** Text for a URL's query or hash. Half a surrogate pair, which no URL can hold, becomes the sign for what is unreadable. */
function urlText(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))
    .replaceAll('%2C', ',')
    .replaceAll('%3A', ':');
}

/** What percent signs in a text stand for; undefined where they stand for nothing. */
function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function setKey<K extends keyof HeatStyle>(style: HeatStyle, key: K, text: string, faults: string[]): void {
  const value = styleKeys[key].parse(text);
  if (value instanceof StyleFault) faults.push(value.message);
  else style[key] = value;
}

function formatKey<K extends keyof HeatStyle>(style: Readonly<HeatStyle>, key: K): string {
  return styleKeys[key].format(style[key]);
}

function numberKey(name: keyof typeof styleRanges): StyleKey<number> {
  const {min, max} = styleRanges[name];
  return {
    allowed: `${min} to ${max}`,
    parse: (text) => {
      const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)
        ? Number(formatNumber(Number(text)))
        : Number.NaN;
      return value >= min && value <= max ? value : new StyleFault(`${name}: '${text}', expected ${min} to ${max}`);
    },
    format: formatNumber,
  };
}

/** Up to four decimals: finer differences cannot be seen and would only split caches. */
function formatNumber(value: number): string {
  return String(Number(value.toFixed(4)));
}

function dateKey(name: string): StyleKey<string> {
  return {
    allowed: 'YYYY-MM-DD',
    parse: (text) =>
      text === '' || Number.isFinite(dayOfDate(text))
        ? text
        : new StyleFault(`${name}: '${text}', expected a date like 2024-05-31`),
    format: (value) => value,
  };
}

function rowsKey(name: string): StyleKey<number[]> {
  return {
    allowed: 'a comma list of row ids',
    parse: (text) => {
      const parts = text === '' ? [] : text.split(',');
      const bad = parts.find((part) => !/^\d{1,10}$/.test(part));
      if (bad !== undefined) return new StyleFault(`${name}: '${bad}', expected a comma list of row ids`);
      return [...new Set(parts.map(Number))].sort((a, b) => a - b);
    },
    format: (value) => value.join(','),
  };
}
