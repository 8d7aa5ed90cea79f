import type {Reading} from '../activity.ts';

/** A reading without activities: `reason` says what was found and what was expected. */
export function nothing(
  outcome: 'not-activity' | 'failed',
  reason: string,
  format?: Reading['format'],
  warnings: string[] = [],
): Reading {
  return {format, activities: [], points: 0, first: Number.NaN, last: Number.NaN, warnings, reason, outcome};
}
