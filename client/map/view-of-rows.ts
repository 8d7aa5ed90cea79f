import type {PageContext} from '../page-context.ts';
import {rowBounds} from '../tiles/row-bounds.ts';
import {freeArea} from './free-area.ts';
import {everything} from './home-view.ts';
import type {PageView} from './page-hash.ts';

/** The view that shows all lines of some rows (dense indices) beside what covers the page; undefined where there are none. */
export async function viewOfRows(
  {archive}: PageContext,
  isWanted: (row: number) => boolean,
): Promise<PageView | undefined> {
  const bounds = await rowBounds(archive, isWanted);
  return bounds && everything({bounds, center: undefined}, freeArea());
}
