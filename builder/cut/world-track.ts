import {projectLatitudes, projectX} from '../../core/mercator.ts';
import {pointCount, type Track} from '../activity.ts';

/** A track in world coordinates of the unit square (Web Mercator). */
export type WorldTrack = {
  count: number;
  x: Float64Array;
  y: Float64Array;
};

/** Projects a track. */
export function worldTrack(track: Track): WorldTrack {
  const count = pointCount(track);
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  for (let i = 0; i < count; i++) x[i] = projectX(track.lng[i]);
  projectLatitudes(track.lat, count, y);
  return {count, x, y};
}
