/*
 * The page: opens the archive, puts map, heat and panel together, and keeps all of their state in the page's address.
 */
import {filterKeys} from '../core/filter.ts';
import type {HeatStyle} from '../core/style.ts';
import {createDroppedFiles} from './drop/dropped-files.ts';
import {element} from './element.ts';
import {filterWeights} from './filter-weights.ts';
import {blurPlan} from './heat/blur-plan.ts';
import {HeatEffect} from './heat/heat-effect.ts';
import {HeatLayer} from './heat/heat-layer.ts';
import type {HeatSettings} from './heat/heat-renderer.ts';
import {ignoredInLink} from './ignored-in-link.ts';
import {baseOf, customBase} from './map/bases.ts';
import {viewportOf} from './map/deck-view-state.ts';
import {freeArea} from './map/free-area.ts';
import {homeView} from './map/home-view.ts';
import {createMapButtons} from './map/map-buttons.ts';
import type {MakeLayers} from './map/map-host.ts';
import {padViewport} from './map/pad-viewport.ts';
import {formatPageHash, parsePageHash} from './map/page-hash.ts';
import {PageMap} from './map/page-map.ts';
import {showProgress} from './map/progress.ts';
import type {PageContext, PagePart} from './page-context.ts';
import {createActivityFilter} from './panel/activities/activity-filter.ts';
import {createBaseChoice, rememberedBase} from './panel/base/base-choice.ts';
import {openPanel} from './panel/open-panel.ts';
import {createEditors} from './panel/share/editors.ts';
import {createLink} from './panel/share/link.ts';
import {createSavePicture} from './panel/share/save-picture.ts';
import {createLegend} from './panel/style/legend.ts';
import {createNamedLooks} from './panel/style/named-looks.ts';
import {createRampEditor} from './panel/style/ramp-editor.ts';
import {createScaleControls} from './panel/style/scale-controls.ts';
import {createStyleControls} from './panel/style/style-controls.ts';
import {createTabs} from './panel/tabs.ts';
import {createShortcuts} from './shortcuts.ts';
import {createStatus, type Status} from './status.ts';
import {type HeatArchive, openArchive} from './tiles/archive.ts';
import {archiveUrl, mayOpen} from './tiles/archive-url.ts';
import {HeatTileLayer} from './tiles/heat-tile-layer.ts';
import {readAhead} from './tiles/read-ahead.ts';
import {tileReader} from './tiles/tile-reader.ts';
import type {TileSource} from './tiles/tile-source.ts';

/** How far the address may lie behind, ms: browsers limit how often it changes. */
const addressMilliseconds = 300;

/** Tiles kept for the way back, bytes of segments. */
const cacheBytes = 256 << 20;

/** What is said when the archive was built anew while the page was open. */
const replacedText = 'The archive has changed since this page was opened: reload the page to see it as it is now.';

/** What the page consists of, for those who look inside. */
export type Page = PageContext & {
  /** What the heat effect needs to draw a style. */
  settingsOf(style: HeatStyle): HeatSettings;
  /** Whether all tiles in sight are there. */
  isLoaded(): boolean;
};

/** Starts the page; resolves when map and panel are there, with a sentence where they cannot be. */
export async function startPage(): Promise<Page | string> {
  const status = createStatus();
  const linked = parsePageHash(location.hash);
  status.set('link', ignoredInLink(linked.faults));
  const archive = await findArchive(() => status.set('replaced', replacedText));
  if (typeof archive === 'string') {
    status.set('archive', archive);
    return archive;
  }
  return createPage(archive, linked, status);
}

async function findArchive(onReplaced: () => void): Promise<HeatArchive | string> {
  const page = new URL(location.href);
  const url = archiveUrl(page);
  if (typeof url === 'string') return url;
  if (!(await mayOpen(url, page))) return `The archive at ${url.host} was not fetched.`;
  return openArchive(url, onReplaced);
}

