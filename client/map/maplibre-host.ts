import 'maplibre-gl/dist/maplibre-gl.css';
import {MapLibreOverlay} from '@deck.gl/maplibre';
import {Map as MapLibreMap, type StyleSpecification, setWorkerUrl} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import {type MapHost, type MapHostProps, maxZoom} from './map-host.ts';
import {drawMapLibreBase} from './maplibre-picture.ts';
import {cameraOf, firstLabel} from './maplibre-style.ts';
import {maxPitch, type PageView} from './page-hash.ts';

setWorkerUrl(workerUrl);

/** What a map in a MapLibre style needs beside what every map does. */
export type MapLibreHostProps = MapHostProps & {
  style: StyleSpecification;
  /** Whose the map's data are, as HTML. */
  onAttribution(htmls: string[]): void;
  /** The style cannot be drawn, so there is no map. */
  onUnavailable(message: string): void;
};

/** Puts a MapLibre map in a style on the page, with the heat below the style's labels. */
export function createMapLibreHost(props: MapLibreHostProps): MapHost {
  const {container, view, style, effect, onMove, onError, onLost, onUnavailable, onAttribution} = props;
  const beforeId = firstLabel(style);
  let {makeLayers} = props;
  let isStyled = false;
  let isDestroyed = false;
  /** Whether something failed since the map last moved. */
  let isFaulty = false;
  const map = new MapLibreMap({
    container,
    style,
    ...cameraOf(view),
    maxZoom,
    maxPitch,
    attributionControl: false,
    // Labels that fade in draw half a second of frames after each movement.
    fadeDuration: 0,
  });
  let overlay: MapLibreOverlay | undefined;
  /** Zoom at which a step of zooming that is under way ends. */
  let goal: number | undefined;

  map.on('style.load', () => {
    isStyled = true;
    // Not when the base map's tiles are there: they may never come, and the heat must not wait for them.
    overlay = new MapLibreOverlay({
      interleaved: true,
      layers: makeLayers(beforeId),
      effects: [effect],
      _pickable: false,
      onError: (error) => onError(error.message),
    });
    map.addControl(overlay);
    nameCanvas(map);
  });
  map.on('sourcedata', ({sourceDataType}) => {
    if (sourceDataType !== 'metadata') return;
    const sources = Object.keys(style.sources).map((id) => map.getSource(id));
    onAttribution(sources.map((source) => (source && 'attribution' in source ? String(source.attribution ?? '') : '')));
  });
  map.on('move', () => onMove(viewOf(map)));
  map.on('moveend', () => {
    goal = undefined;
  });
  map.on('movestart', () => {
    isFaulty = false;
  });
  map.on('idle', () => {
    if (!isFaulty) onError('');
  });
  map.on('error', ({error}) => {
    if (isDestroyed) return;
    isFaulty = true;
    if (isStyled) onError(`A part of the base map could not be loaded: ${reasonOf(error)}`);
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
      const next = (goal ?? Math.round(map.getZoom() * 2) / 2) + steps;
      map.zoomTo(next);
      // After the end of the movement before, which this one cuts short.
      goal = Math.max(map.getMinZoom(), Math.min(map.getMaxZoom(), next));
    },
    isSettled: () => overlay !== undefined && map.loaded(),
    drawBase(ratio) {
      const {clientWidth: width, clientHeight: height} = container;
      return drawMapLibreBase({style, view: viewOf(map), size: {width, height}, ratio});
    },
    destroy() {
      isDestroyed = true;
      if (overlay) map.removeControl(overlay);
      map.remove();
    },
  };
}

function nameCanvas(map: MapLibreMap): void {
  const canvas = map.getCanvas();
  canvas.setAttribute('role', 'application');
  canvas.setAttribute('aria-label', 'Heat map. Arrow keys move it, plus and minus zoom.');
}

/** What went wrong, and where: never the whole URL, which may hold a person's key. */
function reasonOf(error: {message: string; url?: string; status?: number}): string {
  const {url, status} = error;
  const host = url && URL.canParse(url) ? new URL(url).host : '';
  if (!host) return error.message;
  return status ? `${host} answered ${status}.` : `${host} does not answer.`;
}

function viewOf(map: MapLibreMap): PageView {
  const {lng, lat} = map.getCenter().wrap();
  return {lng, lat, zoom: map.getZoom(), bearing: map.getBearing(), pitch: map.getPitch()};
}
