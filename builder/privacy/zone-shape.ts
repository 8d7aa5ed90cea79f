import {createHmac} from 'node:crypto';
import {meanRadius} from '../../core/mercator.ts';

/** A privacy zone as it was asked for: a circle of ground metres around a place in degrees. */
export type Circle = {lng: number; lat: number; radius: number};

/** The irregular polygon by which a zone cuts. Its corners are degrees; edges are straight in longitude and latitude. */
export type ZoneShape = {
  /** Longitude of the middle. Those of the corners and of the box count from here, so that ±180° is a place like any other. */
  lng: number;
  cornerLng: Float64Array;
  cornerLat: Float64Array;
  west: number;
  south: number;
  east: number;
  north: number;
};

/** How irregular a zone's shape is. */
const zoneShapeMeasures = {
  corners: 12,
  /** The middle lies this far from the asked place, in radii: never so near that the middle would give the place away. */
  moved: [0.25, 0.5],
  /** Corners stand this share of their even distance to either side of their even places. */
  swing: 0.25,
  /** Corners are up to this share farther out than they must be. */
  bulge: 0.35,
  /** Edges stay this share of the radius outside the asked circle: more than an edge of 20 km is bent on the ground. */
  margin: 0.05,
};

const radians = Math.PI / 180;

/**
 * The shape by which a zone cuts, from the library's secret. It always contains the asked circle, and neither its middle nor that
 * of the ends that lie on it is the asked place. The same circle and secret give the same shape, also when a zone is removed and
 * added again: two shapes of one place would tell more of it than one.
 */
export function zoneShape(circle: Circle, secret: Uint8Array): ZoneShape {
  const {corners, moved, swing, bulge, margin} = zoneShapeMeasures;
  const random = randomOf(secret, `zone at ${circle.lng} ${circle.lat} of ${circle.radius} m`);
  // Even over the area of the ring in which the middle may lie: no place in it is likelier than another.
  const [least, most] = moved;
  const away = circle.radius * Math.sqrt(least ** 2 + (most ** 2 - least ** 2) * random());
  const middle = destination(circle.lng, circle.lat, away, 2 * Math.PI * random());
  // The circle around the middle that holds the asked one, and how far out the corners must be for edges to stay outside it.
  const holding = away + circle.radius * (1 + margin);
  const widest = ((1 + 2 * swing) * 2 * Math.PI) / corners;
  const nearest = holding / Math.cos(widest / 2);
  const turn = 2 * Math.PI * random();
  const cornerLng = new Float64Array(corners);
  const cornerLat = new Float64Array(corners);
  for (let i = 0; i < corners; i++) {
    const bearing = turn + ((i + swing * (2 * random() - 1)) * 2 * Math.PI) / corners;
    const corner = destination(0, middle.lat, nearest * (1 + bulge * random()), bearing);
    cornerLng[i] = corner.lng;
    cornerLat[i] = corner.lat;
  }
  return {
    lng: middle.lng,
    cornerLng,
    cornerLat,
    west: Math.min(...cornerLng),
    south: Math.min(...cornerLat),
    east: Math.max(...cornerLng),
    north: Math.max(...cornerLat),
  };
}

/** Where one gets to from a place, degrees, so many ground metres in a direction, radians clockwise from north. */
export function destination(lng: number, lat: number, meters: number, bearing: number): {lng: number; lat: number} {
  const arc = meters / meanRadius;
  const from = lat * radians;
  const to = Math.asin(Math.sin(from) * Math.cos(arc) + Math.cos(from) * Math.sin(arc) * Math.cos(bearing));
  const turned = Math.atan2(
    Math.sin(bearing) * Math.sin(arc) * Math.cos(from),
    Math.cos(arc) - Math.sin(from) * Math.sin(to),
  );
  return {lng: lng + turned / radians, lat: to / radians};
}

/** Numbers 0..1 that only who knows the secret can know: HMAC-SHA256 of a text and a count, 48 bits each. */
function randomOf(secret: Uint8Array, text: string): () => number {
  let count = 0;
  return () => createHmac('sha256', secret).update(`${text}, ${count++}`).digest().readUIntBE(0, 6) / 2 ** 48;
}
