import type {RecordedActivity, Track} from '../../builder/activity.ts';

/** A seeded random number 0..1 (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Somewhere in the middle of Europe, where tests happen. */
export const home = {lng: 8.5, lat: 48.2};

/** First second of the tracks of tests, ms. */
export const morning = Date.UTC(2024, 4, 1, 6);

/** A track through points in ground metres east and north of a place, one second apart unless times are given. */
export function track(
  meters: readonly (readonly [east: number, north: number])[],
  {
    at = home,
    start = morning,
    seconds = 1,
    times,
  }: {at?: {lng: number; lat: number}; start?: number; seconds?: number; times?: number[]} = {},
): Track {
  const perDegree = 111_319.49;
  const east = perDegree * Math.cos((at.lat * Math.PI) / 180);
  return {
    lng: Float64Array.from(meters, ([x]) => at.lng + x / east),
    lat: Float64Array.from(meters, ([, y]) => at.lat + y / perDegree),
    time: Float64Array.from(meters, (_, i) => times?.[i] ?? start + i * seconds * 1000),
    elevation: new Float64Array(meters.length).fill(Number.NaN),
  };
}

/** Points every `step` metres along a line through corners, in metres. */
export function along(corners: readonly (readonly [number, number])[], step: number): [number, number][] {
  const points: [number, number][] = [[corners[0][0], corners[0][1]]];
  for (let i = 1; i < corners.length; i++) {
    const [x0, y0] = corners[i - 1];
    const [x1, y1] = corners[i];
    const steps = Math.max(1, Math.round(Math.hypot(x1 - x0, y1 - y0) / step));
    for (let k = 1; k <= steps; k++) points.push([x0 + ((x1 - x0) * k) / steps, y0 + ((y1 - y0) * k) / steps]);
  }
  return points;
}

/** The points with correlated GPS noise of a standard deviation in metres. */
export function noisy(points: [number, number][], deviation: number, random: () => number): [number, number][] {
  const rho = 0.95;
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let dx = gauss() * deviation;
  let dy = gauss() * deviation;
  return points.map(([x, y]) => {
    dx = rho * dx + Math.sqrt(1 - rho * rho) * deviation * gauss();
    dy = rho * dy + Math.sqrt(1 - rho * rho) * deviation * gauss();
    return [x + dx, y + dy];
  });
}

/** An activity as a reader gives it. */
export function recorded(tracks: Track[], given: Partial<RecordedActivity> = {}): RecordedActivity {
  return {kind: 'activity', sport: 'ride', virtual: false, name: '', device: '', start: Number.NaN, tracks, ...given};
}
