import simplify from 'simplify-js';
import {groundMeters, projectX, projectY, unprojectX, unprojectY} from '../../core/mercator.ts';
import {trackTolerance} from '../../core/schema.ts';
import type {Line} from './clean-line.ts';

/** Most points simplified in one go: simplify-js calls itself, and a line that winds ever wider once for each of its points. */
const mostPoints = 4096;

/** A line without the points that it does not need; its ends stay. */
export function simplifyLine(line: Line): Line {
  const meters = groundMeters(line[0][1]);
  const points = line.map(([lng, lat]) => ({x: projectX(lng) * meters, y: projectY(lat) * meters}));
  const kept = [points[0]];
  for (let start = 0; start < points.length - 1; start += mostPoints) {
    const part = points.slice(start, start + mostPoints + 1);
    kept.push(...simplify(part, trackTolerance, true).slice(1));
  }
  return kept.map(({x, y}) => [unprojectX(x / meters), unprojectY(y / meters)]);
}
