import {gapMeasures} from '../../core/gap-measures.ts';
import {distance, maxLat} from '../../core/mercator.ts';

/** Positions of a track in degrees: longitude, latitude, and what else a file may give. */
export type Line = number[][];

/**
 * The parts of a line that can be drawn: without impossible positions and 0/0, broken where the recording was and
 * where it was beyond the latitudes at which the map ends. Across the antimeridian longitudes go on beyond ±180.
 */
export function cleanLine(line: Line): Line[] {
  const there = line.filter(isPosition);
  const steps = there.slice(1).map(([lng, lat], i) => distance(there[i][0], there[i][1], lng, lat));
  const usual = steps.toSorted((a, b) => a - b)[steps.length >> 1] ?? 0;
  const longest = Math.max(gapMeasures.gapMeters, gapMeasures.gapSteps * usual);
  const parts: Line[] = [];
  let part: Line = [];
  there.forEach(([lng, lat], i) => {
    const beyond = Math.abs(lat) > maxLat;
    if (i === 0 || beyond || steps[i - 1] > longest) {
      part = [];
      parts.push(part);
    }
    if (beyond) return;
    const last = part.at(-1)?.[0] ?? lng;
    part.push([lng + 360 * Math.round((last - lng) / 360), lat]);
  });
  return parts.filter((part) => part.length > 1);
}

function isPosition([lng, lat]: number[]): boolean {
  // Not so where one is no number.
  return Math.abs(lng) <= 180 && Math.abs(lat) <= 90 && (lng !== 0 || lat !== 0);
}

/** Ground metres along a line. */
export function lengthOf(line: Line): number {
  let meters = 0;
  for (let i = 1; i < line.length; i++) meters += distance(line[i - 1][0], line[i - 1][1], line[i][0], line[i][1]);
  return meters;
}
