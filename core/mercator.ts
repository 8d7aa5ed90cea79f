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

/** Degrees around a latitude in which a series tells the y of others. */
const nearby = 0.01;

/**
 * Web Mercator y on the unit square of the latitudes in degrees, `count` of them, into `y`: as {@link projectY} gives it to within
 * 10⁻¹² (0.04 mm), in a tenth of the time where latitudes follow each other closely, as those of a track do. Each is told by the
 * Taylor series around one before it: derivatives of the inverse Gudermannian function are products of secant and tangent.
 */
export function projectLatitudes(lat: Float64Array, count: number, y: Float64Array): void {
  let around = Number.NaN;
  let y0 = 0;
  let y1 = 0;
  let y2 = 0;
  let y3 = 0;
  for (let i = 0; i < count; i++) {
    const away = lat[i] - around;
    if (away < nearby && away > -nearby) {
      const d = away * radians;
      y[i] = y0 + d * (y1 + d * (y2 + d * y3));
    } else {
      y0 = projectY(lat[i]);
      y[i] = y0;
      // Beyond the map's edge y stands still.
      around = Math.abs(lat[i]) + nearby < maxLat ? lat[i] : Number.NaN;
      const secant = 1 / Math.cos(lat[i] * radians);
      const tangent = Math.tan(lat[i] * radians);
      y1 = -secant / (2 * Math.PI);
      y2 = (-secant * tangent) / (4 * Math.PI);
      y3 = (-secant * (2 * tangent * tangent + 1)) / (12 * Math.PI);
    }
  }
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

/** Degrees that a longitude is east of another, both −180 to 180, the short way round: across the antimeridian, too. */
export function degreesEast(from: number, to: number): number {
  const degrees = to - from;
  return degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees;
}

/** Mean radius of the Earth, metres: that of the sphere on which {@link distance} measures. */
export const meanRadius = 6371008.8;

/** Ground metres of a degree of latitude there. */
export const metersPerDegree = meanRadius * radians;

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
    return metersPerDegree * Math.sqrt(north * north + east * east);
  }
  const dLat = Math.sin(((lat1 - lat0) * radians) / 2);
  const dLng = Math.sin(((lng1 - lng0) * radians) / 2);
  const a = dLat * dLat + Math.cos(lat0 * radians) * Math.cos(lat1 * radians) * dLng * dLng;
  return 2 * meanRadius * Math.asin(Math.min(1, Math.sqrt(a)));
}
