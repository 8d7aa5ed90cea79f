import {distance, metersPerDegree} from '../../core/mercator.ts';
import type {Track} from '../activity.ts';
import {nearLine} from './near-line.ts';

/** When a recording without times is a copy of another: the same line, to rounding and thinning. Ground metres. */
const sameShapeMeasures = {
  /** Both are compared at points this far apart: without times nobody can tell the jitter of a stop from a way. */
  stepMeters: 20,
  /** Share of the points that must lie close: … */
  share: 0.95,
  /** … a copy's points to the original line, from which they were taken: the next outing has noise of its own; … */
  copyMeters: 2.5,
  /** … the original's points to the copy's line, which may be thinned. */
  thinnedMeters: 25,
  /** A first look is taken at so many points, of which this share must lie as close as a copy's; jitter makes some lie off. */
  looks: 16,
  lookShare: 0.55,
  /** Where one has fewer points than this, both must lie as close as a copy's. */
  telling: 8,
  /** Share of the length by which progress along both may differ, and metres. */
  progress: 0.03,
  progressMeters: 50,
};

/** Points of a way, each some way from the one before. */
type Steps = {lng: number[]; lat: number[]; length: number};

/** Whether two activities' stored tracks are one line, gone in the same direction. */
export function sameShape(a: Track[], b: Track[]): boolean {
  if (!looksLikeCopy(a, b) && !looksLikeCopy(b, a)) return false;
  const {stepMeters, share, copyMeters, telling} = sameShapeMeasures;
  const stepsA = stepsOf(a, stepMeters);
  const stepsB = stepsOf(b, stepMeters);
  if (!sameProgress(stepsA, stepsB)) return false;
  const fewer = Math.min(stepsA.lng.length, stepsB.lng.length);
  const thinnedMeters = fewer < telling ? copyMeters : sameShapeMeasures.thinnedMeters;
  return (
    (areNear(stepsA, b, copyMeters, share) && areNear(stepsB, a, thinnedMeters, share)) ||
    (areNear(stepsB, a, copyMeters, share) && areNear(stepsA, b, thinnedMeters, share))
  );
}

/**
 * Whether a few of a copy's points lie on the original's line. Whoever goes one way a hundred times without recording times has
 * five thousand pairs to be told apart: this does it without an index.
 */
function looksLikeCopy(copy: Track[], original: Track[]): boolean {
  const {looks, lookShare, copyMeters} = sameShapeMeasures;
  const count = copy.reduce((sum, {lng}) => sum + lng.length, 0);
  const wanted = Math.min(count, looks);
  let misses = Math.floor(wanted * (1 - lookShare));
  let before = 0;
  let look = 0;
  for (const {lng, lat} of copy) {
    for (; look < wanted; look++) {
      const i = Math.floor(((look + 0.5) * count) / wanted) - before;
      if (i >= lng.length) break;
      if (!isOnLine(lng[i], lat[i], original, copyMeters) && --misses < 0) return false;
    }
    before += lng.length;
  }
  return true;
}

/** Whether a position lies within some metres of a line, on a plane around the position. */
function isOnLine(lng0: number, lat0: number, tracks: Track[], meters: number): boolean {
  const perLng = metersPerDegree * Math.cos((lat0 * Math.PI) / 180);
  const reach = meters * meters;
  for (const {lng, lat} of tracks) {
    let y1 = (lat[0] - lat0) * metersPerDegree;
    for (let i = 1; i < lng.length; i++) {
      const y0 = y1;
      y1 = (lat[i] - lat0) * metersPerDegree;
      // Nearly all segments lie wholly north or wholly south.
      if ((y0 > meters && y1 > meters) || (y0 < -meters && y1 < -meters)) continue;
      const x0 = (lng[i - 1] - lng0) * perLng;
      const x1 = (lng[i] - lng0) * perLng;
      const dx = x1 - x0;
      const dy = y1 - y0;
      const square = dx * dx + dy * dy;
      const share = square > 0 ? Math.max(0, Math.min(1, -(x0 * dx + y0 * dy) / square)) : 0;
      if ((x0 + dx * share) ** 2 + (y0 + dy * share) ** 2 <= reach) return true;
    }
  }
  return false;
}

/** First and last point of tracks, and between them each that is far enough from the one taken before. */
function stepsOf(tracks: Track[], stepMeters: number): Steps {
  const steps: Steps = {lng: [], lat: [], length: 0};
  tracks.forEach(({lng, lat}, t) => {
    for (let i = 0; i < lng.length; i++) {
      const last = steps.lng.length - 1;
      const meters = last < 0 ? 0 : distance(steps.lng[last], steps.lat[last], lng[i], lat[i]);
      const ends = t === tracks.length - 1 && i === lng.length - 1;
      if (last >= 0 && meters < stepMeters && !ends) continue;
      steps.lng.push(lng[i]);
      steps.lat.push(lat[i]);
      steps.length += meters;
    }
  });
  return steps;
}

/** Whether both are at about the same places at the start, after each quarter of their ways, and at the end. */
function sameProgress(a: Steps, b: Steps): boolean {
  const {progress, progressMeters} = sameShapeMeasures;
  const slack = progressMeters + progress * Math.max(a.length, b.length);
  if (Math.abs(a.length - b.length) > slack) return false;
  const placesB = quarters(b);
  return quarters(a).every(([lng, lat], i) => distance(lng, lat, placesB[i][0], placesB[i][1]) <= slack);
}

function quarters({lng, lat, length}: Steps): [lng: number, lat: number][] {
  const places: [number, number][] = [[lng[0], lat[0]]];
  let done = 0;
  for (let i = 1; i < lng.length; i++) {
    const meters = distance(lng[i - 1], lat[i - 1], lng[i], lat[i]);
    while (places.length < 4 && done + meters >= (places.length * length) / 4) {
      const share = meters > 0 ? ((places.length * length) / 4 - done) / meters : 0;
      places.push([lng[i - 1] + (lng[i] - lng[i - 1]) * share, lat[i - 1] + (lat[i] - lat[i - 1]) * share]);
    }
    done += meters;
  }
  const end: [number, number] = [lng[lng.length - 1], lat[lat.length - 1]];
  while (places.length < 5) places.push(end);
  return places;
}

/** Whether a share of points lies within so many metres of a line. */
function areNear({lng, lat}: Steps, line: Track[], meters: number, share: number): boolean {
  const isNear = nearLine(line, meters);
  let misses = Math.floor(lng.length * (1 - share));
  for (let i = 0; i < lng.length; i++) if (!isNear(lng[i], lat[i]) && --misses < 0) return false;
  return true;
}
