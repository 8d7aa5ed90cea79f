import {countPoints} from '../activity.ts';
import {describePart} from '../describe.ts';
import type {Library, StoredActivity, StoredFacts} from '../library.ts';
import {decodeTracks, encodeWhole} from '../track-blob.ts';
import {cutByZones} from './cut-by-zones.ts';
import {trimEnds} from './trim-ends.ts';
import {type ZoneShape, zoneShape} from './zone-shape.ts';

/** Raised when cutting leaves something else: what was cut before is then cut again. */
export const privacyVersion = 2;

/** What is taken off activities on their way out of a library. */
export type Privacy = {
  /** Ground metres at both ends. */
  trimMeters: number;
  shapes: ZoneShape[];
};

/** What a library's owner asked for. */
export function privacyOf(library: Library): Privacy {
  const zones = library.zones();
  if (zones.length === 0) return {trimMeters: library.trimMeters(), shapes: []};
  const secret = library.secret();
  return {trimMeters: library.trimMeters(), shapes: zones.map((zone) => zoneShape(zone, secret))};
}

/**
 * The first step on the way out of the library, into an archive or any export: an activity without its ends and without what
 * lies within zones; undefined where nothing is left. Of one that was cut all facts are those of what is left, as if it had been
 * recorded so: the length of the way inside a zone, told by a difference of distances or of times, would give its middle away.
 */
export function cutActivity(activity: StoredActivity, privacy: Privacy): StoredActivity | undefined {
  const meets = shapesMet(activity, privacy);
  if (privacy.trimMeters <= 0 && meets.length === 0) return activity;
  const whole = decodeTracks(activity.tracks);
  const left = cutByZones(trimEnds(whole, privacy.trimMeters), meets);
  if (left.length === 0) return undefined;
  if (left.length === whole.length && left.every((track, i) => track === whole[i])) return activity;
  const {west, south, east, north, ...facts} = describePart(left, whole, activity);
  return {
    ...activity,
    start: facts.start,
    offsetMinutes: facts.offsetMinutes,
    distance: facts.distance,
    moving: facts.moving,
    ascent: facts.ascent,
    bounds: [west, south, east, north],
    points: Math.max(1, Math.round((activity.points * countPoints(left)) / countPoints(whole))),
    tracks: encodeWhole(left),
  };
}

/** The shapes whose boxes meet an activity's. */
export function shapesMet({bounds}: Pick<StoredFacts, 'bounds'>, {shapes}: Pick<Privacy, 'shapes'>): ZoneShape[] {
  // Stored points are rounded, and may lie this little outside the bounds.
  const pad = 1e-6;
  const [west, south, east, north] = bounds;
  return shapes.filter((shape) => {
    if (shape.south > north + pad || shape.north < south - pad) return false;
    return [-360, 0, 360].some(
      (turn) => shape.lng + shape.west + turn <= east + pad && shape.lng + shape.east + turn >= west - pad,
    );
  });
}
