import type {MapViewState} from '@deck.gl/core';
import {maxZoom} from './map-host.ts';
import {maxPitch, type PageView} from './page-hash.ts';

/** A view as deck.gl's map takes it. */
export function stateOf({lng, lat, zoom, bearing, pitch}: PageView): MapViewState {
  return {longitude: lng, latitude: lat, zoom, bearing, pitch, maxZoom, maxPitch};
}
