import type {RecordedActivity} from '../activity.ts';
import type {Points} from './points.ts';

/**
 * Gives lines without times those of points that stand for themselves: some programs write a line once as such and once
 * point by point, each with its time. A line takes the times of a run of points that are equal to its own.
 */
export function stampLines(activities: RecordedActivity[], stamped: Points): void {
  if (stamped.count === 0) return;
  // Lines come in the order of their points: looking on from the last match keeps this nearly linear. In a file where it
  // is not, the work ends.
  let from = 0;
  let steps = 20 * (stamped.count + activities.length) + leastSteps;
  for (const {tracks} of activities) {
    for (const track of tracks) {
      if (track.lng.length < 2 || track.time.some((time) => !Number.isNaN(time))) continue;
      const {lng, lat} = track;
      const {length} = lng;
      for (let at = from; at + length <= stamped.count && steps > 0; at++, steps--) {
        let same = 0;
        while (same < length && stamped.lng[at + same] === lng[same] && stamped.lat[at + same] === lat[same]) same++;
        steps -= same;
        if (same < length) continue;
        from = at + length;
        track.time.set(stamped.time.subarray(at, from));
        break;
      }
    }
  }
}

const leastSteps = 1e6;
