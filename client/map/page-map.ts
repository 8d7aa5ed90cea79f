import type {LayersList} from '@deck.gl/core';
import type {StyleSpecification} from 'maplibre-gl';
import {groundMeters} from '../../core/mercator.ts';
import type {Land} from '../basemap/land.ts';
import {loadLand} from '../basemap/load-land.ts';
import {palette} from '../basemap/palette.ts';
import {element} from '../element.ts';
import {showRasterInstead} from '../raster-instead.ts';
import type {Status} from '../status.ts';
import {showAttribution} from './attribution.ts';
import type {BasePicture} from './base-picture.ts';
import {baseOf, hostOf, type OnlineBase} from './bases.ts';
import {confirmHost} from './confirm-host.ts';
import {createDeckHost, type DeckHost} from './deck-host.ts';
import {dimLayer} from './dim-layer.ts';
import type {FoundPlace} from './locate.ts';
import type {MakeLayers, MapHost, MapHostProps} from './map-host.ts';
import {offlineLayers} from './offline-layers.ts';
import type {PageView} from './page-hash.ts';
import {placeLayers} from './place-layers.ts';
import {scaleBar} from './scale-bar.ts';
import {worldPixels} from './view.ts';

/** A GPU that is lost again within this time, ms, is left alone. */
const lostAgain = 10_000;

/** Longest scale bar, CSS pixels. */
const scalePixels = 100;

/** How long the first heat waits for an online base map, ms; later it changes under the heat. */
const baseMilliseconds = 1500;

/** Whose the offline land is. */
const landAttribution = '<a href="https://www.naturalearthdata.com">Natural Earth</a>';

/** What the page's map needs; what it has to say goes to `status`. */
export type PageMapProps = Pick<MapHostProps, 'container' | 'view' | 'effect' | 'makeLayers' | 'onMove'> & {
  status: Status;
  /** How much darker the base map is drawn, 0..1. */
  dim: number;
  /** The base map has changed, or stays against what was asked. */
  onBase(id: string): void;
};

/** MapLibre and the style for it. */
type Prepared = {create: typeof import('./maplibre-host.ts')['createMapLibreHost']; style: StyleSpecification};

/** The page's map whatever base map it has: changes of the base map and a lost GPU put another host in its place. */
export class PageMap {
  /** Id of the base map. */
  base = '';
  /** Id of the base map that was asked for last: the same, unless it is on its way. */
  wanted = '';
  /** How often a person or a part of the page has asked something of the map: what comes of an earlier wish may come too late. */
  interactions = 0;
  /** Whose the base map is, as HTML. */
  attribution: string[] = [];
  private readonly props: PageMapProps;
  private readonly dark = matchMedia('(prefers-color-scheme: dark)');
  private host: MapHost | undefined;
  private offlineHost: DeckHost | undefined;
  private land: Land | undefined;
  private place: FoundPlace | undefined;
  private lastLost = Number.NEGATIVE_INFINITY;
  /** Counts the base maps that were asked for: what comes late for one that is no longer wanted is dropped. */
  private asked = 0;

  constructor(props: PageMapProps) {
    this.props = props;
    for (const type of ['pointerdown', 'wheel', 'keydown']) {
      props.container.addEventListener(type, () => this.interactions++, {capture: true, passive: true});
    }
    this.dark.addEventListener('change', () => this.offlineHost?.setBase(this.makeBase));
  }

  get view(): PageView {
    return this.host?.view ?? this.props.view;
  }

  /** How much darker the base map is drawn, 0..1. */
  get dim(): number {
    return this.props.dim;
  }

  set dim(dim: number) {
    if (dim === this.props.dim) return;
    this.props.dim = dim;
    this.updateLayers();
  }

  /** What lies under everything, as CSS. */
  get ground(): string {
    return palette(this.dark.matches).water;
  }

  /**
   * Puts a base map on the page; a host that a person has not agreed to is asked for. What cannot be had is said, and the
   * map stays as it is; a page that has none yet starts with the offline one, so that the heat never waits long.
   */
  async setBase(id: string): Promise<void> {
    const asked = ++this.asked;
    const {online, label, id: known} = baseOf(id);
    this.wanted = known;
    if (!online) return this.putOffline(known);
    const host = hostOf(online);
    const question = `The base map ${label} comes from ${host}, which will see which places you look at. Load it?`;
    if (!(await confirmHost(host, question))) {
      if (asked === this.asked) this.keep();
      return;
    }
    const prepared = prepare(online);
    if (!this.host) {
      const isQuick = await Promise.race([prepared.then(() => true), pause(baseMilliseconds)]);
      if (!isQuick && asked === this.asked) this.putOffline('offline');
    }
    const result = await prepared;
    if (asked !== this.asked) return;
    if (typeof result === 'string') this.unavailable(label, result);
    else this.putOnline(known, label, result);
  }

