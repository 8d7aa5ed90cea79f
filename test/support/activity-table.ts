import {type ActivityTable, unknownDay} from '../../core/activity-table.ts';
import {dayOfDate} from '../../core/days.ts';
import {type Sport, sportIndex} from '../../core/sports.ts';

/** What a test says of an activity; all else is unknown. */
export type TestActivity = {
  id?: number;
  sport?: Sport;
  date?: string;
  minute?: number;
  gear?: string;
  commute?: boolean;
  name?: string;
  distance?: number;
  moving?: number;
};

/** A table of activities with their details, numbered from 1. */
export function activityTable(activities: TestActivity[]): ActivityTable {
  const days = Int32Array.from(activities, ({date}) => (date ? dayOfDate(date) : unknownDay));
  const numbers = (value: (activity: TestActivity) => number | undefined) =>
    Float64Array.from(activities, (activity) => value(activity) ?? Number.NaN);
  return {
    count: activities.length,
    id: Float64Array.from(activities, ({id}, i) => id ?? i + 1),
    sport: Uint8Array.from(activities, ({sport}) => sportIndex(sport ?? 'ride')),
    from: days,
    to: days,
    activities: new Float64Array(activities.length).fill(1),
    details: {
      startMinute: numbers(({minute}) => minute),
      distance: numbers(({distance}) => distance),
      moving: numbers(({moving}) => moving),
      ascent: numbers(() => undefined),
      commute: Uint8Array.from(activities, ({commute}) => (commute ? 1 : 0)),
      gear: activities.map(({gear}) => gear ?? ''),
      name: activities.map(({name}) => name ?? ''),
    },
  };
}
