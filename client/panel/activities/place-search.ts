import type {WebMercatorViewport} from '@deck.gl/core';
import {lineAt} from '../../../core/heat/line-at.ts';
import {countedRows} from '../../../core/row-weights.ts';
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

/** What lies at a place of the map that was asked for: rows, as dense indices. */
type Found = {
  all: ReadonlySet<number>;
  /** Those that were shown then. */
  shown: ReadonlySet<number>;
};

/** Which activities are asked for by their place on the map. */
export type PlaceSearch = {
  /** Whether there is a place that was asked for. */
  readonly isAsked: boolean;
  /** Those of some rows (dense indices) whose lines lie at the place; all where none was asked for. */
  here(rows: readonly number[]): readonly number[];
  /** Says how many of them the list has: those that the search and the other parts of the filter let pass. */
  show(listed: readonly number[]): void;
};

/**
 * Lets a click on a line, or Enter with the focus on the map, ask whose it is: the answer comes in the list of activities, which is opened for
 * it. `onAnswer` is told whether there is one, or all places count again.
 */
export function createPlaceSearch(context: PageContext, onAnswer: (isAsked: boolean) => void): PlaceSearch {
  const {effect, change} = context;
  const {table} = context.archive;
  const counted = countedRows(table);
  const map = element('map', HTMLDivElement);
  const line = element('here', HTMLDivElement);
  const text = element('here-text', HTMLOutputElement);
  const only = element('here-only', HTMLButtonElement);
  const away = element('here-away', HTMLButtonElement);
  let place: Found | undefined;
  let shownRows: readonly number[] = [];

  function answer(found: Found | undefined): void {
    place = found;
    line.hidden = !found;
    element('here-hint', HTMLParagraphElement).hidden = found !== undefined;
    onAnswer(found !== undefined);
  }

  function ask(x: number, y: number): void {
    const {shown} = effect;
    if (!shown) return;
    const {weights} = context.filtered;
    const {width} = lineAt(context.style, shown.viewport.zoom);
    const all = [...rowsAt(shown.tiles, shown.viewport, x, y, width)].filter((row) => row < table.count);
    const passing = all.filter((row) => weights[row] > 0);
    if (passing.length === 0) return place && answer(undefined);
    const toggle = element('panel-toggle', HTMLButtonElement);
    if (toggle.ariaExpanded !== 'true') toggle.click();
    element('tab-activities', HTMLButtonElement).click();
    // An answer is read out only where it comes into what is shown.
    answer({all: new Set(all), shown: new Set(passing)});
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
  map.addEventListener('keydown', (event) => {
    const {key, target} = event;
    if (!(target instanceof HTMLCanvasElement)) return;
    if (key === 'Enter') {
      // Else the button that gets the focus is pressed by the same key.
      event.preventDefault();
      if (event.repeat) return;
      const {width, height, right, bottom} = freeArea();
      ask((width - right) / 2, (height - bottom) / 2);
      if (place) (only.hidden ? away : only).focus();
    } else if (key === 'Escape' && place) {
      // The next one closes the panel.
      event.stopPropagation();
      answer(undefined);
    }
  });
  line.addEventListener('keydown', (event) => {
    // The key is still held by which the question was asked.
    if (event.repeat) event.preventDefault();
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
    get isAsked() {
      return place !== undefined;
    },
    here(rows) {
      if (!place) return rows;
      const {name, only, without} = context.style;
      // What was left by name or by hand stays all there is, until all is shown again; the list itself looks at the other keys.
      const isChosen = name.length + only.length + without.length > 0;
      const those = isChosen ? place.shown : place.all;
      return rows.filter((row) => those.has(row));
    },
    show(listed) {
      if (!place) return;
      shownRows = listed;
      const count = listed.length;
      const {weights} = context.filtered;
      const isCrowded = [...place.all].some((row) => row >= counted && weights[row] > 0);
      const more = isCrowded ? ', and more: zoom in' : '';
      if (count > 0)
        text.textContent = `${activitiesText(count)} ${count === 1 ? 'activity' : 'activities'} here${more}`;
      else text.textContent = isCrowded ? 'Too many here to tell apart: zoom in' : 'None of the activities here passes';
      only.hidden = count === 0 || count > mostNamed;
    },
  };
}
