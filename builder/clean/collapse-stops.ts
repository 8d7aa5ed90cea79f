import {degreesEast, metersPerDegree} from '../../core/mercator.ts';
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
  const {lng, lat} = track;
  const elsewhere = (2 * stop.meters) / metersPerDegree;
  const gone = new Uint8Array(count);
  let found = false;
  for (let i = 0, ahead = 0; i < count - 2; i++) {
    while (ahead < count && !(time[ahead] - time[i] >= stop.seconds * 1000)) ahead++;
    if (ahead >= count) break;
    // Whoever is elsewhere by then has not stopped: the cheap tests that decide nearly always.
    if (Math.abs(lat[ahead] - lat[i]) > elsewhere || near(track, i, ahead) > 2 * stop.meters) continue;
    // Metres east and north of the run's first point.
    const metersEast = metersPerDegree * Math.cos((lat[i] * Math.PI) / 180);
    let sumX = 0;
    let sumY = 0;
    let members = 1;
    let lastX = 0;
    let lastY = 0;
    let walked = 0;
    let reach = 0;
    // The last point near the centre (steps farther out, at the end, already belong to the departure), how far from the run's
    // first it is, and whether the way wandered until then.
    let end = i;
    let apart = 0;
    let wandered = false;
    for (let j = i + 1; j < count; j++) {
      const x = degreesEast(lng[i], lng[j]) * metersEast;
      const y = (lat[j] - lat[i]) * metersPerDegree;
      const away = length(x - sumX / members, y - sumY / members);
      if (away > stop.meters) break;
      const out = length(x, y);
      if (out > reach) reach = out;
      walked += length(x - lastX, y - lastY);
      lastX = x;
      lastY = y;
      sumX += x;
      sumY += y;
      members++;
      if (away <= stop.meters / 2) {
        end = j;
        apart = out;
        wandered = walked >= stop.wander * reach;
      } else if (j - end > mostRestless) break;
    }
    if (end - i < 2 || !wandered || apart > stop.meters || !(time[end] - time[i] >= stop.seconds * 1000)) continue;
    gone.fill(1, i + 1, end);
    found = true;
    i = end - 1;
  }
  return found ? keep(track, (i) => gone[i] === 0) : track;
}

/** Without the care for overflow of `Math.hypot`, which takes ten times as long. */
function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}
