import {Deck, type LayersList, LinearInterpolator, MapController, MapView, type MapViewState} from '@deck.gl/core';
import type {Device} from '@luma.gl/core';
import {drawDeckBase} from './deck-picture.ts';
import {stateOf} from './deck-view-state.ts';
import {isCalm, type MapHost, type MapHostProps, maxZoom} from './map-host.ts';
import type {PageView} from './page-hash.ts';
import {releaseDevice} from './release-device.ts';

/** Duration of a step of the zoom buttons, ms. */
const stepMilliseconds = 250;

/** The layers of the base map at a zoom. */
export type MakeBase = (zoom: number) => LayersList;

/** A map of deck.gl alone: the offline base map or none, without MapLibre and its half megabyte. */
export type DeckHost = MapHost & {
  /** Replaces what lies under the heat. */
  setBase(makeBase: MakeBase): void;
};

/** deck.gl's controller, which moves at once where the person wants less motion. */
class CalmController extends MapController {
  override _getTransitionProps(...options: Parameters<MapController['_getTransitionProps']>) {
    const transition = super._getTransitionProps(...options);
    return isCalm() ? {...transition, transitionDuration: 0} : transition;
  }
}

/** Puts a map of deck.gl alone on the page. */
export function createDeckHost(props: MapHostProps & {makeBase: MakeBase}): DeckHost {
  const {container, effect, onMove, onError, onLost} = props;
  let {view, makeLayers, makeBase} = props;
  /** Where a movement that is under way ends. */
  let goal: PageView | undefined;
  let device: Device | undefined;
  let heat = makeLayers();
  let nextFrame = 0;
  let baseZoom = Math.floor(view.zoom * 2);
  let base = makeBase(view.zoom);

  const deck = new Deck({
    parent: container as HTMLDivElement,
    deviceProps: {
      type: 'webgl',
      // The size in CSS pixels times the ratio, as MapLibre has it; the exact size ignores ratios that a browser emulates.
      createCanvasContext: {pixelSizeSource: 'css-dpr'},
    },
    views: new MapView({
      id: 'map',
      repeat: true,
      controller: {
        type: CalmController,
        scrollZoom: {speed: 0.01, smooth: !isCalm()},
        inertia: isCalm() ? 0 : 300,
        doubleClickZoom: true,
        touchRotate: true,
        keyboard: {zoomSpeed: 2},
      },
    }),
    viewState: stateOf(view),
    layers: [base, heat],
    effects: [effect],
    _pickable: false,
    onViewStateChange: ({viewState, interactionState}) => {
      if (!interactionState.inTransition) goal = undefined;
      change(viewState as MapViewState);
    },
    onDeviceInitialized: (created) => {
      device = created;
      created.lost.then(() => device && onLost());
    },
    onLoad: () => labelCanvas(container),
    onError: (error) => onError(error.message),
  });
  effect.onUnfinished = redraw;

  function change(state: MapViewState): void {
    const {longitude, latitude, zoom, bearing = 0, pitch = 0} = state;
    view = {lng: longitude, lat: latitude, zoom, bearing, pitch};
    if (Math.floor(zoom * 2) === baseZoom) deck.setProps({viewState: state});
    else {
      baseZoom = Math.floor(zoom * 2);
      base = makeBase(zoom);
      deck.setProps({viewState: state, layers: [base, heat]});
    }
    onMove(view);
  }

  function redraw(): void {
    if (nextFrame) return;
    nextFrame = requestAnimationFrame(() => {
      nextFrame = 0;
      if (deck.isInitialized) deck.redraw('heat unfinished');
    });
  }

  function show(next: PageView, isMoving = false): void {
    goal = isMoving && !isCalm() ? next : undefined;
    if (!goal) return change(stateOf(next));
    const transition = {
      transitionDuration: stepMilliseconds,
      transitionInterpolator: new LinearInterpolator(['longitude', 'latitude', 'zoom', 'bearing', 'pitch']),
    };
    change({...stateOf(next), ...transition});
  }

  return {
    get view() {
      return view;
    },
    setLayers(make) {
      makeLayers = make;
      heat = makeLayers();
      deck.setProps({layers: [base, heat]});
    },
    setBase(make) {
      makeBase = make;
      base = makeBase(view.zoom);
      deck.setProps({layers: [base, heat]});
    },
    show,
    zoomBy(steps) {
      const from = goal ?? view;
      show({...from, zoom: Math.max(0, Math.min(maxZoom, Math.round(from.zoom * 2) / 2 + steps))}, true);
    },
    isSettled: () => deck.isInitialized && !deck.needsRedraw({clearRedrawFlags: false}),
    drawBase(ratio) {
      const {clientWidth: width, clientHeight: height} = container;
      return drawDeckBase({layers: makeBase(view.zoom), view, size: {width, height}, ratio});
    },
    destroy() {
      const last = device;
      device = undefined;
      deck.finalize();
      releaseDevice(last);
    },
  };
}

/** Names the canvas for those who do not see it, and gives back the mark of the focus that deck.gl takes away. */
function labelCanvas(container: HTMLElement): void {
  const canvas = container.querySelector('canvas');
  canvas?.setAttribute('role', 'application');
  canvas?.setAttribute('aria-label', 'Heat map. Arrow keys move it, plus and minus zoom.');
  canvas?.style.removeProperty('outline');
}
