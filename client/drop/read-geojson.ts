import type {Line} from './clean-line.ts';

/**
 * The lines of each activity in a GeoJSON text (RFC 7946): a feature, or a bare geometry, with lines is one. A sentence that says why
 * there are none; what is no GeoJSON in the text is passed over.
 */
export function readGeoJson(text: string): Line[][] | string {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return 'found damaged JSON, expected a whole GeoJSON file.';
  }
  const activities = geometriesOf(root)
    .map(linesOf)
    .filter((lines) => lines.length > 0);
  return activities.length > 0 ? activities : 'found a JSON file without a line, expected a LineString of GeoJSON.';
}

function geometriesOf(value: unknown): unknown[] {
  const {type, features, geometry} = objectOf(value);
  if (type === 'FeatureCollection') return listOf(features).flatMap(geometriesOf);
  return type === 'Feature' ? [geometry] : [value];
}

/** The lines of a geometry; none of points and areas. */
function linesOf(value: unknown): Line[] {
  const {type, coordinates, geometries} = objectOf(value);
  if (type === 'GeometryCollection') return listOf(geometries).flatMap(linesOf);
  if (type === 'LineString') return [lineOf(coordinates)];
  return type === 'MultiLineString' ? listOf(coordinates).map(lineOf) : [];
}

function lineOf(value: unknown): Line {
  return listOf(value).filter(
    (position): position is number[] =>
      typeof listOf(position)[0] === 'number' && typeof listOf(position)[1] === 'number',
  );
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? {...value} : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
