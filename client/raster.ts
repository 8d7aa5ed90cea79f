/*
 * The page for browsers without WebGL2: the server's PNG tiles over the offline base map, on a plain canvas. It needs nothing but a server with
 * `raster.json` (TileJSON) and `raster/{z}/{x}/{y}.png` beside the page.
 */

import {josmTms} from '../core/editor-urls.ts';
import {groundMeters} from '../core/mercator.ts';
import {parseStyleQuery} from '../core/named-styles.ts';
import {formatStyle, type HeatStyle} from '../core/style.ts';
import {loadLand} from './basemap/load-land.ts';
import {palette} from './basemap/palette.ts';
import {copyField} from './copy-field.ts';
import {element} from './element.ts';
import {ignoredInLink} from './ignored-in-link.ts';
import {scaleBar} from './map/scale-bar.ts';
import {constrain, fitBounds, worldPixels} from './map/view.ts';
import {formatHash, parseHash} from './map/view-hash.ts';
import {pageFolder} from './page-folder.ts';
import {openPanel} from './panel/open-panel.ts';
import {createStyleControls} from './panel/style/style-controls.ts';
import {createCamera} from './raster/camera.ts';
import {type BaseShapes, drawBase, projectLand} from './raster/draw-base.ts';
import {drawTiles} from './raster/draw-tiles.ts';
import {faultOf} from './raster/fault-of.ts';
import {type GestureMap, listenToGestures, zoomStep} from './raster/gestures.ts';
import {readTileJson, type TileJson} from './raster/tile-json.ts';
import {TileStore} from './raster/tile-store.ts';
import {tileZoom, visibleTiles} from './raster/visible-tiles.ts';

const mapElement = element('map', HTMLDivElement);
const canvas = element('canvas', HTMLCanvasElement);
const status = element('status', HTMLParagraphElement);
const context = canvas.getContext('2d', {alpha: false});
if (!context) throw new Error('This browser has no canvas.');
const darkPage = matchMedia('(prefers-color-scheme: dark)');

const {tileJson, fault} = await fetchTileJson();
const {maxTileZoom, bounds} = tileJson;
const linked = parseStyleQuery(location.search);
let {style} = linked;
/** What is wrong with the page itself; what is wrong with tiles comes and goes. */
let pageFault = [fault, ignoredInLink(linked.faults)].filter(Boolean).join(' ');
/** The style whose tiles are shown: follows `style` as fast as the server can draw. */
let shownStyle = formatStyle(style);
let size = {width: canvas.clientWidth, height: canvas.clientHeight};
let land: BaseShapes | undefined;
let frame = 0;
let retry = 0;
let addressUpdate = 0;

const tiles = new TileStore(
  ({z, x, y}, variant) => `raster/${z}/${x}/${y}${variant}`,
  () => {
    if (!tiles.busy) shownStyle = formatStyle(style);
    redraw();
  },
);
const start = parseHash(location.hash) ?? tileJson.center ?? (bounds && fitBounds(bounds, size));
const camera = createCamera(
  start ?? {lng: 0, lat: 20, zoom: 1},
  (view) => constrain(view, size, maxTileZoom - 1),
  () => {
    redraw();
    updateAddress();
  },
);

const map: GestureMap = {
  element: mapElement,
  camera,
  clampZoom: (zoom) => constrain({...camera.view, zoom}, size, maxTileZoom - 1).zoom,
  showAll: () => bounds && camera.jump(fitBounds(bounds, size)),
};
listenToGestures(map);
createControls();
const styleControls = createStyleControls(changeStyle);
showStyle();
new ResizeObserver(() => {
  size = {width: canvas.clientWidth, height: canvas.clientHeight};
  camera.jump(camera.view);
}).observe(canvas);
window.addEventListener('hashchange', () => camera.jump(parseHash(location.hash) ?? camera.view));
darkPage.addEventListener('change', redraw);
try {
  land = projectLand(await loadLand());
} catch {
  pageFault ||= 'The base map could not be loaded.';
}
redraw();

function changeStyle(part: Partial<HeatStyle>): void {
  style = {...style, ...part};
  pageFault = fault ?? '';
  if (!tiles.busy) shownStyle = formatStyle(style);
  showStyle();
  redraw();
  updateAddress();
}

/** Shows the style on the panel. */
function showStyle(): void {
  styleControls.show?.(style);
  element('josm-url', HTMLInputElement).value = josmTms(pageFolder(), formatStyle(style));
}

/** Draws the map with the next frame. */
function redraw(): void {
  if (frame === 0) frame = requestAnimationFrame(draw);
}

function draw(): void {
  frame = 0;
  if (!context) return;
  const {view, goal} = camera;
  const pixelRatio = devicePixelRatio;
  const width = Math.round(size.width * pixelRatio);
  const height = Math.round(size.height * pixelRatio);
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, {width, height});
  const variant = `${pixelRatio > 1.25 ? '@2x' : ''}.png${shownStyle && `?${shownStyle}`}`;
  tiles.want(visibleTiles(goal, size, tileZoom(goal.zoom, maxTileZoom)), variant);

  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  drawBase(context, {view, size}, palette(darkPage.matches), land);
  context.resetTransform();
  drawTiles(context, {view, size, pixelRatio}, tiles, maxTileZoom);
  showScale();
  showState();
}

function showScale(): void {
  const {lat, zoom} = camera.view;
  const {label, pixels} = scaleBar(groundMeters(lat) / worldPixels(zoom), 100);
  const scale = element('scale', HTMLParagraphElement);
  scale.style.width = `${pixels}px`;
  scale.textContent = label;
}

/** Shows whether tiles are on their way and what went wrong, and tries again what did. */
function showState(): void {
  mapElement.setAttribute('aria-busy', `${tiles.busy}`);
  const text = tiles.fault ?? pageFault;
  if (status.textContent !== text) status.textContent = text;
  if (!tiles.fault || retry) return;
  retry = window.setTimeout(() => {
    retry = 0;
    tiles.retry();
  }, 5000);
}

/** Writes view and style into the page's address, seldom enough for browsers that limit it. */
function updateAddress(): void {
  clearTimeout(addressUpdate);
  addressUpdate = window.setTimeout(() => {
    const query = formatStyle(style);
    history.replaceState(null, '', `${location.pathname}${query && `?${query}`}${formatHash(camera.view)}`);
  }, 300);
}

function createControls(): void {
  element('zoom-in', HTMLButtonElement).addEventListener('click', () => zoomStep(map, 1));
  element('zoom-out', HTMLButtonElement).addEventListener('click', () => zoomStep(map, -1));
  const home = element('zoom-home', HTMLButtonElement);
  home.hidden = !bounds;
  home.addEventListener('click', map.showAll);
  copyField(element('josm-url', HTMLInputElement), element('josm-copy', HTMLButtonElement));
  if (tileJson.attribution) element('attribution', HTMLParagraphElement).prepend(`${tileJson.attribution} · `);
  openPanel();
}

/** The server's description of its tiles; without one, that of nothing in particular and a sentence of why. */
async function fetchTileJson(): Promise<{tileJson: TileJson; fault?: string}> {
  try {
    const response = await fetch('raster.json');
    if (response.ok) return {tileJson: readTileJson(await response.json())};
    return {tileJson: readTileJson({}), fault: await faultOf(response)};
  } catch {
    return {tileJson: readTileJson({}), fault: 'The description of the tiles, raster.json, could not be read.'};
  }
}
