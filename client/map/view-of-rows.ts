import {countedRows} from '../../core/row-weights.ts';
import type {FilterWeights} from '../filter-weights.ts';
import type {PageContext} from '../page-context.ts';
import {rowBounds} from '../tiles/row-bounds.ts';
import {freeArea} from './free-area.ts';
import {everything} from './home-view.ts';
import type {PageView} from './page-hash.ts';

/** Counts what was asked: an answer that comes after a later question is none. */
let asked = 0;

/**
 * The view that shows all lines of what a filter lets pass beside what covers the page. Undefined where it cannot be told, which is
 * said, and where the person has moved on meanwhile.
 */
export async function viewOfRows(
  {archive, map, status}: PageContext,
  {weights, passing}: Pick<FilterWeights, 'weights' | 'passing'>,
): Promise<PageView | undefined> {
  const mine = ++asked;
  const {interactions} = map;
  const counted = countedRows(archive.table);
  // One that passes as a whole is no riddle.
  const isGroup = (row: number) => row >= counted && weights[row] > 0 && weights[row] < 1;
  let fault = '';
  try {
    const bounds = await rowBounds(archive, {
      isWanted: (row) => weights[row] > 0 && !isGroup(row),
      isGroup,
    });
    if (mine !== asked || interactions !== map.interactions) return undefined;
    if (bounds) return everything({bounds, center: undefined}, freeArea());
    fault = passing > 0 ? 'Its lines cannot be told apart from those of others.' : 'No activity passes the filter.';
  } catch (error) {
    fault = `Where it lies could not be read: ${error instanceof Error ? error.message : error}.`;
  } finally {
    if (mine === asked) status.set('rows', fault);
  }
  return undefined;
}
