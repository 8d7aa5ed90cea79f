import {type Filter, openFilter} from '../../../core/filter.ts';
import {styleKeys} from '../../../core/style.ts';
import {element} from '../../element.ts';
import {filterWeights} from '../../filter-weights.ts';
import {viewOfRows} from '../../map/view-of-rows.ts';
import type {PageContext} from '../../page-context.ts';
import {passFocus} from '../pass-focus.ts';
import {type ActivityItem, createActivityItem, type ItemActions} from './activity-item.ts';
import {activitiesText} from './chips.ts';
import {createChosenActivities} from './chosen-activities.ts';
import {createPlaceSearch} from './place-search.ts';
import {replaceKeepingFocus} from './replace-keeping-focus.ts';
import {newestFirst, searchActivities} from './search-activities.ts';
import type {TableFacts} from './table-facts.ts';
import {toggleActivity} from './toggle-activity.ts';

/** Activities listed at first, and at most: who wants others can search for them. */
const fewest = 10;
const most = 100;

/**
 * Activities by name: a search, a list of what it finds, and for each activity whether it is shown alone or left out. There only where an
 * archive tells activities apart.
 */
export function createActivitySearch(context: PageContext, {hasNames}: TableFacts): {show(filter: Filter): void} {
  const {table} = context.archive;
  element('search-part', HTMLElement).hidden = !table.details;
  if (!table.details) return {show() {}};
  const order = newestFirst(table);
  const chosen = createChosenActivities(context, new Map(order.map((row) => [table.id[row], row])));
  const search = element('search', HTMLInputElement);
  const onlyMatches = element('search-only', HTMLButtonElement);
  const list = element('found', HTMLUListElement);
  const more = element('found-more', HTMLButtonElement);
  const rest = element('found-rest', HTMLParagraphElement);
  const items = new Map<number, ActivityItem>();
  let length = fewest;
  let shownName = '';
  const place = createPlaceSearch(context, (isAsked) => {
    length = fewest;
    if (isAsked) search.value = '';
    showFound();
  });
  const actions: ItemActions = {
    toggle: (key, id) => context.change(toggleActivity(context.style, key, id)),
    async goTo(row) {
      const view = await viewOfRows(context, filterWeights(table, {...openFilter, only: [table.id[row]]}));
      if (view) context.map.show(view, true);
    },
  };

  element('search-field', HTMLDivElement).hidden = !hasNames;
  search.addEventListener('input', () => {
    length = fewest;
    showFound();
  });
  search.addEventListener('keydown', (event) => {
    // Escape empties the field before it closes the panel.
    if (event.key === 'Escape' && search.value) event.stopPropagation();
    if (event.key === 'Enter' && !onlyMatches.hidden) onlyMatches.click();
  });
  onlyMatches.addEventListener('click', () => {
    const name = styleKeys.name.parse(search.value);
    if (typeof name === 'string') context.change({name});
    passFocus(onlyMatches, list.querySelector('button'));
  });
  more.addEventListener('click', () => {
    length = most;
    showFound();
    passFocus(more, list.children[fewest]?.querySelector('button') ?? null);
  });

  function itemOf(row: number): ActivityItem {
    const item = items.get(row) ?? createActivityItem(table, row, actions);
    items.set(row, item);
    return item;
  }

  function showFound(): void {
    const {style, filtered} = context;
    const all = searchActivities(table, place.here(order), filtered.failed, search.value);
    place.show(all);
    const count = all.length;
    const rows = all.slice(0, length);
    const shown = rows.map((row) => {
      const item = itemOf(row);
      item.show(style);
      return item.element;
    });
    const isSame = shown.length === list.children.length && shown.every((each, i) => each === list.children[i]);
    if (!isSame) replaceKeepingFocus(list, shown, search);
    const left = count - shown.length;
    more.hidden = left === 0 || length === most;
    more.textContent = `Show ${Math.min(left, most - fewest)} more`;
    rest.hidden = left === 0 || length === fewest;
    rest.textContent = `and ${activitiesText(left)} more: search for their names`;
    element('found-none', HTMLParagraphElement).hidden = count > 0 || place.isAsked;
    onlyMatches.hidden = search.value.trim() === style.name;
  }

  return {
    show(filter) {
      // What is being typed stays while other parts of the filter change.
      if (filter.name !== shownName) search.value = filter.name;
      shownName = filter.name;
      chosen.show(filter);
      showFound();
    },
  };
}
