import {type ActivityTable, decodeActivityTable, encodeActivityTable} from '../../core/activity-table.ts';
import {activityTable} from '../archive-metadata.ts';
import {readRows} from '../archive-rows.ts';
import {ArchiveState} from '../archive-state.ts';
import {Library} from '../library.ts';
import {decodeNumbers, sums} from '../numbers.ts';

/** What a library says that its archive holds. */
export type Expected = {
  table: ActivityTable;
  /** Numbers of the activities that are in each tile (tile id), rising. */
  members: Map<number, number[]>;
};

/**
 * What the archive of a data folder must hold by its library; undefined where the library has changed since the archive was
 * written, so that nothing can be said.
 */
export function expectedOf(data: string, maxZoom: number): Expected | undefined {
  const library = new Library(data);
  const state = new ArchiveState(data);
  try {
    const rows = readRows(library);
    const written = state.rows();
    const keys = new Map(written.map(({number, key}) => [number, key]));
    if (rows.length !== keys.size || rows.some(({number, key}) => keys.get(number) !== key)) return undefined;
    const members = new Map<number, number[]>();
    for (const {number, tiles} of written) {
      for (const tile of sums(decodeNumbers(tiles))) {
        const list = members.get(tile);
        if (list) list.push(number);
        else members.set(tile, [number]);
      }
    }
    // Through the form that it has in the archive, which is rounded.
    const table = decodeActivityTable(encodeActivityTable(activityTable(rows, state.tiles(), maxZoom)));
    return {table, members};
  } finally {
    state.close();
    library.close();
  }
}
