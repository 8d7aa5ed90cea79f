import {noise} from './noise.ts';
import {random} from './random.ts';
import {wind} from './wind.ts';

/** Stops of an old railway that is a cycle trail now, in metres east and north of an origin of its own; a night after each row. */
const stages = [
  [
    [-34000, -4200],
    [-29100, -11000],
    [-18500, 900],
    [-11600, 6200],
  ],
  [
    [-11600, 6200],
    [-6300, 11100],
    [3500, 13600],
    [12600, 16900],
    [20100, 9700],
    [27500, 2200],
  ],
  [
    [27500, 2200],
    [32200, -3300],
    [35500, -8900],
    [39300, -16700],
    [33800, -27800],
    [29100, -40000],
  ],
];

/** The line of one day of the far trip as `[x, y, x, y, …]` in metres. */
export function stageLine(stage: number): number[] {
  const next = random(91 + stage);
  const stops = stages[stage];
  const line: number[] = [...stops[0]];
  for (let k = 1; k < stops.length; k++) {
    const [ax, ay] = stops[k - 1];
    const [bx, by] = stops[k];
    line.push(...wind(ax, ay, bx, by, 0.06, 5, next).slice(2));
  }
  return line;
}

/** Height above the sea along the trail, metres. */
export function farHeight(x: number, y: number): number {
  return 320 + 160 * noise(x / 14000, y / 14000, 92) + 12 * noise(x / 2500, y / 2500, 93);
}
