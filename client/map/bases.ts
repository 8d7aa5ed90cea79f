import {stored} from '../stored.ts';

/** Where an online base map comes from: a MapLibre style, or picture tiles with `{z}`, `{x}` and `{y}` in their URL. */
export type OnlineBase = {
  kind: 'style' | 'raster';
  url: string;
  /** Whose the picture tiles are, as HTML; styles bring their own. */
  attribution?: string;
  /** Deepest zoom of the picture tiles (256 px). */
  maxZoom?: number;
};

/** A base map to choose. */
export type BaseMap = {
  id: string;
  label: string;
  /** What or whose it is, in a word or two. */
  about: string;
  /** Undefined for what needs no network. */
  online?: OnlineBase;
};

function openFreeMap(name: string): OnlineBase {
  return {kind: 'style', url: `https://tiles.openfreemap.org/styles/${name}`};
}

/** The built-in base maps: only their ids go into links. The first is the default. */
export const bases: readonly BaseMap[] = [
  {id: 'offline', label: 'Offline', about: 'In this page'},
  {id: 'none', label: 'None', about: 'Heat alone'},
  {
    id: 'osm',
    label: 'OpenStreetMap',
    about: 'Standard tiles',
    online: {
      kind: 'raster',
      url: 'https://tile.openstreetmap.org/{z}/{x}/{y}.png',
      attribution: '<a href="https://www.openstreetmap.org/copyright">© OpenStreetMap contributors</a>',
      maxZoom: 19,
    },
  },
  {id: 'liberty', label: 'Liberty', about: 'OpenFreeMap', online: openFreeMap('liberty')},
  {id: 'positron', label: 'Positron', about: 'OpenFreeMap', online: openFreeMap('positron')},
  {id: 'dark', label: 'Dark', about: 'OpenFreeMap', online: openFreeMap('dark')},
];

/** Id of the base map whose URL is a person's own, and the key under which this browser keeps it. */
export const customBase = 'own';

/** Whether a link may name a base map. */
export function isBaseId(id: string): boolean {
  return id === customBase || bases.some((base) => base.id === id);
}

/** The base map of an id; the default where there is none of it, or no URL of one's own. */
export function baseOf(id: string): BaseMap {
  const online = id === customBase ? ownBase(stored(customBase)) : undefined;
  if (typeof online === 'object') return {id, label: 'Custom map', about: '', online};
  return bases.find((base) => base.id === id) ?? bases[0];
}

/** The host that a base map calls first: the one that a person agrees to. */
export function hostOf({url}: OnlineBase): string {
  return new URL(url).host;
}

/** What a person's own URL leads to, or a sentence of what is wrong with it. */
export function ownBase(text: string): OnlineBase | string {
  // Several names for one server are of no use any more.
  const url = text.trim().replace('{s}', 'a');
  if (!URL.canParse(url)) return `'${text}' is no URL.`;
  const {protocol, hostname} = new URL(url);
  const isLocal = ['127.0.0.1', 'localhost'].includes(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLocal)) {
    return `'${text}': this page fetches maps only by https, or from this machine.`;
  }
  const isRaster = ['{z}', '{x}', '{y}'].every((part) => url.includes(part));
  // Picture tiles do not say whose they are: at least where they come from is told.
  return isRaster ? {kind: 'raster', url, attribution: `Map: ${hostname}`} : {kind: 'style', url};
}
