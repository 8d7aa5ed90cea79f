/**
 * Time of an ISO 8601 text in `bytes[from, to)`: ms since 1970 UTC, NaN where it is no time. A text without a zone is UTC, as
 * GPX 1.1 and TCX say; fractions are cut to ms. The usual form is read digit by digit, all others by {@link oddTime}.
 */
export function isoTime(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] <= 0x20) at++;
  while (to > at && bytes[to - 1] <= 0x20) to--;
  // YYYY-MM-DDThh:mm:ss
  if (to - at < 19) return oddTime(bytes, at, to);
  const century = two(bytes, at);
  const years = two(bytes, at + 2);
  const month = two(bytes, at + 5);
  const day = two(bytes, at + 8);
  const hour = two(bytes, at + 11);
  const minute = two(bytes, at + 14);
  const second = two(bytes, at + 17);
  const t = bytes[at + 10];
  const usual =
    (century | years | month | day | hour | minute | second) >= 0 &&
    bytes[at + 4] === dash &&
    bytes[at + 7] === dash &&
    bytes[at + 13] === colon &&
    bytes[at + 16] === colon &&
    (t === 0x54 || t === 0x74 || t === 0x20);
  if (!usual || !isTime(month, day, hour, minute, second)) return oddTime(bytes, at, to);

  let ms = 0;
  at += 19;
  if (at < to && (bytes[at] === 0x2e || bytes[at] === 0x2c)) {
    at++;
    for (let unit = 100; at < to; at++, unit /= 10) {
      const digit = bytes[at] - 48;
      if (digit < 0 || digit > 9) break;
      if (unit >= 1) ms += digit * unit;
    }
  }
  const time = utc(century * 100 + years, month, day, hour, minute, second) + ms;
  if (at === to) return time;
  const zone = bytes[at];
  if ((zone === 0x5a || zone === 0x7a) && at + 1 === to) return time;
  if (zone === 0x2b || zone === dash) {
    const hours = two(bytes, at + 1);
    const minutes = at + 6 === to && bytes[at + 3] === colon ? two(bytes, at + 4) : -1;
    if (hours >= 0 && minutes >= 0) return time - (zone === dash ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  }
  return oddTime(bytes, at - 19, to);
}

/**
 * Minutes east of UTC that a time text ends with; undefined for none, `Z` and `+00:00`, as many programs write UTC, which tell nothing
 * about local time: where that is UTC, the place says so.
 */
export function isoZone(bytes: Uint8Array, from: number, to: number): number | undefined {
  const text = String.fromCharCode(...bytes.subarray(Math.max(from, to - longestTime), to)).trimEnd();
  const match = /:\d\d[\d.,]*([+-])(\d\d):?(\d\d)$/.exec(text);
  if (!match) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  if (minutes === 0) return undefined;
  return match[1] === '-' ? -minutes : minutes;
}

const dash = 0x2d;
const colon = 0x3a;
/** Longer texts are no time; this also bounds the work on hostile files. */
const longestTime = 64;

/** Other forms seen in files: no seconds, one-digit fields, slashes, no separators, and what `Date.parse` knows. */
function oddTime(bytes: Uint8Array, from: number, to: number): number {
  if (to === from || to - from > longestTime) return Number.NaN;
  const text = String.fromCharCode(...bytes.subarray(from, to)).trim();
  const match =
    /^(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:[T ]+(\d{1,2})(?::?(\d{2})(?::?(\d{1,2})(?:[.,](\d+))?)?)?)?\s*(?:z|utc|([+-])(\d{1,2})(?::?(\d{2}))?)?$/i.exec(
      text,
    );
  if (!match) {
    // Without a zone Date.parse would take the computer's own: a text means the same time everywhere.
    return Date.parse(/gmt|utc|z$|:\d\d(?:[.,]\d+)?\s*[+-]\d\d:?\d\d$/i.test(text) ? text : `${text} UTC`);
  }
  const [year, month, day, hour, minute, second] = [1, 3, 4, 5, 6, 7].map((group) => Number(match[group] ?? 0));
  if (!isTime(month, day, hour, minute, second)) return Number.NaN;
  const ms = Math.floor(Number(`0.${match[8] ?? 0}`) * 1000);
  const east = (match[9] === '-' ? -1 : 1) * (Number(match[10] ?? 0) * 60 + Number(match[11] ?? 0));
  return utc(year, month, day, hour, minute, second) + ms - east * 60_000;
}

/** Two digits as a number, negative where they are none. */
function two(bytes: Uint8Array, at: number): number {
  const tens = bytes[at] - 48;
  const ones = bytes[at + 1] - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

/** Whether the fields are those of a clock; 24:00 and leap seconds are. */
function isTime(month: number, day: number, hour: number, minute: number, second: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 24 && minute <= 59 && second <= 60;
}

/**
 * Like `Date.UTC`, without its call. Days are counted from 1 March, so that the leap day is the last of its year, in eras of
 * 400 years: the "days from civil" arithmetic of Howard Hinnant, http://howardhinnant.github.io/date_algorithms.html
 */
function utc(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) | 0) + day - 1;
  const dayOfEra = yearOfEra * 365 + ((yearOfEra / 4) | 0) - ((yearOfEra / 100) | 0) + dayOfYear;
  const days = era * 146_097 + dayOfEra - 719_468;
  return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000;
}
