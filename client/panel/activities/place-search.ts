import type {WebMercatorViewport} from '@deck.gl/core';
import {element} from '../../element.ts';
import {rowsAt} from '../../heat/rows-at.ts';
import {freeArea} from '../../map/free-area.ts';
import {listenToMapClicks} from '../../map/map-clicks.ts';
import type {PageContext} from '../../page-context.ts';
import {activitiesText} from './chips.ts';

/** Activities that a link can name without getting too long for programs that it is sent through. */
const mostNamed = 300;

/** How much of the map is to be seen around the place, CSS pixels. */
const seenPixels = 40;

/** Which activities are asked for by their place on the map. */
export type PlaceSearch = {
  /** Rows (dense indices) whose lines lie at the place; undefined where none was asked for. */
  readonly rows: ReadonlySet<number> | undefined;
  /** Says how many of them the list has: those that the search and the other parts of the filter let pass. */
  show(listed: readonly number[]): void;
};

/**
 * Lets a click on a line, or Enter with the focus on the map, ask whose it is: the answer comes in the list of activities, which is opened for
 * it. `onAnswer` is given the rows at the place, or undefined when all places count again.
 */
export function createPlaceSearch(
  context: PageContext,
  onAnswer: (rows: ReadonlySet<number> | undefined) => void,
): PlaceSearch {
  const {effect, change} = context;
  const {table} = context.archive;
  const map = element('map', HTMLDivElement);
  const line = element('here', HTMLDivElement);
  const text = element('here-text', HTMLOutputElement);
  const only = element('here-only', HTMLButtonElement);
  const away = element('here-away', HTMLButtonElement);
  let rows: ReadonlySet<number> | undefined;
  let shownRows: readonly number[] = [];

  function answer(found: ReadonlySet<number> | undefined): void {
    rows = found;
    line.hidden = !found;
    element('here-hint', HTMLParagraphElement).hidden = found !== undefined;
    onAnswer(found);
  }

  function ask(x: number, y: number): void {
    const {shown} = effect;
    if (!shown) return;
    const {weights} = context.filtered;
    const found = [...rowsAt(shown.tiles, shown.viewport, x, y)];
    const passing = found.filter((row) => row < table.count && weights[row] > 0);
    if (passing.length === 0) return rows && answer(undefined);
    answer(new Set(passing));
    const toggle = element('panel-toggle', HTMLButtonElement);
    if (toggle.ariaExpanded !== 'true') toggle.click();
    element('tab-activities', HTMLButtonElement).click();
    element('search-part', HTMLElement).scrollIntoView();
    uncover(shown.viewport, x, y);
  }

  /** Moves the map where the panel has come to lie on the place that was asked for. */
  function uncover(viewport: WebMercatorViewport, x: number, y: number): void {
    const {width, height, right, bottom} = freeArea();
    if (x < width - right - seenPixels && y < height - bottom - seenPixels) return;
    const middle = [(width - right) / 2, (height - bottom) / 2];
    const {view} = context.map;
    const {longitude: lng = view.lng, latitude: lat = view.lat} = viewport.panByPosition(
      viewport.unproject([x, y]),
      middle,
    );
    context.map.show({...view, lng, lat}, true);
  }

  listenToMapClicks(map, ask);
  map.addEventListener('keydown', ({key, target}) => {
    if (key !== 'Enter' || !(target instanceof HTMLCanvasElement)) return;
    const {width, height, right, bottom} = freeArea();
    ask((width - right) / 2, (height - bottom) / 2);
  });
  only.addEventListener('click', () => {
    change({only: shownRows.map((row) => table.id[row]).sort((a, b) => a - b)});
  });
  away.addEventListener('click', () => {
    answer(undefined);
    const search = element('search', HTMLInputElement);
    (search.checkVisibility() ? search : document.querySelector<HTMLElement>('#found button'))?.focus();
  });

  return {
    get rows() {
      return rows;
    },
    show(listed) {
      if (!rows) return;
      shownRows = listed;
      const count = listed.length;
      text.textContent =
        count > 0
          ? `${activitiesText(count)} ${count === 1 ? 'activity' : 'activities'} here`
          : 'Too many here to tell apart: zoom in';
      only.hidden = count === 0 || count > mostNamed;
    },
  };
}
