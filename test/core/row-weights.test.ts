import {describe, expect, test} from 'vitest';
import {
  type ActivityTable,
  decodeActivityTable,
  encodeActivityTable,
  rowIndex,
  unknownDay,
} from '../../core/activity-table.ts';
import {dayOfDate} from '../../core/days.ts';
import {groupRow} from '../../core/group-row.ts';
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

/** The same for an archive that has group rows only. */
const groups: ActivityTable = {
  count: 2,
  id: Float64Array.from([groupRow(sportIndex('ride'), 2023), groupRow(sportIndex('ride'), 2024)]),
  sport: Uint8Array.from(['ride', 'ride'].map(sportIndex)),
  from: Int32Array.from([dayOfDate('2023-01-01'), dayOfDate('2024-01-01')]),
  to: Int32Array.from([dayOfDate('2023-12-31'), dayOfDate('2024-12-31')]),
  activities: Float64Array.from([3, 7]),
};

describe('rowWeights', () => {
  test('lets every row pass without a filter', () => {
    expect(weights({})).toEqual([1, 1, 1, 1]);
  });

  test('chooses by sport, by rows alone and by rows left out', () => {
    expect(weights({sport: ['run']})).toEqual([1, 0, 1, 0]);
    expect(weights({only: [3, 9]})).toEqual([1, 0, 1, 0]);
    expect(weights({without: [8]})).toEqual([1, 0, 1, 0]);
  });

  test('takes both ends of a range of dates, and no row without a date', () => {
    expect(weights({from: '2023-05-01', to: '2023-05-01'})).toEqual([1, 0, 0, 0]);
    expect(weights({from: '2023-05-02', to: '2023-12-31'})).toEqual([0, 0, 0, 0]);
  });

  test('weighs a group row beside its activities by the share of these that pass', () => {
    const more = {
      ...table,
      count: 5,
      id: Float64Array.from([3, 8, 9, 10, table.id[3]]),
      sport: Uint8Array.from([...table.sport.subarray(0, 3), sportIndex('ride'), sportIndex('ride')]),
      from: Int32Array.from([...table.from.subarray(0, 3), dayOfDate('2024-09-01'), table.from[3]]),
      to: Int32Array.from([...table.to.subarray(0, 3), dayOfDate('2024-09-01'), table.to[3]]),
      activities: Float64Array.from([1, 1, 1, 1, 2]),
    };
    expect(rowWeights(more, {...defaultStyle, without: [8]})[4]).toBe(0.5);
    expect(rowWeights(more, {...defaultStyle, from: '2024-08-01'})[4]).toBe(0.5);
  });

  test('weighs a row of a year by its days in range where there are no activities beside it', () => {
    expect(rowWeights(groups, {...defaultStyle, from: '2024-07-02'})[1]).toBeCloseTo(183 / 366, 6);
  });
});

describe('passingShare', () => {
  test('counts activities, not rows', () => {
    const passing = rowWeights(groups, {...defaultStyle, from: '2024-01-01'});
    expect(passingShare(groups, passing)).toBeCloseTo(0.7, 6);
    expect(passingShare({...table, count: 0}, new Float32Array(0))).toBe(1);
  });

  test('does not count activities again for the group rows beside them', () => {
    expect(passingShare(table, rowWeights(table, {...defaultStyle, sport: ['run']}))).toBeCloseTo(2 / 3, 6);
  });
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

  test('days that no date can name, and names that are no text, are unknown', () => {
    const columns = encodeActivityTable({...table, details});
    const wrong = JSON.parse(JSON.stringify({...columns, from: [1e9, -2e9, null, 1], name: [1, {a: 2}, null, 'x']}));
    const {from, to, details: read} = decodeActivityTable(wrong);
    expect([...from]).toEqual([unknownDay, unknownDay, unknownDay, unknownDay]);
    expect(to).toEqual(from);
    expect(read?.name).toEqual(['', '', '', 'x']);
  });

  test('rowIndex finds each id', () => {
    expect(rowIndex(table).get(9)).toBe(2);
    expect(rowIndex(table).get(4)).toBeUndefined();
  });
});
