import {josmUrl} from '../raster/josm-url.ts';

/** Where JOSM listens when its remote control is on. */
const josmAddress = 'http://127.0.0.1:8111';

/** Largest zoom of the PNG tiles. */
export const maxTileZoom = 22;

/** The URL by which JOSM's remote control adds the PNG tiles in a style; `url` comes last and holds everything that follows. */
export function josmRemoteUrl(base: string, style: string): string {
  const template = josmUrl(base, style, maxTileZoom).replace(/^tms\[\d+\]:/, '');
  return `${josmAddress}/imagery?title=Trackheat&type=tms&max_zoom=${maxTileZoom}&url=${encodeURIComponent(template)}`;
}
