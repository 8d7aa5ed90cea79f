import {firstDay, lastDay} from './days.ts';
import {isSport, type Sport, sports} from './sports.ts';

/**
 * The activities of an archive in columns of length `count`, in the order of the archive: the place of a row in it is the
 * row's dense index, which filters and weight textures use.
 */
export type ActivityTable = {
  count: number;
  /** Row id as in the tiles' features. */
  id: Float64Array;
  /** Index into {@link sports}. */
  sport: Uint8Array;
  /** First and last day, days since 1970-01-01 (local date of the start); {@link unknownDay} where unknown. */
  from: Int32Array;
  to: Int32Array;
  /** How many activities the row stands for: 1, or more for a group row. */
  activities: Float64Array;
  /** The following are there only where the archive's detail is `activity`; undefined otherwise. */
  details?: ActivityDetails;
};

/** What only single activities have. Numbers are NaN where unknown. */
export type ActivityDetails = {
  /** Minute of the local day at the start. */
  startMinute: Float64Array;
  /** Metres. */
  distance: Float64Array;
  /** Seconds in motion. */
  moving: Float64Array;
  /** Metres. */
  ascent: Float64Array;
  commute: Uint8Array;
  gear: string[];
  /** Absent in an anonymous archive. */
  name?: string[];
};

/** `from` and `to` of a row whose date is unknown. */
export const unknownDay = -0x80000000;

/** The JSON form of an {@link ActivityTable} in the archive's metadata: whole numbers, ids and days as differences. */
export type ActivityColumns = {
  id: number[];
  sport: number[];
  /** Difference to the day before in the table, null where unknown. */
  from: (number | null)[];
  /** Days from `from` to `to`; left out where all are 0. */
  span?: number[];
  /** Left out where all are 1. */
  activities?: number[];
  startMinute?: (number | null)[];
  distance?: (number | null)[];
  moving?: (number | null)[];
  ascent?: (number | null)[];
  /** Rows (dense indices) that were commutes. */
  commute?: number[];
  /** Names of gear, and per row the place in them plus 1; 0 for none. */
  gearNames?: string[];
  gear?: number[];
  name?: string[];
};

/** The JSON form of a table; equal tables give equal text. */
export function encodeActivityTable(table: ActivityTable): ActivityColumns {
  const days = Array.from(table.from, (day) => (day === unknownDay ? null : day));
  const span = Array.from(table.to, (to, i) => (to === unknownDay ? 0 : to - table.from[i]));
  const activities = Array.from(table.activities);
  const columns: ActivityColumns = {
    id: differences(Array.from(table.id)) as number[],
    sport: Array.from(table.sport),
    from: differences(days),
  };
  if (span.some((days) => days !== 0)) columns.span = span;
  if (activities.some((n) => n !== 1)) columns.activities = activities;
  const details = table.details;
  if (details) {
    columns.startMinute = wholeNumbers(details.startMinute);
    columns.distance = wholeNumbers(details.distance);
    columns.moving = wholeNumbers(details.moving);
    columns.ascent = wholeNumbers(details.ascent);
    columns.commute = [...details.commute.keys()].filter((i) => details.commute[i] === 1);
    const gearNames = [...new Set(details.gear.filter((name) => name !== ''))].sort();
    columns.gearNames = gearNames;
    columns.gear = gearNames.length ? details.gear.map((name) => gearNames.indexOf(name) + 1) : [];
    if (details.name) columns.name = details.name;
  }
  return columns;
}

/**
 * The table of an archive's metadata. `sportNames` is the archive's own list of sports, so that an archive of a newer
 * program with sports unknown here still opens: they become `other`. What is no text, and days that no date can name, are unknown:
 * an archive may come from anywhere.
 */
export function decodeActivityTable(columns: ActivityColumns, sportNames: readonly string[] = sports): ActivityTable {
  const count = columns.id.length;
  const known = sportNames.map((name) => (isSport(name) ? sports.indexOf(name as Sport) : 0));
  const from = sums(columns.from).map((day) => (day !== null && isDay(day) ? day : unknownDay));
  const to = from.map((day, i) => (isDay(day) ? day + (columns.span?.[i] ?? 0) : unknownDay));
  const table: ActivityTable = {
    count,
    id: Float64Array.from(sums(columns.id) as number[]),
    sport: Uint8Array.from(columns.sport, (index) => known[index] ?? 0),
    from: Int32Array.from(from),
    to: Int32Array.from(to, (day, i) => (isDay(day) && day >= from[i] ? day : from[i])),
    activities: columns.activities ? Float64Array.from(columns.activities) : new Float64Array(count).fill(1),
  };
  if (columns.startMinute) {
    const commute = new Uint8Array(count);
    for (const row of columns.commute ?? []) commute[row] = 1;
    const gearNames = columns.gearNames ?? [];
    table.details = {
      startMinute: numbers(columns.startMinute, count),
      distance: numbers(columns.distance, count),
      moving: numbers(columns.moving, count),
      ascent: numbers(columns.ascent, count),
      commute,
      gear: Array.from({length: count}, (_, i) => textOf(gearNames[(columns.gear?.[i] ?? 0) - 1])),
      name: columns.name && Array.from({length: count}, (_, i) => textOf(columns.name?.[i])),
    };
  }
  return table;
}

/** Dense index of each row id of a table. */
export function rowIndex(table: ActivityTable): Map<number, number> {
  const index = new Map<number, number>();
  for (let i = 0; i < table.count; i++) index.set(table.id[i], i);
  return index;
}

function isDay(day: number): boolean {
  return day >= firstDay && day <= lastDay;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function differences(values: (number | null)[]): (number | null)[] {
  let last = 0;
  return values.map((value) => {
    if (value === null) return null;
    const difference = value - last;
    last = value;
    return difference;
  });
}

function sums(differences: (number | null)[]): (number | null)[] {
  let sum = 0;
  return differences.map((difference) => {
    if (difference === null) return null;
    sum += difference;
    return sum;
  });
}

function wholeNumbers(values: Float64Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isNaN(value) ? null : Math.round(value)));
}

function numbers(values: (number | null)[] | undefined, count: number): Float64Array {
  return Float64Array.from({length: count}, (_, i) => values?.[i] ?? Number.NaN);
}
