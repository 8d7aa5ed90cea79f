import {type MapViewState, WebMercatorViewport} from '@deck.gl/core';
import {maxZoom} from './map-host.ts';
import {maxPitch, type PageView} from './page-hash.ts';

/** A view as deck.gl's map takes it. */
export function stateOf({lng, lat, zoom, bearing, pitch}: PageView): MapViewState {
  return {longitude: lng, latitude: lat, zoom, bearing, pitch, maxZoom, maxPitch};
}

/** A view on an element as deck.gl sees it. */
export function viewportOf(view: PageView, {clientWidth, clientHeight}: Element): WebMercatorViewport {
  return new WebMercatorViewport({...stateOf(view), width: clientWidth, height: clientHeight, repeat: true});
}
