import type {Sport} from '../../core/sports.ts';
import type {Format} from '../activity.ts';

/** How a device turns a true place into a stored one. */
export type Device = {
  /** What metres east and north count from, degrees. */
  origin: {lng: number; lat: number};
  metersPerLng: number;
  metersPerLat: number;
  /** Standard deviation of a position in metres, east and north each; it wanders with a memory of some 20 seconds. */
  noise: number;
  /** Seconds from one point to the next. */
  every: number;
  /** A coordinate in degrees as the file keeps it: FIT counts in 2³¹ parts of 180°, the others are written with 7 decimals. */
  keepDegrees: (value: number) => number;
  /** A height in metres as the file keeps it: FIT counts in fifths, the others are written with one decimal. */
  keepHeight: (value: number) => number;
};

/** The device that records an activity in a format, with a noise of so many metres. */
export function deviceFor(format: Format, sport: Sport, isFar: boolean, noise: number): Device {
  const isFit = format === 'fit';
  return {
    origin: isFar ? farOrigin : townOrigin,
    metersPerLng: isFar ? 78510 : 74560,
    metersPerLat: isFar ? 111140 : 111190,
    noise,
    every: secondsBetween(format, sport),
    keepDegrees: isFit
      ? (value) => (Math.round((value / 180) * 2 ** 31) * 180) / 2 ** 31
      : (value) => Math.round(value * 1e7) / 1e7,
    keepHeight: isFit ? (value) => Math.round((value + 500) * 5) / 5 - 500 : (value) => Math.round(value * 10) / 10,
  };
}

/** The town's centre, degrees: where the Black Forest meets the plain of the Rhine, far from any coast. */
export const townOrigin = {lng: 7.852, lat: 47.995};

/** What the far trip counts from, degrees: inland on the South Island of New Zealand, where local days begin half a day earlier. */
export const farOrigin = {lng: 169.75, lat: -45.15};

/** Watches keep every second; web sites and older bike computers thin out what is slow or long. */
function secondsBetween(format: Format, sport: Sport): number {
  if (format === 'fit') return 1;
  if (format === 'tcx') return 5;
  if (sport === 'walk') return 1;
  return sport === 'ride' ? 4 : sport === 'hike' ? 5 : 3;
}
