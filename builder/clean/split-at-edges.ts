import {maxLat} from '../../core/mercator.ts';
import {pointCount, type Track} from '../activity.ts';
import {extended, type Point, slice} from './points.ts';

/**
 * Breaks a track where it leaves the map: at ±180°, with an interpolated point on both sides, so that no line spans the world,
 * and at the latitudes where Web Mercator ends, beyond which nothing can be drawn (`beyond` counts those points).
 */
export function splitAtEdges(track: Track): {tracks: Track[]; beyond: number} {
  const tracks: Track[] = [];
  let beyond = 0;
  for (let start = 0, i = 0; i <= pointCount(track); i++) {
    if (i < pointCount(track) && Math.abs(track.lat[i]) <= maxLat) continue;
    if (i > start) tracks.push(...splitAtAntimeridian(slice(track, start, i)));
    if (i < pointCount(track)) beyond++;
    start = i + 1;
  }
  return {tracks, beyond};
}

function splitAtAntimeridian(track: Track): Track[] {
  const {lng, lat, time, elevation} = track;
  const count = pointCount(track);
  const parts: Track[] = [];
  let start = 0;
  let entry: Point[] = [];
  for (let i = 1; i <= count; i++) {
    if (i < count && Math.abs(lng[i] - lng[i - 1]) <= 180) continue;
    const before = entry;
    const after: Point[] = [];
    entry = [];
    if (i < count) {
      const side = lng[i - 1] > 0 ? 180 : -180;
      const width = 360 - Math.abs(lng[i] - lng[i - 1]);
      const share = width > 0 ? Math.abs(side - lng[i - 1]) / width : 0.5;
      const mix = (values: Float64Array) => values[i - 1] + (values[i] - values[i - 1]) * share;
      const crossing = {lat: mix(lat), time: mix(time), elevation: mix(elevation)};
      after.push({...crossing, lng: side});
      entry.push({...crossing, lng: -side});
    }
    const part = start === 0 && i === count ? track : slice(track, start, i);
    parts.push(before.length + after.length > 0 ? extended(part, before, after) : part);
    start = i;
  }
  return parts;
}
