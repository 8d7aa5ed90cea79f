import {describe, expect, test} from 'vitest';
import {facetCounts} from '../../../../client/panel/activities/facet-counts.ts';
import {newestFirst, searchActivities} from '../../../../client/panel/activities/search-activities.ts';
import {formatHours, sumShown} from '../../../../client/panel/activities/sum-shown.ts';
import {tableFacts} from '../../../../client/panel/activities/table-facts.ts';
import {toggleActivity} from '../../../../client/panel/activities/toggle-activity.ts';
import type {ActivityTable} from '../../../../core/activity-table.ts';
import {dayOfDate} from '../../../../core/days.ts';
import {failedKeys} from '../../../../core/failed-keys.ts';
import {openFilter} from '../../../../core/filter.ts';
import {groupRow} from '../../../../core/group-row.ts';
import {rowWeights} from '../../../../core/row-weights.ts';
import {sportIndex, sports} from '../../../../core/sports.ts';
import {activityTable} from '../../../support/activity-table.ts';

const table = activityTable([
  {sport: 'run', date: '2019-05-01', name: 'Über die Felder', distance: 10_000, moving: 3600},
  {sport: 'ride', name: '<script>alert(1)</script>', gear: 'Old bike', distance: 30_000},
  {sport: 'run', date: '2022-05-01', minute: 400, name: 'Felder'},
  {sport: 'run', date: '2022-05-01', minute: 500, commute: true, moving: 1800},
  {id: groupRow(sportIndex('run'), 0), sport: 'run', date: '2019-05-01'},
]);

describe('tableFacts', () => {
  test('says what an archive knows, group rows aside', () => {
    expect(tableFacts(table)).toEqual({
      sports: ['run', 'ride'],
      days: {first: dayOfDate('2019-05-01'), last: dayOfDate('2022-05-01')},
      years: ['2022', '2019'],
      hasWeekdays: true,
      hasTimes: true,
      gear: ['Old bike'],
      hasCommutes: true,
      hasNames: true,
    });
  });

  test('of a table of years only sports and years are known', () => {
    const periods: ActivityTable = {...table, to: table.from.map((day) => day + 364), details: undefined};
    expect(tableFacts(periods)).toMatchObject({
      hasWeekdays: false,
      hasTimes: false,
      gear: [],
      hasCommutes: false,
      hasNames: false,
    });
    expect(tableFacts(periods).years).toEqual(['2023', '2022', '2020', '2019']);
    expect(tableFacts({...table, count: 0, from: new Int32Array(), to: new Int32Array()}).days).toBeUndefined();
  });
});

test('facetCounts counts what each choice would show, and all there is', () => {
  const failed = failedKeys(table, {...openFilter, sport: ['ride'], commute: 'no'});
  const {all, passing} = facetCounts(table, failed, 'sport', sports.length, (row) => table.sport[row]);
  expect([all[sportIndex('run')], all[sportIndex('ride')]]).toEqual([3, 1]);
  expect([passing[sportIndex('run')], passing[sportIndex('ride')]]).toEqual([2, 1]);
});

test('sums are of what is shown, by weight; what is unknown adds nothing', () => {
  expect(sumShown(table, new Float32Array(6).fill(1))).toEqual({distance: 40_000, moving: 5400});
  expect(sumShown(table, Float32Array.of(0.5, 0, 1, 1, 1))).toEqual({distance: 5000, moving: 3600});
  expect(sumShown({...table, details: undefined}, new Float32Array(5))).toEqual({
    distance: undefined,
    moving: undefined,
  });
});

test.each([
  [0, '0\u202fh'],
  [2700, '45\u202fmin'],
  [3590, '1.0\u202fh'],
  [12_600, '3.5\u202fh'],
  [4_334_400, '1,204\u202fh'],
])('%i seconds in motion are told as %s', (seconds, text) => expect(formatHours(seconds)).toBe(text));

describe('searchActivities', () => {
  const order = newestFirst(table);
  const find = (text: string, filter = {}) =>
    searchActivities(table, order, failedKeys(table, {...openFilter, ...filter}), text);

  test('lists the newest first, unknown dates last, and no group rows', () => {
    expect(find('')).toEqual([3, 2, 0, 1]);
  });

  test('finds text within names whatever its case and accents', () => {
    expect(find(' uber ')).toEqual([0]);
    expect(find('FELDER')).toEqual([2, 0]);
    expect(find('<script')).toEqual([1]);
    expect(find('nothing')).toEqual([]);
  });

  test('keeps to the filter, but for what was chosen by hand', () => {
    expect(find('', {from: '2020-01-01', only: [1], name: 'x'})).toEqual([3, 2]);
  });

  test('what is searched passes the filter of the same text', () => {
    const weights = rowWeights(table, {...openFilter, name: 'felder'});
    expect([...weights.keys()].filter((row) => row < 4 && weights[row] > 0)).toEqual(find('felder').sort());
  });
});

test('an activity is in one list at most, and taken out by the second press', () => {
  const once = toggleActivity({...openFilter, without: [3, 5]}, 'only', 5);
  expect(once).toEqual({only: [5], without: [3]});
  expect(toggleActivity({...openFilter, ...once}, 'only', 2).only).toEqual([2, 5]);
  expect(toggleActivity({...openFilter, ...once}, 'only', 5)).toEqual({only: [], without: [3]});
});
