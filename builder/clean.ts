import {gapMeasures} from '../core/gap-measures.ts';
import type {Sport} from '../core/sports.ts';
import {pointCount, type Track} from './activity.ts';
import {collapseStops} from './clean/collapse-stops.ts';
import {dropSpikes} from './clean/drop-spikes.ts';
import {keep} from './clean/points.ts';
import {repairTimes} from './clean/repair-times.ts';
import {splitAtEdges} from './clean/split-at-edges.ts';
import {splitAtGaps} from './clean/split-at-gaps.ts';

/** What cleaning does, each with its unit and reason. Distances are ground metres. */
export const cleanMeasures = {
  /** A clock that jumps ahead by more than this, s, for … */
  clockJumpSeconds: 86_400,
  /** … fewer points than this, and … */
  strayPoints: 30,
  /** … at most this share of a track, is wrong there. A stretch of as many points with a clock of its own keeps it. */
  strayShare: 0.05,
  /** A jump must be this long, m, to be a spike: less is what receivers are off by between houses. */
  spikeMeters: 30,
  /** A spike has at most so many points and seconds: who stays away longer was there. */
  spikePoints: 30,
  spikeSeconds: 120,
  /** Without times only a jump of this many metres there and back can be told from a way. */
  untimedSpikeMeters: 5000,
  /** So many points at an end, at most, may be a receiver that still shows where it was before. */
  falseStartPoints: 5,
  ...gapMeasures,
  /** After this long without a point, s, and as many usual steps, and this far, m, the way between is unknown. */
  gapSeconds: 300,
  gapSecondsMeters: 150,
  /** Staying somewhere is a stop, its jitter one place and not a way: a minute or more, and a red light. */
  stops: [
    {seconds: 60, meters: 15, wander: 0},
    {seconds: 10, meters: 7, wander: 3},
  ],
  /**
   * What nobody exceeds, m/s, by sport, with room for a sport that was chosen wrongly. Only points that are reached and left
   * faster are spikes, so that a train that counts as a ride stays whole.
   */
  speeds: {
    other: 150,
    ride: 45,
    'mountain-bike': 45,
    gravel: 45,
    'e-bike': 45,
    run: 20,
    'trail-run': 20,
    walk: 20,
    hike: 20,
    ski: 60,
    'nordic-ski': 30,
    snowboard: 60,
    skate: 40,
    swim: 20,
    row: 20,
    paddle: 20,
    sail: 40,
    'ride-animal': 30,
    fly: 400,
    drive: 150,
  } satisfies Record<Sport, number> as Record<Sport, number>,
};

/** How many points each rule took out, and how many times it took away, so that nothing is lost silently. */
export type Removed = {
  /** Points at exactly 0/0. */
  nullIsland: number;
  /** Points that nobody can have reached, points of stops but the first and last, points beyond the map's edge. */
  spikes: number;
  stops: number;
  beyond: number;
  /** Points left alone between two breaks. */
  single: number;
  /** Wrong times; these points stayed. */
  times: number;
  /** Breaks made where nothing was recorded for too long or too far. */
  gaps: number;
};

/** Cleaned tracks and what was done to them. */
export type Cleaned = {tracks: Track[]; removed: Removed};

/**
 * Tracks that a heat map can draw: without positions at exactly 0/0 and spikes, with times that never step back, broken where the
 * recording was broken and at the edges of the map, with stops collapsed to their first and last point. Tracks of a single
 * point are left out.
 */
export function clean(tracks: Track[], sport: Sport = 'other'): Cleaned {
  const removed: Removed = {nullIsland: 0, spikes: 0, stops: 0, beyond: 0, single: 0, times: 0, gaps: 0};
  const cleaned: Track[] = [];
  const there = tracks.map((track) => keep(track, (i) => track.lng[i] !== 0 || track.lat[i] !== 0));
  removed.nullIsland = count(tracks) - count(there);
  const timed = repairTimes(there, cleanMeasures);
  removed.times = timed.wrong;
  const speed = cleanMeasures.speeds[sport];
  for (const track of timed.tracks) {
    const smooth = dropSpikes(track, {...cleanMeasures, speed});
    removed.spikes += pointCount(track) - pointCount(smooth);
    const parts = splitAtGaps(smooth, cleanMeasures);
    removed.gaps += parts.length - 1;
    for (const part of parts) {
      const moving = cleanMeasures.stops.reduce(collapseStops, part);
      removed.stops += pointCount(part) - pointCount(moving);
      const {tracks: pieces, beyond} = splitAtEdges(moving);
      removed.beyond += beyond;
      for (const piece of pieces) {
        if (pointCount(piece) > 1) cleaned.push(piece);
        else removed.single += pointCount(piece);
      }
    }
  }
  return {tracks: cleaned, removed};
}

function count(tracks: Track[]): number {
  return tracks.reduce((sum, track) => sum + pointCount(track), 0);
}
