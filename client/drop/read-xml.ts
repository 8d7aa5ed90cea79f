import {gpx, kml, tcx} from '@tmcw/togeojson';
import type {FeatureCollection, Geometry} from 'geojson';
import type {Line} from './clean-line.ts';

/** The lines of each activity in a GPX, TCX or KML document; a sentence that says why there are none. */
export function readXml(document: Document): Line[][] | string {
  const fault = faultOf(document);
  if (fault) return fault;
  const root = document.documentElement.localName;
  const {name, read} = readers[root] ?? {name: 'XML', read: () => []};
  try {
    const activities = read(document).filter((lines) => lines.length > 0);
    return activities.length > 0 ? activities : `found a ${name} file without a line, expected a track of two points.`;
  } catch (error) {
    // togeojson trusts what it is given.
    return `found damage (${error instanceof Error ? error.message : String(error)}), expected a ${name} file.`;
  }
}

const readers: Partial<Record<string, {name: string; read(document: Document): Line[][]}>> = {
  gpx: {name: 'GPX', read: readGpx},
  TrainingCenterDatabase: {name: 'TCX', read: readTcx},
  kml: {name: 'KML', read: readKml},
};

/** Each track is an activity. Planned routes are only shown where nothing in the file was recorded. */
function readGpx(document: Document): Line[][] {
  const {features} = gpx(document);
  const tracks = features.filter(({properties}) => properties?._gpxType === 'trk');
  return (tracks.length > 0 ? tracks : features).map(({geometry}) => linesOf(geometry));
}

/** togeojson gives laps; those of an activity are told by reading each activity as a document of its own. */
function readTcx(document: Document): Line[][] {
  const activities = [...document.getElementsByTagName('Activity')].map((activity) => {
    const part = document.implementation.createDocument(null, 'part');
    part.documentElement.append(part.importNode(activity, true));
    return allLines(tcx(part));
  });
  return activities.length > 0 ? activities : [allLines(tcx(document))];
}

function readKml(document: Document): Line[][] {
  return kml(document).features.map(({geometry}) => linesOf(geometry));
}

function allLines({features}: FeatureCollection<Geometry | null>): Line[] {
  return features.flatMap(({geometry}) => linesOf(geometry));
}

/** The lines of a geometry; none of points and areas. */
function linesOf(geometry: Geometry | null): Line[] {
  if (geometry?.type === 'LineString') return [geometry.coordinates];
  if (geometry?.type === 'MultiLineString') return geometry.coordinates;
  return geometry?.type === 'GeometryCollection' ? geometry.geometries.flatMap(linesOf) : [];
}

/** Why a document is damaged; empty where it is whole. Browsers put an element into a document that they could not read. */
function faultOf(document: Document): string {
  const error = document.getElementsByTagName('parsererror')[0];
  if (!error) return '';
  const line = /line (?:number )?(\d+)/i.exec(error.textContent ?? '')?.[1];
  return `found damage${line ? ` in line ${line}` : ''}, expected well-formed XML.`;
}
