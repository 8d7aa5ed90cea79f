import {groundMeters, metersPerDegree, projectX, projectY} from '../../core/mercator.ts';
import {pointCount, type Track} from '../activity.ts';
import {keep, near} from './points.ts';

/**
 * What a stop is: so many seconds or more within so many metres of their centre. `wander`: the way recorded meanwhile is at least
 * so many times as long as it leads away from where it began; 0 asks nothing.
 */
export type StopMeasures = {seconds: number; meters: number; wander: number};

/**
 * So many points in a row farther from the centre than half of a stop's metres end a run. In 1,262 real recordings no stop had as
 * many as 300; a boat at anchor has nothing else, and without an end each of its points would be held against all that follow.
 */
const mostRestless = 600;

/**
 * Leaves of each stop its first and last point. A stop is a run of points around their common centre that lasts, and ends
 * about where it began: somebody climbing slowly through the same circle comes out on its other side. A short one must wander,
 * too: who turns around at the end of a path is there for as long, and goes there and back but once.
 */
export function collapseStops(track: Track, stop: StopMeasures): Track {
  const {time} = track;
  const count = pointCount(track);
  const duration = time[count - 1] - time[0];
  if (duration < stop.seconds * 1000) return track;
  const meters = groundMeters(track.lat[0]);
  const y0 = projectY(track.lat[0]);
  // Metres east of a world x, the short way round: a stop on the antimeridian has points on both sides of it.
  const eastOf = (x0: number, i: number) => {
    const worlds = projectX(track.lng[i]) - x0;
    return (worlds - Math.round(worlds)) * meters;
  };
  const y = (i: number) => (projectY(track.lat[i]) - y0) * meters;
  const elsewhere = (2 * stop.meters) / metersPerDegree;
  const gone = new Uint8Array(count);
  let found = false;
  for (let i = 0, ahead = 0; i < count - 2; i++) {
    while (ahead < count && !(time[ahead] - time[i] >= stop.seconds * 1000)) ahead++;
    if (ahead >= count) break;
    // Whoever is elsewhere by then has not stopped: the cheap tests that decide nearly always.
    if (Math.abs(track.lat[ahead] - track.lat[i]) > elsewhere || near(track, i, ahead) > 2 * stop.meters) continue;
    const x0 = projectX(track.lng[i]);
    let sumX = 0;
    const startY = y(i);
    let sumY = startY;
    let members = 1;
    let lastX = 0;
    let lastY = startY;
    let walked = 0;
    let reach = 0;
    // The last point near the centre (steps farther out, at the end, already belong to the departure), and whether the way
    // wandered until then.
    let end = i;
    let wandered = false;
    for (let j = i + 1; j < count; j++) {
      const px = eastOf(x0, j);
      const py = y(j);
      const away = Math.hypot(px - sumX / members, py - sumY / members);
      if (away > stop.meters) break;
      walked += Math.hypot(px - lastX, py - lastY);
      reach = Math.max(reach, Math.hypot(px, py - startY));
      lastX = px;
      lastY = py;
      sumX += px;
      sumY += py;
      members++;
      if (away <= stop.meters / 2) {
        end = j;
        wandered = walked >= stop.wander * reach;
      } else if (j - end > mostRestless) break;
    }
    if (end - i < 2 || !wandered || !(time[end] - time[i] >= stop.seconds * 1000)) continue;
    if (Math.hypot(eastOf(x0, end), y(end) - startY) > stop.meters) continue;
    gone.fill(1, i + 1, end);
    found = true;
    i = end - 1;
  }
  return found ? keep(track, (i) => gone[i] === 0) : track;
}
