import type {FeatureCollection, Geometry, MultiLineString, MultiPolygon, Position} from 'geojson';

/** Content of land.json as scripts/make-land.mjs writes it: polygons of rings (outer first, not closed) and open lines, as text. */
export type LandFile = {source: string; unitsPerDegree: number; land: string[][]; borders: string[]};

/** The world's land in degrees, cut at ±180°: `land` with closed rings as GeoJSON wants them, `coasts` and `borders` as lines. */
export type Land = {land: MultiPolygon; coasts: MultiLineString; borders: MultiLineString};

/** Coasts and borders of the offline base map, decoded from land.json. */
export function decodeLand({land, borders, unitsPerDegree}: LandFile): Land {
  const polygons = land.map((rings) => rings.map((ring) => closed(decodeLine(ring, unitsPerDegree))));
  return {
    land: {type: 'MultiPolygon', coordinates: polygons},
    coasts: {type: 'MultiLineString', coordinates: polygons.flat().flatMap(coastsOf)},
    borders: {type: 'MultiLineString', coordinates: borders.map((line) => decodeLine(line, unitsPerDegree))},
  };
}

/** One geometry as the GeoJSON that map libraries take. */
export function collection(geometry: Geometry): FeatureCollection {
  return {type: 'FeatureCollection', features: [{type: 'Feature', properties: {}, geometry}]};
}

/** Positions in degrees of a line in the encoded polyline format, here with lng before lat. */
function decodeLine(text: string, unitsPerDegree: number): Position[] {
  const line: Position[] = [];
  const position = [0, 0];
  let axis = 0;
  let value = 0;
  let shift = 0;
  for (let i = 0; i < text.length; i++) {
    const bits = text.charCodeAt(i) - 63;
    value |= (bits & 0x1f) << shift;
    shift += 5;
    if (bits & 0x20) continue;
    position[axis] += value & 1 ? ~(value >> 1) : value >> 1;
    if (axis === 1) line.push([position[0] / unitsPerDegree, position[1] / unitsPerDegree]);
    axis = 1 - axis;
    value = 0;
    shift = 0;
  }
  return line;
}

function closed(ring: Position[]): Position[] {
  return [...ring, ring[0]];
}

/** The parts of a ring that are coast: not the cuts along the antimeridian and the map's southern edge. */
function coastsOf(ring: Position[]): Position[][] {
  const coasts: Position[][] = [];
  let coast: Position[] = [];
  for (let i = 1; i < ring.length; i++) {
    if (isCut(ring[i - 1], ring[i])) {
      coast = [];
      continue;
    }
    if (coast.length === 0) {
      coast.push(ring[i - 1]);
      coasts.push(coast);
    }
    coast.push(ring[i]);
  }
  return coasts;
}

function isCut(a: Position, b: Position): boolean {
  return (Math.abs(a[0]) === 180 && a[0] === b[0]) || (a[1] < -85 && b[1] < -85);
}
