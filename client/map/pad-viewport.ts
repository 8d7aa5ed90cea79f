import {WebMercatorViewport} from '@deck.gl/core';

/**
 * The viewport with `margin` CSS pixels more on each side, seen by the same camera: every place stays at the same distance
 * from the centre.
 */
export function padViewport(viewport: WebMercatorViewport, margin: number): WebMercatorViewport {
  const {longitude, latitude, zoom, pitch, bearing, position, width, height, altitude} = viewport;
  const paddedHeight = height + 2 * margin;
  return new WebMercatorViewport({
    longitude,
    latitude,
    zoom,
    pitch,
    bearing,
    position,
    width: width + 2 * margin,
    height: paddedHeight,
    // Counted in heights of the viewport.
    altitude: (altitude * height) / paddedHeight,
    repeat: viewport.subViewports !== null,
  });
}
