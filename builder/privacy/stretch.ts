import {pointCount, type Track} from '../activity.ts';

/**
 * The part of a track between two places along it, which are a point's index and the share of the way to the next: 3.5 is
 * halfway from point 3 to point 4. Time and elevation are interpolated. The whole is the track itself.
 */
export function stretch(track: Track, from: number, to: number): Track {
  const last = pointCount(track) - 1;
  if (from <= 0 && to >= last) return track;
  const places: number[] = [from];
  for (let i = Math.floor(from) + 1; i < to; i++) places.push(i);
  if (to > from) places.push(to);
  const column = (values: Float64Array) => Float64Array.from(places, (place) => valueAt(values, place));
  return {lng: column(track.lng), lat: column(track.lat), time: column(track.time), elevation: column(track.elevation)};
}

function valueAt(values: Float64Array, place: number): number {
  const i = Math.floor(place);
  const share = place - i;
  return share === 0 ? values[i] : values[i] + (values[i + 1] - values[i]) * share;
}
