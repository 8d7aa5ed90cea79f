import {type ActivityDetails, type ActivityTable, rowIndex, unknownDay} from '../../core/activity-table.ts';
import {yearOfDay} from '../../core/days.ts';
import {allSports, groupOfRow} from '../../core/group-row.ts';
import type {Fault} from '../verify.ts';

const columns = ['sport', 'from', 'to', 'activities'] as const;
const details = ['startMinute', 'distance', 'moving', 'ascent', 'commute', 'gear', 'name'] as const;

/** Compares an archive's table with what the library says, row by row and fact by fact. */
export function compareTable(table: ActivityTable, expected: ActivityTable, fault: Fault): void {
  const found = rowIndex(table);
  const known = rowIndex(expected);
  for (const [id, row] of known) {
    const at = found.get(id);
    if (at === undefined) {
      fault(`row ${id}: the library has it, the activity table does not`);
      continue;
    }
    for (const column of columns) compare(id, column, table[column][at], expected[column][row], fault);
    if (groupOfRow(id)) continue;
    for (const column of details) {
      compare(id, column, detail(table, column, at), detail(expected, column, row), fault);
    }
  }
  for (const id of found.keys()) {
    if (!known.has(id)) fault(`row ${id}: the activity table has it, the map of the library does not`);
  }
}

function detail(table: ActivityTable, column: keyof ActivityDetails, row: number): string | number | undefined {
  return table.details?.[column]?.[row];
}

function compare(id: number, column: string, found: unknown, expected: unknown, fault: Fault): void {
  if (!Object.is(found, expected))
    fault(`row ${id}: its ${column} is ${found} in the table, ${expected} in the library`);
}

/** Checks that the group rows of a table stand for as many activities as it has of their sport and year. */
export function checkGroupRows(table: ActivityTable, fault: Fault): void {
  for (let row = 0; row < table.count; row++) {
    if (!groupOfRow(table.id[row])) continue;
    let count = 0;
    let undated = 0;
    for (let each = 0; each < table.count; each++) {
      if (groupOfRow(table.id[each]) || !isInGroup(table, each, table.id[row])) continue;
      count++;
      if (table.from[each] === unknownDay) undated++;
    }
    // Where groups are by year, that of year 0 stands for what has no date. A published archive has group rows alone.
    const said = table.activities[row];
    if (count === 0 || said === count || (groupOfRow(table.id[row])?.year === 0 && said === undated)) continue;
    fault(
      `row ${table.id[row]}: the table says it stands for ${said} activities, and has ${count} of its sport and year`,
    );
  }
}

/** Whether an activity of a table (dense index) is one of those that a group row stands for. */
export function isInGroup({sport, from}: ActivityTable, row: number, group: number): boolean {
  const about = groupOfRow(group);
  if (!about) return false;
  if (about.sport !== allSports && about.sport !== sport[row]) return false;
  return about.year === 0 || (from[row] !== unknownDay && yearOfDay(from[row]) === about.year);
}
