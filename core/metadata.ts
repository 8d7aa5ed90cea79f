import type {ActivityColumns} from './activity-table.ts';
import type {LineKeys} from './heat/line-at.ts';

/** How finely an archive attributes its lines. */
export type Detail = 'activity' | 'month' | 'year' | 'sport' | 'none';

/** The part `trackheat` of a PMTiles archive's JSON metadata: all that a client needs beside the tiles. */
export type TrackheatMetadata = {
  /** Version of the tile schema, see core/schema.ts. */
  schema: number;
  detail: Detail;
  /** Names of the sports that `activities.sport` counts through. */
  sports: string[];
  activities: ActivityColumns;
  /** Heat at each of {@link quantileProbabilities}, per zoom 0 to {@link quantileZooms} − 1. */
  quantiles: number[][];
  /** West, south, east, north in degrees of all points. */
  bounds: [number, number, number, number];
  /** Active activities, features in tiles as they are written, points recorded. */
  counts: {activities: number; lines: number; points: number};
  /** Time of the newest import, ISO 8601 UTC; empty for an empty library. */
  imported: string;
};

/** Zooms for which quantiles are kept: 0 to 21. */
export const quantileZooms = 22;

/**
 * Shares of the lit pixels at which the quantile table is sampled: even steps of 4 % and a denser tail, because the upper
 * end of the automatic scale is the 99.9th percentile, and close by more.
 */
export const quantileProbabilities: readonly number[] = [
  ...Array.from({length: 25}, (_, i) => i / 25),
  0.97,
  0.98,
  0.985,
  0.99,
  0.995,
  0.998,
  0.999,
  1,
];

/** Quantiles are of lines drawn like this, first passes alone … */
export const quantileLines: LineKeys = {width: 1.2, grow: 0.5, blur: 0, glow: 0};

/** … over pixels with at least this heat. */
export const quantileFloor = 0.05;

/** The 99.9th percentile of a zoom's quantiles, from which the automatic scale's upper end follows. */
export function topQuantile(quantiles: readonly number[]): number {
  return quantiles[quantileProbabilities.indexOf(0.999)];
}
