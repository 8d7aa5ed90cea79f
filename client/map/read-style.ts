import type {StyleSpecification} from 'maplibre-gl';
import type {OnlineBase} from './bases.ts';

/** Time after which a base map's style is given up, ms. */
const patience = 15_000;

/** The MapLibre style of an online base map; rejects with a sentence of why there is none. */
export async function readStyle(base: OnlineBase): Promise<StyleSpecification> {
  if (base.kind === 'raster') return rasterStyle(base);
  const {host} = new URL(base.url);
  const response = await fetch(base.url, {signal: AbortSignal.timeout(patience)}).catch(() => {
    throw new Error(`${host} does not answer, or does not allow this page to read it.`);
  });
  if (!response.ok) throw new Error(`${host} answered ${response.status}.`);
  const style: unknown = await response.json().catch(() => undefined);
  if (isStyle(style)) return style;
  throw new Error(`${base.url} is no MapLibre style of version 8.`);
}

/** A style that shows picture tiles and nothing else. */
export function rasterStyle({url, attribution, maxZoom}: OnlineBase): StyleSpecification {
  const about = {...(attribution && {attribution}), ...(maxZoom && {maxzoom: maxZoom})};
  return {
    version: 8,
    sources: {picture: {type: 'raster', tiles: [url], tileSize: 256, ...about}},
    layers: [{id: 'picture', type: 'raster', source: 'picture', paint: {'raster-fade-duration': 0}}],
  };
}

function isStyle(json: unknown): json is StyleSpecification {
  if (typeof json !== 'object' || json === null) return false;
  const {version, sources, layers} = json as Record<string, unknown>;
  return version === 8 && typeof sources === 'object' && sources !== null && Array.isArray(layers);
}
