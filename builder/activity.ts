import type {Sport} from '../core/sports.ts';

/**
 * An unbroken run of points as a file gives it. The arrays have equal length.
 *
 * `lng`, `lat` are degrees (WGS 84), finite and in range, 0/0 still among them; `time` is milliseconds since 1970 UTC, NaN
 * where the file has none; `elevation` is metres, NaN where the file has none.
 */
export type Track = {
  lng: Float64Array;
  lat: Float64Array;
  time: Float64Array;
  elevation: Float64Array;
};

/** What a person names: one ride, run or hike, as read from a file and before any cleaning. */
export type RecordedActivity = {
  /** `route` is a plan (a course, a `<rte>`): it was never travelled. */
  kind: 'activity' | 'route';
  sport: Sport;
  /** Recorded without going anywhere: an indoor trainer or a virtual world. */
  virtual: boolean;
  /** Empty where the file has none. */
  name: string;
  /** Maker and product, or the program that wrote the file; empty where unknown. */
  device: string;
  /** Start in ms since 1970 UTC where the file says it apart from its points; NaN where it does not. */
  start: number;
  /** Minutes east of UTC of the local time, where the file tells it. */
  zone?: number;
  /** Broken where the file says so: segments, laps that are not contiguous, timer pauses, pause markers. */
  tracks: Track[];
};

export type Format = 'fit' | 'gpx' | 'tcx' | 'kml' | 'geojson' | 'nmea';

/** What reading one file gave. A damaged file gives what could be read and a warning; a hopeless one only a `reason`. */
export type Reading = {
  format: Format | undefined;
  activities: RecordedActivity[];
  /** Positions with finite |lat| ≤ 90 and |lng| ≤ 180, over all activities and routes; 0/0 and repeats included. */
  points: number;
  /** Earliest and latest time of a point, with or without position, ms since 1970 UTC; NaN where there is none. */
  first: number;
  last: number;
  /** What was wrong but did not stop the reading: found and expected. */
  warnings: string[];
  /** Why the file is no activity file, or gave nothing. */
  reason?: string;
  /** Set with `reason`: whether the file is whole but of another kind (settings, a web page), or damaged. */
  outcome?: 'not-activity' | 'failed';
};

/** Number of points of a track. */
export function pointCount(track: Track): number {
  return track.lng.length;
}

/** Number of points of tracks together. */
export function countPoints(tracks: Track[]): number {
  return tracks.reduce((sum, track) => sum + pointCount(track), 0);
}
