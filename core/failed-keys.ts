import {type ActivityTable, unknownDay} from './activity-table.ts';
import {isAtTimes, parseTimes} from './day-times.ts';
import {dayOfDate, weekdayOfDay} from './days.ts';
import {type Filter, type FilterKey, filterKeys} from './filter.ts';
import {foldText} from './fold-text.ts';
import {sportIndex} from './sports.ts';
import {weekdays} from './style.ts';

/** Whether a row of a table passes one key of a filter. */
type Test = (row: number) => boolean;

/**
 * Per row of a table (dense index) the keys of a filter that it does not pass, as bits ({@link failureBit}); 0 where it passes them
 * all. A row fails a key whose fact is unknown of it. A period passes dates that it touches.
 */
export function failedKeys(table: ActivityTable, filter: Filter): Uint16Array {
  const failed = new Uint16Array(table.count);
  for (const key of filterKeys) {
    if (filter[key].length === 0) continue;
    const passes = testOf(key, table, filter);
    const bit = failureBit(key);
    for (let row = 0; row < table.count; row++) {
      if (!passes(row)) failed[row] |= bit;
    }
  }
  return failed;
}

/** The bit that stands for some keys of a filter. */
export function failureBit(...keys: FilterKey[]): number {
  return keys.reduce((bits, key) => bits | (1 << filterKeys.indexOf(key)), 0);
}

const tests: {readonly [K in FilterKey]: (table: ActivityTable, value: Filter[K]) => Test} = {
  sport({sport}, names) {
    const allowed = new Set(names.map(sportIndex));
    return (row) => allowed.has(sport[row]);
  },
  from({to}, date) {
    const first = dayOfDate(date);
    return (row) => to[row] !== unknownDay && to[row] >= first;
  },
  to({from}, date) {
    const last = dayOfDate(date);
    return (row) => from[row] !== unknownDay && from[row] <= last;
  },
  weekday({from, to}, names) {
    const allowed = weekdays.map((day) => names.includes(day));
    return (row) => from[row] !== unknownDay && from[row] === to[row] && allowed[weekdayOfDay(from[row])];
  },
  time({details}, text) {
    const times = parseTimes(text);
    if (!details || !times) return () => false;
    return (row) => isAtTimes(details.startMinute[row], times);
  },
  gear({details}, names) {
    const allowed = new Set(names);
    return (row) => details !== undefined && allowed.has(details.gear[row]);
  },
  commute({details}, choice) {
    return (row) => details !== undefined && (details.commute[row] === 1) === (choice === 'yes');
  },
  name({details}, text) {
    if (!details?.name) return () => false;
    const names = foldedNames(details.name);
    const wanted = foldText(text);
    return (row) => names[row] !== '' && names[row].includes(wanted);
  },
  only({id}, rows) {
    const chosen = new Set(rows);
    return (row) => chosen.has(id[row]);
  },
  without({id}, rows) {
    const chosen = new Set(rows);
    return (row) => !chosen.has(id[row]);
  },
};

function testOf<K extends FilterKey>(key: K, table: ActivityTable, filter: Filter): Test {
  return tests[key](table, filter[key]);
}

/** Names as they are searched. Folding takes longer than searching, so it is done once for a table. */
export function foldedNames(names: readonly string[]): readonly string[] {
  const known = folded.get(names) ?? names.map(foldText);
  folded.set(names, known);
  return known;
}

const folded = new WeakMap<readonly string[], readonly string[]>();
