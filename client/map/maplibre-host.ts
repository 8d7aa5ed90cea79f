import 'maplibre-gl/dist/maplibre-gl.css';
import {MapLibreOverlay} from '@deck.gl/maplibre';
import {AttributionControl, Map as MapLibreMap, setWorkerUrl} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import {type MapHost, type MapHostProps, maxZoom} from './map-host.ts';
import {maxPitch, type PageView} from './page-hash.ts';

setWorkerUrl(workerUrl);

/** What a map in a vector style needs beside what every map does. */
export type MapLibreHostProps = MapHostProps & {
  styleUrl: string;
  /** The style could not be read, so there is no map. */
  onUnavailable(message: string): void;
};

/** Puts a MapLibre map in a vector style on the page, with the heat below the style's labels. */
export function createMapLibreHost(props: MapLibreHostProps): MapHost {
  const {container, view, styleUrl, effect, onMove, onError, onLost, onUnavailable} = props;
  let {makeLayers} = props;
  let isStyled = false;
  const map = new MapLibreMap({
    container,
    style: styleUrl,
    ...cameraOf(view),
    maxZoom,
    maxPitch,
    attributionControl: false,
    // Labels that fade in draw half a second of frames after each movement.
    fadeDuration: 0,
  });
  map.addControl(new AttributionControl({compact: true}));
  let overlay: MapLibreOverlay | undefined;
  let beforeId: string | undefined;

  map.on('style.load', () => {
    isStyled = true;
  });
  map.on('load', () => {
    beforeId = map.getStyle().layers.find(({type}) => type === 'symbol')?.id;
    overlay = new MapLibreOverlay({
      interleaved: true,
      layers: makeLayers(beforeId),
      effects: [effect],
      _pickable: false,
      onError: (error) => onError(error.message),
    });
    map.addControl(overlay);
  });
  map.on('move', () => onMove(viewOf(map)));
  map.on('error', ({error}) => {
    if (isStyled) onError(`Base map: ${error.message}`);
    else onUnavailable(error.message);
  });
  map.on('webglcontextlost', onLost);
  effect.onUnfinished = () => map.triggerRepaint();

  return {
    get view() {
      return viewOf(map);
    },
    setLayers(make) {
      makeLayers = make;
      overlay?.setProps({layers: makeLayers(beforeId)});
    },
    show(next, isMoving = false) {
      if (isMoving) map.easeTo(cameraOf(next));
      else map.jumpTo(cameraOf(next));
    },
    zoomBy(steps) {
      map.zoomTo(Math.round(map.getZoom() * 2) / 2 + steps);
    },
    isSettled: () => overlay !== undefined && map.loaded(),
    destroy() {
      if (overlay) map.removeControl(overlay);
      map.remove();
    },
  };
}

function viewOf(map: MapLibreMap): PageView {
  const {lng, lat} = map.getCenter().wrap();
  return {lng, lat, zoom: map.getZoom(), bearing: map.getBearing(), pitch: map.getPitch()};
}

function cameraOf({lng, lat, zoom, bearing, pitch}: PageView) {
  return {center: [lng, lat] as [number, number], zoom, bearing, pitch};
}
