import type {Geometry} from 'geojson';

/** The lines of a GeoJSON geometry as lng, lat, without heights; none of points and areas. */
export function linesOf(geometry: Geometry): number[][][] {
  const lines =
    geometry.type === 'LineString'
      ? [geometry.coordinates]
      : geometry.type === 'MultiLineString'
        ? geometry.coordinates
        : [];
  return lines.map((line) => line.map(([lng, lat]) => [lng, lat]));
}