async function createPage(
  archive: HeatArchive,
  linked: ReturnType<typeof parsePageHash>,
  status: Status,
): Promise<Page> {
  const {table, metadata} = archive;
  const {quantiles} = metadata;
  let {style} = linked;
  let filtered = filterWeights(table, style);
  const effect = new HeatEffect({style, ...filtered, quantiles});
  const container = element('map', HTMLDivElement);
  // Before the first view, which is the one beside it.
  openPanel();
  const layerPropsOf = (id: string, source: TileSource) => ({
    id,
    extent: grown(source.bounds),
    minZoom: source.minZoom,
    maxZoom: source.maxZoom,
    maxCacheByteSize: cacheBytes,
    getTileData: tileReader(source, status),
  });
  // A link says all; a page that is opened without one begins as this browser left it.
  const start = location.hash.length > 1 ? linked : {...linked, ...rememberedBase()};
  const view = linked.view ?? homeView(archive, freeArea());
  const {margin} = blurPlan(style, view.zoom, devicePixelRatio);
  const firstView = padViewport(viewportOf(view, container), margin);
  const archiveProps = layerPropsOf('tiles', readAhead(archive, firstView));
  const shownArchive = {...archiveProps, getTileData: showProgress(container, archiveProps.getTileData)};
  let dropped: {source: TileSource; props: ReturnType<typeof layerPropsOf>} | undefined;
  let drops = 0;
  let tiles: HeatTileLayer[] = [];
  let addressUpdate = 0;

  const makeLayers: MakeLayers = (beforeId) => {
    const {settings, counters} = effect;
    const {width, grow, blur, glow} = style;
    const line = {width, grow, blur, glow};
    const ratio = devicePixelRatio;
    // Layers of their own: what is dropped leaves the archive's tiles as they are, and heat adds up on the GPU.
    tiles = [shownArchive, ...(dropped ? [dropped.props] : [])].map(
      (props) => new HeatTileLayer({...props, beforeId, line, ratio, counters}),
    );
    return [...tiles, new HeatLayer({id: 'heat', beforeId, effect, settings})];
  };
  const map = new PageMap({
    container,
    view,
    dim: start.dim,
    effect,
    makeLayers,
    status,
    onBase() {
      baseChoice.show();
      updateAddress();
    },
    onMove() {
      for (const part of parts) part.moved?.();
      updateAddress();
    },
  });
  const context: PageContext = {
    archive,
    effect,
    map,
    status,
    get sources() {
      return dropped ? [archive, dropped.source] : [archive];
    },
    get style() {
      return style;
    },
    get filtered() {
      return filtered;
    },
    get link() {
      const base = map.wanted === baseOf('').id ? '' : map.wanted;
      return new URL(formatPageHash({view: map.view, style, base, dim: map.dim}), location.href).href;
    },
    change,
    drop(source) {
      dropped = source && {source, props: layerPropsOf(`dropped-${drops++}`, source)};
      effect.settings = {...effect.settings};
      map.updateLayers();
    },
  };
  const baseChoice = createBaseChoice(map, updateAddress);
  const editors = createEditors(context);
  const parts: PagePart[] = [
    createNamedLooks(context),
    createStyleControls(change),
    createRampEditor(context),
    createScaleControls(context),
    createLegend(context),
    createActivityFilter(context),
    createDroppedFiles(context),
    editors,
  ];
  const link = createLink(context);
  parts.push(link, createMapButtons(context), createSavePicture(context));

  function change(part: Partial<HeatStyle>): void {
    style = {...style, ...part};
    if (filterKeys.some((key) => key in part)) filtered = filterWeights(table, style);
    effect.settings = {style, ...filtered, quantiles};
    map.updateLayers();
    show();
    updateAddress();
  }

  function show(): void {
    for (const part of parts) part.show?.(style);
  }

  function updateAddress(): void {
    clearTimeout(addressUpdate);
    addressUpdate = window.setTimeout(() => {
      history.replaceState(null, '', context.link);
      link.show?.(style);
    }, addressMilliseconds);
  }

  window.addEventListener('hashchange', () => {
    const {view, style: next, base, dim, faults} = parsePageHash(location.hash);
    sayFaults(faults, base);
    if (view) map.show(view);
    map.dim = dim;
    baseChoice.show();
    change(next);
    if (baseOf(base).id !== map.wanted) map.setBase(base);
  });
  function sayFaults(faults: string[], base: string): void {
    const isMissing = base === customBase && baseOf(base).id !== customBase;
    const ownMap = isMissing && 'This link was made with a custom base map, whose address is not part of links.';
    status.set('link', [ignoredInLink(faults), ownMap].filter(Boolean).join(' '));
  }

  sayFaults(linked.faults, linked.base);
  createShortcuts();
  createTabs(element('tabs', HTMLDivElement));
  document.querySelector('main')?.removeAttribute('data-waiting');
  // The panel works while a base map is on its way.
  show();
  editors.offer();
  await map.setBase(start.base);
  return Object.assign(context, {
    settingsOf: (style: HeatStyle) => ({style, ...filterWeights(table, style), quantiles}),
    isLoaded: () => tiles.length > 0 && tiles.every(({isLoaded}) => isLoaded),
  });
}

/** Bounds in degrees, a little larger than they were rounded to. */
function grown([west, south, east, north]: HeatArchive['bounds']): [number, number, number, number] {
  const degrees = 1e-5;
  return [west - degrees, south - degrees, east + degrees, north + degrees];
}
