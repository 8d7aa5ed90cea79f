import {type ActivityTable, unknownDay} from '../../../core/activity-table.ts';
import {failureBit, foldedNames} from '../../../core/failed-keys.ts';
import {foldText} from '../../../core/fold-text.ts';
import {groupOfRow} from '../../../core/group-row.ts';

/** Rows of single activities (dense indices), the newest first, those of unknown date last. */
export function newestFirst({count, id, from, details}: ActivityTable): number[] {
  const rows: number[] = [];
  for (let row = 0; row < count; row++) {
    if (!groupOfRow(id[row])) rows.push(row);
  }
  const minute = (row: number) => details?.startMinute[row] || 0;
  return rows.sort((a, b) => from[b] - from[a] || minute(b) - minute(a) || id[b] - id[a]);
}

/**
 * The activities among `rows` whose names hold a text, whatever its case and accents. They pass the filter in all but what is chosen
 * by hand: names, and activities alone or left out.
 */
export function searchActivities(
  {details}: ActivityTable,
  rows: readonly number[],
  failed: Uint16Array,
  text: string,
): number[] {
  const others = ~failureBit('name', 'only', 'without');
  const names = details?.name && foldedNames(details.name);
  const wanted = foldText(text.trim());
  return rows.filter((row) => (failed[row] & others) === 0 && (!wanted || names?.[row].includes(wanted)));
}

/** The day of a row; undefined where it is unknown. */
export function knownDay({from}: ActivityTable, row: number): number | undefined {
  return from[row] === unknownDay ? undefined : from[row];
}
