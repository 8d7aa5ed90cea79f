import type {PageContext} from '../page-context.ts';
import {rowBounds} from '../tiles/row-bounds.ts';
import {freeArea} from './free-area.ts';
import {everything, isSameView} from './home-view.ts';
import type {PageView} from './page-hash.ts';

/** Counts what was asked: an answer that comes after a later question is none. */
let asked = 0;

/**
 * The view that shows all lines of some rows (dense indices) beside what covers the page. Undefined where it cannot be told, which is
 * said, and where the person has moved on meanwhile.
 */
export async function viewOfRows(
  {archive, map, status}: PageContext,
  isWanted: (row: number) => boolean,
): Promise<PageView | undefined> {
  const mine = ++asked;
  const from = map.view;
  let fault = '';
  try {
    const bounds = await rowBounds(archive, isWanted);
    if (mine !== asked || !isSameView(from, map.view)) return undefined;
    if (bounds) return everything({bounds, center: undefined}, freeArea());
    fault = 'Its lines cannot be told apart from those of others.';
  } catch (error) {
    fault = `Where it lies could not be read: ${error instanceof Error ? error.message : error}.`;
  } finally {
    if (mine === asked) status.set('rows', fault);
  }
  return undefined;
}
