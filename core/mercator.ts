/** Radius of the sphere of Web Mercator (EPSG:3857), metres. */
export const earthRadius = 6378137;

/** Circumference of the Web Mercator world at the equator, metres. */
export const worldMeters = 2 * Math.PI * earthRadius;

/** Latitude at which the Web Mercator square ends, degrees. */
export const maxLat = (Math.atan(Math.sinh(Math.PI)) * 180) / Math.PI;

/** Side of a tile in CSS pixels: zooms are counted for tiles of this size, as MapLibre does. */
export const tilePixels = 512;

const radians = Math.PI / 180;

/** Web Mercator x on the unit square of a longitude in degrees: 0 at 180° W, growing eastwards. */
export function projectX(lng: number): number {
  return lng / 360 + 0.5;
}

/** Web Mercator y on the unit square of a latitude in degrees: 0 in the north, growing southwards; poles fall on the edge. */
export function projectY(lat: number): number {
  const sin = Math.sin(Math.max(-maxLat, Math.min(maxLat, lat)) * radians);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
}

/** Longitude in degrees of a world x (unit square). */
export function unprojectX(x: number): number {
  return (x - 0.5) * 360;
}

/** Latitude in degrees of a world y (unit square). */
export function unprojectY(y: number): number {
  return Math.atan(Math.sinh((1 - 2 * y) * Math.PI)) / radians;
}

/** Ground metres that one unit of the unit square stands for at a latitude in degrees. */
export function groundMeters(lat: number): number {
  return worldMeters * Math.cos(Math.max(-maxLat, Math.min(maxLat, lat)) * radians);
}

/** Mean radius of the Earth, metres. */
const meanRadius = 6371008.8;

/** Degrees below which the Earth between two positions is taken for flat. */
const flat = 0.01;

/**
 * Great-circle distance in metres between two positions in degrees, on a sphere of the mean radius: haversine, and between positions
 * less than 0.01° apart, as those of tracks are, Pythagoras at their middle latitude, which on the map (up to 85°) is off by less
 * than one in a million.
 */
export function distance(lng0: number, lat0: number, lng1: number, lat1: number): number {
  const north = lat1 - lat0;
  const east = (lng1 - lng0) * Math.cos(((lat0 + lat1) / 2) * radians);
  if (north < flat && north > -flat && east < flat && east > -flat) {
    return meanRadius * radians * Math.sqrt(north * north + east * east);
  }
  const dLat = Math.sin(((lat1 - lat0) * radians) / 2);
  const dLng = Math.sin(((lng1 - lng0) * radians) / 2);
  const a = dLat * dLat + Math.cos(lat0 * radians) * Math.cos(lat1 * radians) * dLng * dLng;
  return 2 * meanRadius * Math.asin(Math.min(1, Math.sqrt(a)));
}
