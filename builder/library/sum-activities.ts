import {dateOfDay} from '../../core/days.ts';
import {localDay} from '../describe.ts';
import type {ActivityFacts} from './facts.ts';

/** Sums over some activities: m, s, m; what is unknown counts as 0. */
export type ActivitySums = {activities: number; distance: number; moving: number; ascent: number; points: number};

/** Sums by whatever is asked for, e.g. sport or year, in the order of the keys. */
export function sumActivities(
  activities: ActivityFacts[],
  keyOf: (activity: ActivityFacts) => string,
): Map<string, ActivitySums> {
  const sums = new Map<string, ActivitySums>();
  for (const activity of activities) {
    const key = keyOf(activity);
    const sum = sums.get(key) ?? {activities: 0, distance: 0, moving: 0, ascent: 0, points: 0};
    sum.activities++;
    for (const part of ['distance', 'moving', 'ascent', 'points'] as const) sum[part] += activity[part] || 0;
    sums.set(key, sum);
  }
  return new Map([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Year of the local date, `unknown` without one. */
export function yearOf(activity: ActivityFacts): string {
  const day = localDay(activity);
  return day === undefined ? 'unknown' : dateOfDay(day).slice(0, 4);
}
