/** The two functions of topojson-client that make-land.mjs calls; the package has no types of its own. */
declare module 'topojson-client' {
  type Line = [x: number, y: number][];
  export function feature(
    topology: object,
    object: object,
  ): {features: {geometry: {type: 'MultiPolygon'; coordinates: Line[][]}}[]};
  export function mesh(
    topology: object,
    object: object,
    keep: (a: object, b: object) => boolean,
  ): {coordinates: Line[]};
}
