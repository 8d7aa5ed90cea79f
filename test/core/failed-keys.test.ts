import {describe, expect, test} from 'vitest';
import {failedKeys, failureBit} from '../../core/failed-keys.ts';
import {type Filter, filterKeys, filterOf, isFiltered, openFilter} from '../../core/filter.ts';
import {groupRow} from '../../core/group-row.ts';
import {rowWeights} from '../../core/row-weights.ts';
import {sportIndex, sports} from '../../core/sports.ts';
import {defaultStyle, parseStyle, styleKeyNames, weekdays} from '../../core/style.ts';
import {activityTable, type TestActivity} from '../support/activity-table.ts';
import {seededRandom} from '../support/tracks.ts';

/** A Monday, a Saturday, a Sunday, and one of which nothing is known. */
const table = activityTable([
  {date: '2024-01-01', minute: 7 * 60 + 59, gear: 'Road, red', commute: true, name: 'To work'},
  {date: '2024-01-06', minute: 8 * 60, gear: 'Gravel 100%', name: 'Über den Paß'},
  {date: '2024-01-07', minute: 23 * 60, name: 'Night work'},
  {},
]);

/** Rows that pass a style's text. */
function passing(text: string): number[] {
  const {style, faults} = parseStyle(text);
  expect(faults).toEqual([]);
  return [...rowWeights(table, style).keys()].filter((row) => rowWeights(table, style)[row] === 1);
}

describe('failedKeys', () => {
  test.each([
    ['weekday=mon,sun', [0, 2]],
    ['weekday=sat', [1]],
    ['time=06:00-08:00', [0]],
    ['time=08:00-24:00', [1, 2]],
    ['time=22:00-07:59', [2]],
    ['gear=Road%252C red', [0]],
    ['gear=Gravel 100%2525,Road%252C red', [0, 1]],
    ['gear=A bike nobody has', []],
    ['commute=yes', [0]],
    ['name=WORK', [0, 2]],
    ['name=uber den pass', [1]],
    ['name=work&commute=yes', [0]],
    ['weekday=mon,sun&without=1', [2]],
  ])('%s lets rows %j pass, and none of which the fact is unknown', (text, rows) => {
    expect(passing(text)).toEqual(rows);
  });

  test('commute=no lets pass what is not known to be one', () => {
    expect(passing('commute=no')).toEqual([1, 2, 3]);
  });

  test('names each key that a row fails', () => {
    const failed = failedKeys(table, {
      ...openFilter,
      weekday: ['mon'],
      commute: 'yes',
      name: 'night',
      from: '2024-01-02',
    });
    expect([...failed]).toEqual([
      failureBit('name', 'from'),
      failureBit('weekday', 'commute', 'name'),
      failureBit('weekday', 'commute'),
      failureBit('weekday', 'commute', 'name', 'from'),
    ]);
  });

  test('of a table without details nothing but days and sports is known', () => {
    const bare = {...table, details: undefined};
    for (const filter of [{time: '06:00-08:00'}, {gear: ['Road, red']}, {commute: 'no'}, {name: 'work'}] as const) {
      expect([...rowWeights(bare, {...openFilter, ...filter, gear: [...(filter.gear ?? [])]})]).toEqual([0, 0, 0, 0]);
    }
    expect([...rowWeights(bare, {...openFilter, weekday: ['mon']})]).toEqual([1, 0, 0, 0]);
  });

  test('a period has no day of the week', () => {
    const period = {...table, to: table.from.map((day) => day + 1)};
    expect([...rowWeights(period, {...openFilter, weekday: ['mon', 'tue']})]).toEqual([0, 0, 0, 0]);
  });
});

describe('a filter', () => {
  test('is the keys of a style that choose, and nothing else', () => {
    expect(Object.keys(openFilter).sort()).toEqual([...filterKeys].sort());
    const style = {...defaultStyle, name: 'x', width: 3};
    expect(filterOf(style)).toEqual({...openFilter, name: 'x'});
    const looks = styleKeyNames.filter((key) => !(filterKeys as readonly string[]).includes(key));
    expect(looks).toEqual([
      'ramp',
      'width',
      'grow',
      'blur',
      'glow',
      'curve',
      'top',
      'exposure',
      'floor',
      'gamma',
      'opacity',
      'laps',
    ]);
  });

  test('chooses as soon as one of its keys says something', () => {
    expect(isFiltered(openFilter)).toBe(false);
    for (const text of [
      'time=06:00-07:00',
      'gear=x',
      'commute=no',
      'name=x',
      'weekday=mon',
      'only=1',
      'to=2024-01-01',
    ]) {
      expect(isFiltered(parseStyle(text).style)).toBe(true);
    }
  });
});

test('group rows weigh as counting their activities one by one says, for filters at random', () => {
  const random = seededRandom(7);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)];
  const activities: TestActivity[] = Array.from({length: 200}, () => ({
    sport: pick(['ride', 'run', 'hike'] as const),
    date: random() < 0.1 ? undefined : `${2020 + Math.floor(random() * 3)}-0${1 + Math.floor(random() * 9)}-15`,
    minute: Math.floor(random() * 1440),
    gear: pick(['', 'a', 'b']),
    commute: random() < 0.3,
    name: pick(['', 'Tour', 'Work']),
  }));
  const groups = [
    groupRow(sportIndex('ride'), 2021),
    groupRow(sportIndex('run'), 0),
    groupRow(sportIndex('hike'), 2022),
    groupRow(255, 0),
    groupRow(255, 2020),
  ].sort((a, b) => a - b);
  const table = activityTable([...activities, ...groups.map((id) => ({id}))]);
  for (let i = 0; i < 50; i++) {
    const filter: Filter = {
      ...openFilter,
      sport: random() < 0.3 ? [pick(sports)] : [],
      from: random() < 0.5 ? '2021-03-01' : '',
      weekday: random() < 0.5 ? [pick(weekdays), pick(weekdays)] : [],
      gear: random() < 0.3 ? ['a'] : [],
      commute: pick(['', '', 'yes', 'no']),
      name: pick(['', '', 'tour']),
    };
    const weights = rowWeights(table, filter);
    groups.forEach((id, g) => {
      const [sport, year] = [Math.floor((id - 2 ** 31) / 65_536), (id - 2 ** 31) % 65_536];
      const members = activities.flatMap((activity, row) => {
        const isOfSport = sport === 255 || sportIndex(activity.sport ?? 'ride') === sport;
        const isOfYear = year === 0 || activity.date?.startsWith(String(year));
        return isOfSport && isOfYear ? [weights[row]] : [];
      });
      const share = members.reduce((sum, weight) => sum + weight, 0) / members.length;
      expect(weights[activities.length + g]).toBeCloseTo(share, 6);
    });
  }
});
