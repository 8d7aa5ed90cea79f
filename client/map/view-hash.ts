import {maxLat} from '../../core/mercator.ts';
import {type View, worldPixels} from './view.ts';

/** The view as a URL's hash, `#map=zoom/lat/lng` as on openstreetmap.org, to within a tenth of a pixel. */
export function formatHash({lng, lat, zoom}: View): string {
  const decimals = Math.max(2, Math.ceil(Math.log10(worldPixels(zoom) / 360)) + 1);
  const rounded = (degrees: number) => Number(degrees.toFixed(decimals));
  return `#map=${Number(zoom.toFixed(4))}/${rounded(lat)}/${rounded(lng)}`;
}

/** Small windows show the whole world at less than zoom 0. */
const leastZoom = -2;

/** The view that a URL's hash asks for; nothing where it is none. */
export function parseHash(hash: string): View | undefined {
  const match = /^#map=(-?\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)$/.exec(hash);
  if (!match) return undefined;
  const [zoom, lat, lng] = match.slice(1).map(Number);
  return zoom >= leastZoom && zoom <= 24 && Math.abs(lat) <= maxLat && Math.abs(lng) <= 180
    ? {lng, lat, zoom}
    : undefined;
}
