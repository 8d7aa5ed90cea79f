import {distance} from './distance.ts';
import {noise} from './noise.ts';
import {hilliness, riverNorthing} from './terrain.ts';

/** The lanes of the old town end at a ring road, an ellipse of about these half axes in metres. */
export const ring = {x: 690, y: 560};

/** Places without streets, in metres from the town's centre; a path runs around each. */
export const greens = [
  {name: 'park', x: -1700, y: 1000, radius: 190},
  {name: 'lake', x: -5200, y: -1500, radius: 480},
  {name: 'pond', x: 2550, y: 2050, radius: 210},
];

/** How far out in the town a place is: 0 in the middle, under 1 within the town, above 1 outside. It keeps to the valley. */
export function outwardness(x: number, y: number): number {
  const far = Math.sqrt(x * x + 1.25 * y * y) / 3700;
  const fringe = 1 + 0.32 * noise(x / 1700, y / 1700, 51) + 0.1 * noise(x / 600, y / 600, 52);
  return far / fringe + 1.5 * Math.max(0, hilliness(x, y) - 0.12);
}

/** Whether nothing may be built here: water and parks. */
export function isOpen(x: number, y: number): boolean {
  if (Math.abs(y - riverNorthing(x)) < 48) return true;
  return greens.some((green) => distance(green.x, green.y, x, y) < green.radius + 35);
}
