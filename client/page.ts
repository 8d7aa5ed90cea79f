/*
 * The page: opens the archive, puts map, heat and panel together, and keeps all of their state in the page's address.
 */
import type {HeatStyle} from '../core/style.ts';
import {filterKeys, filterWeights} from './filter-weights.ts';
import {blurPlan} from './heat/blur-plan.ts';
import {HeatEffect} from './heat/heat-effect.ts';
import {HeatLayer} from './heat/heat-layer.ts';
import type {HeatSettings} from './heat/heat-renderer.ts';
import {baseOf} from './map/bases.ts';
import {trust} from './map/confirm-host.ts';
import type {MakeLayers} from './map/map-host.ts';
import {formatPageHash, type PageView, parsePageHash} from './map/page-hash.ts';
import {PageMap} from './map/page-map.ts';
import type {PageContext, PagePart} from './page-context.ts';
import {createActivityFilter} from './panel/activities/activity-filter.ts';
import {createBaseChoice} from './panel/base/base-choice.ts';
import {openPanel} from './panel/open-panel.ts';
import {createJosmPart} from './panel/share/josm.ts';
import {createLegend} from './panel/style/legend.ts';
import {createStyleControls} from './panel/style/style-controls.ts';
import {createTabs} from './panel/tabs.ts';
import {element} from './raster/element.ts';
import {fitBounds} from './raster/view.ts';
import {createStatus, type Status} from './status.ts';
import {type HeatArchive, openArchive} from './tiles/archive.ts';
import {archiveUrl, mayOpen} from './tiles/archive-url.ts';
import {HeatTileLayer} from './tiles/heat-tile-layer.ts';
import {tileReader} from './tiles/tile-reader.ts';

/** How far the address may lie behind, ms: browsers limit how often it changes. */
const addressMilliseconds = 300;

/** Tiles kept for the way back, bytes of segments. */
const cacheBytes = 256 << 20;

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
  status.set('link', linked.faults.join(' '));
  const archive = await findArchive();
  if (typeof archive === 'string') {
    status.set('archive', archive);
    return archive;
  }
  return createPage(archive, linked, status);
}

async function findArchive(): Promise<HeatArchive | string> {
  const page = new URL(location.href);
  const url = archiveUrl(page);
  if (typeof url === 'string') return url;
  if (!(await mayOpen(url, page))) return `The archive at ${url.host} was not fetched.`;
  return openArchive(url);
}

async function createPage(
  archive: HeatArchive,
  linked: ReturnType<typeof parsePageHash>,
  status: Status,
): Promise<Page> {
  const {table, metadata, bounds, minZoom, maxZoom} = archive;
  const {quantiles} = metadata;
  let {style} = linked;
  let filtered = filterWeights(table, style);
  const effect = new HeatEffect({style, ...filtered, quantiles});
  const getTileData = tileReader(archive, status);
  const extent = grown(bounds);
  let tiles: HeatTileLayer | undefined;
  let addressUpdate = 0;

  const makeLayers: MakeLayers = (beforeId) => {
    const {settings, counters} = effect;
    const {margin} = blurPlan(style, devicePixelRatio);
    tiles = new HeatTileLayer({
      id: 'tiles',
      beforeId,
      margin,
      counters,
      getTileData,
      extent,
      minZoom,
      maxZoom,
      maxCacheByteSize: cacheBytes,
    });
    return [tiles, new HeatLayer({id: 'heat', beforeId, effect, settings})];
  };
  const home = (): PageView => ({
    ...fitBounds(bounds, {width: innerWidth, height: innerHeight}),
    bearing: 0,
    pitch: 0,
  });
  const map = new PageMap({
    container: element('map', HTMLDivElement),
    view: linked.view ?? (archive.center ? {...archive.center, bearing: 0, pitch: 0} : home()),
    effect,
    makeLayers,
    status,
    onBase(id) {
      baseChoice.show(id);
      updateAddress();
    },
    onMove() {
      element('north', HTMLButtonElement).hidden = map.view.bearing === 0 && map.view.pitch === 0;
      for (const part of parts) part.moved?.();
      updateAddress();
    },
  });
  const context: PageContext = {
    archive,
    effect,
    map,
    status,
    get style() {
      return style;
    },
    get filtered() {
      return filtered;
    },
    change,
  };
  const baseChoice = createBaseChoice((id) => {
    // Whoever chooses a base map here agrees to its host; a link has to ask.
    const {styleUrl} = baseOf(id);
    if (styleUrl) trust(new URL(styleUrl).host);
    map.setBase(id);
  });
  const josm = createJosmPart(context);
  const parts: PagePart[] = [createStyleControls(context), createLegend(context), createActivityFilter(context), josm];

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
      const base = map.base === baseOf('').id ? '' : map.base;
      history.replaceState(null, '', formatPageHash({view: map.view, style, base}));
    }, addressMilliseconds);
  }

  element('zoom-in', HTMLButtonElement).addEventListener('click', () => map.zoomBy(1));
  element('zoom-out', HTMLButtonElement).addEventListener('click', () => map.zoomBy(-1));
  element('zoom-home', HTMLButtonElement).addEventListener('click', () => map.show(home(), true));
  element('north', HTMLButtonElement).addEventListener('click', () => {
    map.show({...map.view, bearing: 0, pitch: 0}, true);
  });
  window.addEventListener('hashchange', () => {
    const {view, style: next, base, faults} = parsePageHash(location.hash);
    status.set('link', faults.join(' '));
    if (view) map.show(view);
    change(next);
    if (baseOf(base).id !== map.base) map.setBase(base);
  });
  openPanel();
  createTabs(element('tabs', HTMLDivElement));
  document.querySelector('main')?.removeAttribute('data-waiting');
  await map.setBase(linked.base);
  show();
  if (archive.url.href === new URL('heat.pmtiles', location.href).href) josm.offer();
  return Object.assign(context, {
    settingsOf: (style: HeatStyle) => ({style, ...filterWeights(table, style), quantiles}),
    isLoaded: () => tiles?.isLoaded ?? false,
  });
}

/** Bounds in degrees, a little larger than they were rounded to. */
function grown([west, south, east, north]: HeatArchive['bounds']): [number, number, number, number] {
  const degrees = 1e-5;
  return [west - degrees, south - degrees, east + degrees, north + degrees];
}
