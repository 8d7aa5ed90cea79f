/** Deepest zoom of the PNG tiles. */
export const maxTileZoom = 22;

/** Where JOSM listens when its remote control is on. */
export const josmAddress = 'http://127.0.0.1:8111';

/**
 * The URL of the PNG tiles below a server's `base` URL (ends in `/`), with the placeholders that JOSM and iD know; `query` is a
 * style's text form, or empty.
 */
export function tileTemplate(base: string, query: string): string {
  return `${base}raster/{zoom}/{x}/{y}.png${query && `?${query}`}`;
}

/** The imagery URL that JOSM takes (Imagery preferences, "+TMS"). */
export function josmTms(base: string, query: string): string {
  return `tms[${maxTileZoom}]:${tileTemplate(base, query)}`;
}

/** The URL by which JOSM's remote control adds the PNG tiles: `url` comes last and holds everything that follows. */
export function josmRemote(base: string, query: string, title: string): string {
  const about = `title=${encodeURIComponent(title)}&type=tms&max_zoom=${maxTileZoom}`;
  return `${josmAddress}/imagery?${about}&url=${encodeURIComponent(tileTemplate(base, query))}`;
}

/** The page of openstreetmap.org that opens iD with the PNG tiles as its background, at a place (zoom of 256 px tiles). */
export function idEditor(
  base: string,
  query: string,
  {lng, lat, zoom}: {lng: number; lat: number; zoom: number},
): string {
  const map = `${zoom}/${lat.toFixed(5)}/${lng.toFixed(5)}`;
  const background = encodeURIComponent(`custom:${tileTemplate(base, query)}`);
  return `https://www.openstreetmap.org/edit?editor=id#map=${map}&background=${background}`;
}
