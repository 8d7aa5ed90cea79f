/**
 * The imagery URL that JOSM takes (Imagery preferences, "Add TMS"): zooms up to `maxTileZoom` of the 256 px tiles below the page's
 * `base` URL, in a style's text form.
 */
export function josmUrl(base: string, style: string, maxTileZoom: number): string {
  const folder = new URL('raster/', base).href;
  return `tms[${maxTileZoom}]:${folder}{zoom}/{x}/{y}.png${style && `?${style}`}`;
}
