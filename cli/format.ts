import type {ActivityFacts} from '../builder/library.ts';
import {duration} from './progress.ts';

/** Rows of cells as lines, columns two blanks apart; `left` names the columns that are no numbers. The first row is the head. */
export function table(rows: string[][], left: number[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (left.includes(column) ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

/** `2024-05-01 08:00`, local; `-` where unknown. */
export function localTime({start, offsetMinutes}: Pick<ActivityFacts, 'start' | 'offsetMinutes'>): string {
  const local = start + offsetMinutes * 60_000;
  return Number.isFinite(local) ? new Date(local).toISOString().slice(0, 16).replace('T', ' ') : '-';
}

/** `42.2 km`, `850 m`; `-` where unknown. */
export function length(meters: number): string {
  if (Number.isNaN(meters)) return '-';
  return meters < 1000 ? `${Math.round(meters)} m` : `${(meters / 1000).toFixed(1)} km`;
}

/** `1 h 5 min`; `-` where unknown. */
export function time(seconds: number): string {
  return Number.isNaN(seconds) ? '-' : duration(seconds);
}

/** Activities as JSON gives them: times as ISO 8601, null where something is unknown. */
export function plainFacts(activity: ActivityFacts): object {
  const {start, imported, duplicateOf, bounds, ...facts} = activity;
  return {
    ...Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, Number.isNaN(value) ? null : value])),
    duplicateOf: duplicateOf ?? null,
    start: Number.isFinite(start) ? new Date(start).toISOString() : null,
    imported: new Date(imported).toISOString(),
    bounds: bounds ?? null,
  };
}
