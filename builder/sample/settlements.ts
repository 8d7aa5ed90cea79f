import {distance} from './distance.ts';
import {noise} from './noise.ts';
import {random} from './random.ts';
import {hilliness, riverNorthing} from './terrain.ts';

/** A village: its middle in metres from the town's centre, and how far its streets reach. */
export type Settlement = {x: number; y: number; radius: number};

/** The radius of the whole made-up region, metres. */
export const regionMeters = 22000;

/** The villages around the town: thick in the plain and the valleys, few in the hills, each a few kilometres from the next. */
export function settlements(): Settlement[] {
  const next = random(41);
  const found: Settlement[] = [];
  for (let attempt = 0; attempt < 900; attempt++) {
    const x = (next() * 2 - 1) * regionMeters;
    const y = (next() * 2 - 1) * regionMeters;
    const luck = next();
    const radius = 240 + 380 * next() * next();
    const far = distance(0, 0, x, y);
    if (far > regionMeters || far < 5600) continue;
    if (luck < hilliness(x, y) * 1.6 - 0.15) continue;
    if (Math.abs(y - riverNorthing(x)) < 250) continue;
    const apart = 2900 + 1100 * noise(x / 6000, y / 6000, 42) + far * 0.05;
    if (found.some((other) => distance(other.x, other.y, x, y) < apart)) continue;
    found.push({x, y, radius});
  }
  return found;
}
