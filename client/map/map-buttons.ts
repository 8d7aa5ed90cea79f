import {isFiltered} from '../../core/filter.ts';
import {element} from '../element.ts';
import type {PageContext, PagePart} from '../page-context.ts';
import {freeArea} from './free-area.ts';
import {homeView, isSameView} from './home-view.ts';
import {locate} from './locate.ts';
import {viewOfRows} from './view-of-rows.ts';

/** Deepest zoom to which finding the person moves the map. */
const placeZoom = 14;

/** How long it is said that the person's place is not known, ms. */
const readingMilliseconds = 10_000;

/** The buttons over the map: zoom, home and everything, the person's place, north. */
export function createMapButtons(context: PageContext): PagePart {
  const {map, archive, status} = context;
  const button = (id: string, onPress: () => void) => {
    const found = element(id, HTMLButtonElement);
    found.addEventListener('click', onPress);
    return found;
  };
  let located = 0;
  let faultTimer = 0;
  button('zoom-in', () => map.zoomBy(1));
  button('zoom-out', () => map.zoomBy(-1));
  button('zoom-home', async () => {
    const {style, filtered} = context;
    const home = homeView(archive, freeArea());
    // Whoever filters looks for what is left.
    if (!isFiltered(style) && !isSameView(map.view, home)) return map.show(home, true);
    const shown = await viewOfRows(context, filtered);
    if (shown) map.show(isFiltered(style) && isSameView(map.view, shown) ? home : shown, true);
  });
  const north = button('north', () => map.show({...map.view, bearing: 0, pitch: 0}, true));
  const place = button('locate', async () => {
    const mine = ++located;
    const isTakenBack = place.ariaPressed === 'true' || place.ariaBusy === 'true';
    place.ariaPressed = 'false';
    place.ariaBusy = 'false';
    map.mark(undefined);
    if (isTakenBack) return;
    place.ariaBusy = 'true';
    clearTimeout(faultTimer);
    status.set('place', '');
    const {interactions} = map;
    const found = await locate();
    if (mine !== located) return;
    place.ariaBusy = 'false';
    if (typeof found === 'string') {
      status.set('place', found);
      faultTimer = window.setTimeout(() => status.set('place', ''), readingMilliseconds);
      return;
    }
    place.ariaPressed = 'true';
    map.mark(found);
    // Whoever has gone on meanwhile stays there.
    if (interactions !== map.interactions) return;
    const {lng, lat} = found;
    map.show({...map.view, lng, lat, zoom: Math.max(map.view.zoom, placeZoom)}, true);
  });

  return {
    show: () => status.set('rows', ''),
    moved() {
      status.set('rows', '');
      north.hidden = map.view.bearing === 0 && map.view.pitch === 0;
    },
  };
}
