import {groundMeters} from '../../core/mercator.ts';
import type {Land} from '../basemap/land.ts';
import {loadLand} from '../basemap/load-land.ts';
import {element} from '../raster/element.ts';
import {scaleBar} from '../raster/scale-bar.ts';
import {worldPixels} from '../raster/view.ts';
import type {Status} from '../status.ts';
import {baseOf} from './bases.ts';
import {confirmHost} from './confirm-host.ts';
import {createDeckHost, type DeckHost} from './deck-host.ts';
import type {MapHost, MapHostProps} from './map-host.ts';
import {offlineLayers} from './offline-layers.ts';
import type {PageView} from './page-hash.ts';

/** A GPU that is lost again within this time, ms, is left alone. */
const lostAgain = 10_000;

/** Longest scale bar, CSS pixels. */
const scalePixels = 100;

/** What the page's map needs; what it has to say goes to `status`. */
export type PageMapProps = Pick<MapHostProps, 'container' | 'view' | 'effect' | 'makeLayers' | 'onMove'> & {
  status: Status;
  /** The base map has changed, or stays against what was asked. */
  onBase(id: string): void;
};

/** The page's map whatever base map it has: changes of the base map and a lost GPU put another host in its place. */
export class PageMap {
  /** Id of the base map. */
  base = '';
  private readonly props: PageMapProps;
  private readonly dark = matchMedia('(prefers-color-scheme: dark)');
  private host: MapHost | undefined;
  private offlineHost: DeckHost | undefined;
  private land: Land | undefined;
  private lastLost = Number.NEGATIVE_INFINITY;

  constructor(props: PageMapProps) {
    this.props = props;
    this.dark.addEventListener('change', () => this.offlineHost?.setBase(this.makeBase));
  }

  get view(): PageView {
    return this.host?.view ?? this.props.view;
  }

  /** Puts a base map on the page; a host that a person has not agreed to is asked for, and without it all stays as it is. */
  async setBase(id: string): Promise<void> {
    const {styleUrl, label} = baseOf(id);
    if (styleUrl) {
      const {host} = new URL(styleUrl);
      const question = `The base map ${label} comes from ${host}, which will see which places you look at. Load it?`;
      if (!(await confirmHost(host, question))) return this.host ? this.props.onBase(this.base) : this.setBase('');
    }
    const create = styleUrl ? (await import('./maplibre-host.ts')).createMapLibreHost : undefined;
    this.base = baseOf(id).id;
    this.removeHost();
    this.props.status.set('map', '');
    const {container, effect, makeLayers} = this.props;
    const props: MapHostProps = {
      container,
      effect,
      makeLayers,
      view: this.props.view,
      onMove: (view) => this.moved(view),
      onError: (message) => this.props.status.set('map', message),
      onLost: () => this.lost(),
    };
    if (styleUrl && create) {
      this.host = create({...props, styleUrl, onUnavailable: (message) => this.showOffline(label, message)});
    } else {
      this.offlineHost = createDeckHost({...props, makeBase: this.makeBase});
      this.host = this.offlineHost;
      if (this.base === 'offline') this.loadLand();
    }
    element('attribution', HTMLParagraphElement).textContent = this.base === 'offline' ? 'Natural Earth' : '';
    this.props.onBase(this.base);
    this.moved(this.props.view);
  }

  /** Draws the heat's layers anew. */
  updateLayers(): void {
    this.host?.setLayers(this.props.makeLayers);
  }

  show(view: PageView, isMoving = false): void {
    this.host?.show(view, isMoving);
  }

  zoomBy(steps: number): void {
    this.host?.zoomBy(steps);
  }

  isSettled(): boolean {
    return this.host?.isSettled() ?? false;
  }

  /** Takes the map off the page and releases what it has on the GPU. */
  destroy(): void {
    this.removeHost();
  }

  private readonly makeBase = (zoom: number) =>
    this.base === 'offline' ? offlineLayers(this.land, this.dark.matches, zoom) : [];

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

  /** What a map of a foreign host becomes when that cannot be reached. */
  private async showOffline(label: string, message: string): Promise<void> {
    await this.setBase('');
    this.props.status.set('map', `The base map ${label} could not be loaded: ${message}`);
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
    if (isAgain) {
      this.removeHost();
      this.props.status.set('map', 'The graphics card was lost twice. Reload the page to try again.');
    } else this.setBase(this.base);
  }
}
