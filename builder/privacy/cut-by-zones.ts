import {degreesEast} from '../../core/mercator.ts';
import {pointCount, type Track} from '../activity.ts';
import {stretch} from './stretch.ts';
import type {ZoneShape} from './zone-shape.ts';

/** Takes out of tracks what lies within zones, exactly at the edges of their shapes; a track that passes one is split. */
export function cutByZones(tracks: Track[], shapes: ZoneShape[]): Track[] {
  return shapes.reduce((left, shape) => left.flatMap((track) => cutTrack(track, shape)), tracks);
}

/** The stretches of a track outside a shape; the track itself where it does not come into it. */
function cutTrack(track: Track, shape: ZoneShape): Track[] {
  const {lng, lat} = track;
  const count = pointCount(track);
  if (count === 1) return isInside(shape, degreesEast(shape.lng, lng[0]), lat[0]) ? [] : [track];
  const stretches: Track[] = [];
  let start = Number.NaN;
  for (let i = 1; i < count; i++) {
    const x0 = degreesEast(shape.lng, lng[i - 1]);
    // The second end counts from the first: on the far side of the earth both must not lie at different ends of the map.
    const x1 = x0 + lng[i] - lng[i - 1];
    const cuts = crossings(shape, x0, lat[i - 1], x1, lat[i]);
    for (let k = 0; k <= cuts.length; k++) {
      const from = k === 0 ? 0 : cuts[k - 1];
      const to = k === cuts.length ? 1 : cuts[k];
      const middle = (from + to) / 2;
      const inside = isInside(shape, x0 + (x1 - x0) * middle, lat[i - 1] + (lat[i] - lat[i - 1]) * middle);
      if (!inside && Number.isNaN(start)) start = i - 1 + from;
      if (!inside || Number.isNaN(start)) continue;
      if (i - 1 + from > start) stretches.push(stretch(track, start, i - 1 + from));
      start = Number.NaN;
    }
  }
  if (count - 1 > start) stretches.push(stretch(track, start, count - 1));
  return stretches;
}

/** Shares 0..1 of a segment at which it crosses the shape's edges, rising. */
function crossings(shape: ZoneShape, x0: number, y0: number, x1: number, y1: number): number[] {
  const {cornerLng, cornerLat, west, south, east, north} = shape;
  if (Math.max(x0, x1) < west || Math.min(x0, x1) > east || Math.max(y0, y1) < south || Math.min(y0, y1) > north)
    return [];
  const found: number[] = [];
  for (let b = 0, a = cornerLng.length - 1; b < cornerLng.length; a = b++) {
    const edgeX = cornerLng[b] - cornerLng[a];
    const edgeY = cornerLat[b] - cornerLat[a];
    const cross = (x1 - x0) * edgeY - (y1 - y0) * edgeX;
    if (cross === 0) continue;
    const along = ((cornerLng[a] - x0) * edgeY - (cornerLat[a] - y0) * edgeX) / cross;
    const onEdge = ((cornerLng[a] - x0) * (y1 - y0) - (cornerLat[a] - y0) * (x1 - x0)) / cross;
    if (along > 0 && along < 1 && onEdge >= 0 && onEdge <= 1) found.push(along);
  }
  return found.sort((a, b) => a - b);
}

/** Whether a place, degrees from the shape's middle and latitude, lies inside: an odd number of edges is east of it. */
function isInside({cornerLng, cornerLat, west, south, east, north}: ZoneShape, x: number, y: number): boolean {
  if (x < west || x > east || y < south || y > north) return false;
  let inside = false;
  for (let b = 0, a = cornerLng.length - 1; b < cornerLng.length; a = b++) {
    if (cornerLat[a] > y === cornerLat[b] > y) continue;
    const edge = cornerLng[a] + ((cornerLng[b] - cornerLng[a]) * (y - cornerLat[a])) / (cornerLat[b] - cornerLat[a]);
    if (edge > x) inside = !inside;
  }
  return inside;
}
