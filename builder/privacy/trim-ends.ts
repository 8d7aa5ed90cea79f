import {distance} from '../../core/mercator.ts';
import {pointCount, type Track} from '../activity.ts';
import {isPlausibleTime} from '../describe.ts';
import {stretch} from './stretch.ts';

/**
 * Takes so many ground metres along the way off both ends of an activity: of all its tracks together, not of each, in the order of
 * their times where all have some, for files may have them in any order. Breaks between tracks have no length. Nothing is left of one
 * that is not longer than both.
 */
export function trimEnds(recorded: Track[], meters: number): Track[] {
  if (meters <= 0) return recorded;
  const tracks = inTime(recorded);
  const first = placeAfter(tracks, meters, 1);
  const last = placeAfter(tracks, meters, -1);
  if (!first || !last) return [];
  if (first.track > last.track || (first.track === last.track && first.place >= last.place)) return [];
  return tracks.slice(first.track, last.track + 1).flatMap((track, i) => {
    const from = i === 0 ? first.place : 0;
    const to = i === last.track - first.track ? last.place : pointCount(track) - 1;
    // Where the cut falls on the very end of a track, a single point of it would be left.
    return to > from || pointCount(track) === 1 ? [stretch(track, from, to)] : [];
  });
}

function inTime(tracks: Track[]): Track[] {
  const starts = new Map(tracks.map((track) => [track, track.time.find(isPlausibleTime) ?? Number.NaN]));
  if ([...starts.values()].some(Number.isNaN)) return tracks;
  return tracks.toSorted((a, b) => (starts.get(a) as number) - (starts.get(b) as number));
}

/** Where one is after so many metres along the way, from the first end on (`direction` 1) or from the last (−1) back. */
function placeAfter(tracks: Track[], meters: number, direction: 1 | -1): {track: number; place: number} | undefined {
  let left = meters;
  for (let t = 0; t < tracks.length; t++) {
    const track = direction > 0 ? t : tracks.length - 1 - t;
    const {lng, lat} = tracks[track];
    const count = pointCount(tracks[track]);
    for (let step = 1; step < count; step++) {
      const to = direction > 0 ? step : count - 1 - step;
      const from = to - direction;
      const length = distance(lng[from], lat[from], lng[to], lat[to]);
      if (length >= left && length > 0) return {track, place: from + (direction * left) / length};
      left -= length;
    }
  }
  return undefined;
}
