import {localDay} from '../describe.ts';
import type {ActivityFacts, State} from './facts.ts';

/** Which activities are asked for; what is left out does not matter. */
export type ActivityFilter = {
  /** Each must occur in name, gear, device or path, in any case. */
  words?: string[];
  sports?: string[];
  states?: readonly State[];
  /** First and last local day, days since 1970-01-01. */
  from?: number;
  to?: number;
};

/** The activities that a filter lets through, in their order. One without a date is on no day. */
export function filterActivities(activities: ActivityFacts[], filter: ActivityFilter): ActivityFacts[] {
  const words = (filter.words ?? []).map((word) => word.toLocaleLowerCase());
  return activities.filter((activity) => {
    if (filter.states && !filter.states.includes(activity.state)) return false;
    if (filter.sports && !filter.sports.includes(activity.sport)) return false;
    if (filter.from !== undefined || filter.to !== undefined) {
      const day = localDay(activity) ?? Number.NaN;
      if (!(day >= (filter.from ?? Number.NEGATIVE_INFINITY) && day <= (filter.to ?? Number.POSITIVE_INFINITY)))
        return false;
    }
    const {name, gear, device, path} = activity;
    const text = [name, gear, device, path].join('\n').toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}