  /** Draws the heat's layers anew. */
  updateLayers(): void {
    this.host?.setLayers(this.makeLayers);
  }

  /** Marks where the person is, or nothing. */
  mark(place: FoundPlace | undefined): void {
    this.place = place;
    this.updateLayers();
  }

  show(view: PageView, isMoving = false): void {
    this.interactions++;
    if (this.host) this.host.show(view, isMoving);
    else this.props.view = view;
  }

  zoomBy(steps: number): void {
    this.interactions++;
    this.host?.zoomBy(steps);
  }

  isSettled(): boolean {
    return this.host?.isSettled() ?? false;
  }

  /** The base map as it is seen now, drawn with `ratio` pixels per CSS pixel. */
  async drawBase(ratio: number): Promise<BasePicture | undefined> {
    return this.host?.drawBase(ratio);
  }

  /** Takes the map off the page and releases what it has on the GPU. */
  destroy(): void {
    this.asked++;
    this.removeHost();
  }

  private readonly makeBase = (zoom: number): LayersList =>
    this.base === 'offline' ? offlineLayers(this.land, this.dark.matches, zoom) : [];

  private readonly makeLayers: MakeLayers = (beforeId) => [
    this.dim > 0 && dimLayer(this.dim, beforeId),
    this.props.makeLayers(beforeId),
    this.place && placeLayers(this.place),
  ];

  private putOffline(id: string): void {
    this.removeHost();
    this.base = id;
    this.offlineHost = createDeckHost({...this.hostProps(), makeBase: this.makeBase});
    this.host = this.offlineHost;
    if (id === 'offline') this.loadLand();
    this.credit(id === 'offline' ? [landAttribution] : []);
    this.changed();
  }

  private putOnline(id: string, label: string, {create, style}: Prepared): void {
    this.removeHost();
    this.base = id;
    this.credit([]);
    this.host = create({
      ...this.hostProps(),
      style,
      onAttribution: (htmls) => this.credit(htmls),
      onUnavailable: (message) => {
        this.putOffline('offline');
        this.unavailable(label, message);
      },
    });
    this.changed();
  }

  private hostProps(): MapHostProps {
    const {container, effect, view, status} = this.props;
    return {
      container,
      effect,
      view,
      makeLayers: this.makeLayers,
      onMove: (view) => this.moved(view),
      onError: (message) => status.set('map', message),
      onLost: () => this.lost(),
    };
  }

  private changed(): void {
    this.props.status.set('map', '');
    this.props.onBase(this.base);
    this.moved(this.props.view);
  }

  private credit(htmls: string[]): void {
    this.attribution = htmls;
    showAttribution(element('attribution', HTMLParagraphElement), htmls);
  }

  private moved(view: PageView): void {
    this.props.view = view;
    const {label, pixels} = scaleBar(groundMeters(view.lat) / worldPixels(view.zoom), scalePixels);
    const scale = element('scale', HTMLDivElement);
    scale.style.width = `${pixels}px`;
    scale.textContent = label;
    scale.setAttribute('aria-label', `Scale: ${label}`);
    this.props.onMove(view);
  }

  private removeHost(): void {
    this.host?.destroy();
    this.host = undefined;
    this.offlineHost = undefined;
    this.props.container.replaceChildren();
  }

  /** The map stays as it is, or is the offline one. */
  private keep(): void {
    this.wanted = this.host ? this.base : 'offline';
    if (this.host) this.props.onBase(this.base);
    else this.putOffline('offline');
  }

  private unavailable(label: string, reason: string): void {
    this.keep();
    this.props.status.set('map', `The base map ${label} could not be loaded: ${reason}`);
  }

  private async loadLand(): Promise<void> {
    try {
      this.land ??= await loadLand();
    } catch {
      this.props.status.set('map', 'The base map could not be loaded.');
    }
    this.offlineHost?.setBase(this.makeBase);
  }

  /** After a sleep or a crash of the graphics driver everything on the GPU is gone: the map is made anew, once. */
  private lost(): void {
    const isAgain = performance.now() - this.lastLost < lostAgain;
    this.lastLost = performance.now();
    this.removeHost();
    if (isAgain) showRasterInstead('The graphics card was lost twice.');
    else this.setBase(this.wanted);
  }
}

/** MapLibre and a base map's style, or why there is none. */
async function prepare(online: OnlineBase): Promise<Prepared | string> {
  try {
    const [{createMapLibreHost}, {readStyle}] = await Promise.all([
      import('./maplibre-host.ts'),
      import('./read-style.ts'),
    ]);
    return {create: createMapLibreHost, style: await readStyle(online)};
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
