import type {Track} from '../activity.ts';

/** Points in typed arrays that grow: `lng`, `lat` in degrees, the rest as the reader means it; valid below `count`. */
export type Points = Track & {count: number};

const leastCapacity = 4096;

/** A larger file has memory of its own, so that it is given back. */
const sharedBytes = 2 << 20;

/** An empty list of points. */
export function newPoints(): Points {
  return {
    count: 0,
    lng: new Float64Array(leastCapacity),
    lat: new Float64Array(leastCapacity),
    time: new Float64Array(leastCapacity),
    elevation: new Float64Array(leastCapacity),
  };
}

/**
 * An empty list for a file of so many bytes. All but large files share the one that is given: a worker reads thousands, and new
 * memory for each has its garbage collected every second.
 */
export function pointsFor(fileBytes: number, shared: Points): Points {
  if (fileBytes > sharedBytes) return newPoints();
  shared.count = 0;
  return shared;
}

/** Appends a point; memory follows the points that were read, never a size that a file claims. */
export function addPoint(points: Points, lng: number, lat: number, time: number, elevation: number): void {
  const {count} = points;
  if (count === points.lng.length) grow(points);
  points.lng[count] = lng;
  points.lat[count] = lat;
  points.time[count] = time;
  points.elevation[count] = elevation;
  points.count = count + 1;
}

/** Copies the points `from` to `to` (exclusive) into a track of their own. */
export function trackOf(points: Points, from: number, to: number): Track {
  return {
    lng: points.lng.slice(from, to),
    lat: points.lat.slice(from, to),
    time: points.time.slice(from, to),
    elevation: points.elevation.slice(from, to),
  };
}

function grow(points: Points): void {
  const capacity = points.lng.length * 2;
  points.lng = copy(points.lng, capacity);
  points.lat = copy(points.lat, capacity);
  points.time = copy(points.time, capacity);
  points.elevation = copy(points.elevation, capacity);
}

function copy(values: Float64Array, capacity: number): Float64Array {
  const larger = new Float64Array(capacity);
  larger.set(values);
  return larger;
}
