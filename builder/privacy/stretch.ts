import {pointCount, type Track} from '../activity.ts';
import {valuesBetween} from '../values-between.ts';

/**
 * The part of a track between two places along it (see {@link valuesBetween}). Time and elevation are interpolated. The whole is the
 * track itself.
 */
export function stretch(track: Track, from: number, to: number): Track {
  const last = pointCount(track) - 1;
  if (from <= 0 && to >= last) return track;
  const column = (values: Float64Array) => valuesBetween(values, from, to);
  return {lng: column(track.lng), lat: column(track.lat), time: column(track.time), elevation: column(track.elevation)};
}
