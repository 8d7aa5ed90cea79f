import {describe, expect, test} from 'vitest';
import {
  type ActivityTable,
  decodeActivityTable,
  encodeActivityTable,
  rowIndex,
  unknownDay,
} from '../../core/activity-table.ts';
import {dayOfDate} from '../../core/days.ts';
import {passingShare, rowWeights} from '../../core/row-weights.ts';
import {sportIndex} from '../../core/sports.ts';
import {defaultStyle} from '../../core/style.ts';

const table: ActivityTable = {
  count: 4,
  id: Float64Array.from([3, 8, 9, 2 ** 31 + 65_536 + 2024]),
  sport: Uint8Array.from(['run', 'ride', 'run', 'ride'].map(sportIndex)),
  from: Int32Array.from([dayOfDate('2023-05-01'), dayOfDate('2024-05-01'), unknownDay, dayOfDate('2024-01-01')]),
  to: Int32Array.from([dayOfDate('2023-05-01'), dayOfDate('2024-05-01'), unknownDay, dayOfDate('2024-12-31')]),
  activities: Float64Array.from([1, 1, 1, 7]),
};

const weights = (filter: object) => [...rowWeights(table, {...defaultStyle, ...filter})];

describe('rowWeights', () => {
  test('lets every row pass without a filter', () => {
    expect(weights({})).toEqual([1, 1, 1, 1]);
  });

  test('chooses by sport, by rows alone and by rows left out', () => {
    expect(weights({sport: ['run']})).toEqual([1, 0, 1, 0]);
    expect(weights({only: [8, 9]})).toEqual([0, 1, 1, 0]);
    expect(weights({without: [8]})).toEqual([1, 0, 1, 1]);
  });

  test('takes both ends of a range of dates, and no row without a date', () => {
    expect(weights({from: '2023-05-01', to: '2023-05-01'})).toEqual([1, 0, 0, 0]);
    expect(weights({from: '2023-05-02', to: '2023-12-31'})).toEqual([0, 0, 0, 0]);
  });

  test('weighs a row of a year by its days in range', () => {
    expect(weights({from: '2024-07-02'})[3]).toBeCloseTo(183 / 366, 6);
  });
});

test('passingShare counts activities, not rows', () => {
  expect(passingShare(table, rowWeights(table, {...defaultStyle, sport: ['ride']}))).toBe(0.8);
  expect(passingShare({...table, count: 0}, new Float32Array(0))).toBe(1);
});

describe('the JSON form of an activity table', () => {
  const details = {
    startMinute: Float64Array.from([420, 1439, Number.NaN, 0]),
    distance: Float64Array.from([12_000, 80_500, Number.NaN, 1]),
    moving: Float64Array.from([3600, 9000, Number.NaN, 1]),
    ascent: Float64Array.from([120, 900, Number.NaN, 0]),
    commute: Uint8Array.from([0, 1, 0, 0]),
    gear: ['', 'Gravel bike', '', 'Old bike'],
    name: ['Morning run', 'Über den Pass', '', 'Year'],
  };

  test('keeps every column through JSON', () => {
    const full = {...table, details};
    expect(decodeActivityTable(JSON.parse(JSON.stringify(encodeActivityTable(full))))).toEqual(full);
    expect(decodeActivityTable(JSON.parse(JSON.stringify(encodeActivityTable(table))))).toEqual({
      ...table,
      details: undefined,
    });
  });

  test('reads sports of a newer program as other', () => {
    const columns = {...encodeActivityTable(table), sport: [0, 1, 2, 0]};
    expect([...decodeActivityTable(columns, ['run', 'kite', 'ride']).sport]).toEqual(
      ['run', 'other', 'ride', 'run'].map(sportIndex),
    );
  });

  test('rowIndex finds each id', () => {
    expect(rowIndex(table).get(9)).toBe(2);
    expect(rowIndex(table).get(4)).toBeUndefined();
  });
});
