import type {Removed} from '../clean.ts';
import {numberOf, type Row, type Sql} from './sql.ts';

/** What became of an activity. `active`: on the map; `duplicate`: another recording of its outing is; `forgotten`: only its number is left. */
export const states = ['active', 'duplicate', 'excluded', 'forgotten'] as const;

export type State = (typeof states)[number];

/** What the library knows of an activity, without its points. Numbers are NaN where unknown. */
export type ActivityFacts = {
  number: number;
  state: State;
  /** Number of the activity that stands for the outing instead. */
  duplicateOf: number | undefined;
  /** Whether somebody chose it over its duplicates. */
  preferred: boolean;
  /** Why it is forgotten: on request, or because its file has it no more or is gone; empty where it is not. */
  forgotten: '' | 'user' | 'file';
  /** Metres of a duplicate that stay on the map, since nothing else has them. */
  remainder: number;
  /** Whether privacy zones and trimmed ends left nothing of it when the archive was last written. */
  hidden: boolean;
  path: string;
  /** Place among the activities of its file, from 0. */
  place: number;
  sport: string;
  name: string;
  device: string;
  gear: string;
  commute: boolean;
  /** ms since 1970 UTC, and minutes that local time is ahead. */
  start: number;
  offsetMinutes: number;
  /** s, m, s, m. */
  duration: number;
  distance: number;
  moving: number;
  ascent: number;
  /** Degrees: west, south, east, north. */
  bounds: [number, number, number, number] | undefined;
  points: number;
  kept: number;
  removed: Partial<Removed>;
  /** ms since 1970 UTC. */
  imported: number;
};

/** Another recording of an activity's outing. `by` is why: equal points, or as {@link Twin} says. */
export type OtherRecording = {
  number: number;
  state: State;
  path: string;
  by: 'points' | 'time' | 'clock' | 'shape';
  /** Share of the samples that agree, as {@link Twin} says, and minutes that its clock is ahead. */
  share: number;
  minutes: number;
};

const columns = `a.number, a.state, a.duplicateOf, a.preferred, a.forgotten, a.path, a.place, a.sport, a.name, a.device, a.gear,
  a.commute, a.start, a.offsetMinutes, a.duration, a.distance, a.moving, a.ascent, a.west, a.south, a.east, a.north,
  a.points, a.kept, a.removed, a.imported, r.distance AS remainder, c.points = 0 AS hidden`;
const from = 'FROM activities a LEFT JOIN remainders r ON r.number = a.number LEFT JOIN cuts c ON c.number = a.number';

/** All activities by number. */
export function allFacts(sql: Sql): ActivityFacts[] {
  return sql.all(`SELECT ${columns} ${from} ORDER BY a.number`).map(activityFacts);
}

/** One activity; undefined where there is none of that number. */
export function factsOf(sql: Sql, number: number): ActivityFacts | undefined {
  const row = sql.one(`SELECT ${columns} ${from} WHERE a.number = ?`, number);
  return row && activityFacts(row);
}

/** The other recordings that an activity was found to be of one outing with, by number. */
export function otherRecordings(sql: Sql, number: number): OtherRecording[] {
  const rows = sql.all(
    `SELECT o.number, o.state, o.path, 'points' AS cause, 1 AS share, 0 AS minutes
       FROM activities a JOIN activities o ON o.pointHash = a.pointHash AND o.number <> a.number WHERE a.number = ?
     UNION ALL SELECT o.number, o.state, o.path, t.cause, t.share, t.minutes
       FROM activities a JOIN twins t ON t.a = a.pointHash JOIN activities o ON o.pointHash = t.b WHERE a.number = ?
     UNION ALL SELECT o.number, o.state, o.path, t.cause, t.share, -t.minutes
       FROM activities a JOIN twins t ON t.b = a.pointHash JOIN activities o ON o.pointHash = t.a WHERE a.number = ?
     ORDER BY 1`,
    ...[number, number, number],
  );
  return rows.map((row) => ({
    number: numberOf(row, 'number'),
    state: row.state as State,
    path: row.path as string,
    by: row.cause as OtherRecording['by'],
    share: numberOf(row, 'share'),
    minutes: numberOf(row, 'minutes'),
  }));
}

function activityFacts(row: Row): ActivityFacts {
  const number = (column: string) => numberOf(row, column);
  return {
    number: number('number'),
    state: row.state as State,
    duplicateOf: (row.duplicateOf as number | null) ?? undefined,
    preferred: row.preferred === 1,
    forgotten: row.forgotten as ActivityFacts['forgotten'],
    remainder: number('remainder'),
    hidden: row.hidden === 1,
    path: row.path as string,
    place: number('place'),
    sport: row.sport as string,
    name: row.name as string,
    device: row.device as string,
    gear: row.gear as string,
    commute: row.commute === 1,
    start: number('start'),
    offsetMinutes: number('offsetMinutes'),
    duration: number('duration'),
    distance: number('distance'),
    moving: number('moving'),
    ascent: number('ascent'),
    bounds: row.west === null ? undefined : [number('west'), number('south'), number('east'), number('north')],
    points: number('points'),
    kept: number('kept'),
    removed: JSON.parse(row.removed as string) as Partial<Removed>,
    imported: number('imported'),
  };
}
