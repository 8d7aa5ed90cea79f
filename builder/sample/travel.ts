import type {Sport} from '../../core/sports.ts';
import {distance, lineLength} from './distance.ts';
import {normal, type Random} from './random.ts';
import {outwardness} from './town.ts';

/** Where somebody truly was in each second of an outing. */
export type Journey = {
  /** Metres east and north. */
  x: number[];
  y: number[];
  /** Height above the sea, metres. */
  height: number[];
  /** Way covered so far, metres. */
  meters: number[];
  /** Whether it is a second of the long rest. */
  resting: boolean[];
};

/** Metres per second in the plain, how much a climb slows down, and the share of seconds in town at which one has to stop. */
const paces: Partial<Record<Sport, {speed: number; climb: number; halts: number}>> = {
  ride: {speed: 7.3, climb: 15, halts: 0.003},
  gravel: {speed: 5.8, climb: 13, halts: 0.003},
  'mountain-bike': {speed: 4.6, climb: 11, halts: 0.003},
  run: {speed: 2.9, climb: 4, halts: 0.001},
  'trail-run': {speed: 2.5, climb: 4, halts: 0.001},
  hike: {speed: 1.3, climb: 3, halts: 0.0008},
  walk: {speed: 1.3, climb: 2, halts: 0},
};

/** Goes along a line second by second: slower uphill, never quite evenly, with halts in town, and `rest` seconds at half of the way. */
export function travel(
  line: number[],
  sport: Sport,
  height: (x: number, y: number) => number,
  rest: number,
  next: Random,
): Journey {
  const pace = paces[sport] ?? paces.walk!;
  const form = pace.speed * (0.93 + 0.14 * next());
  const journey: Journey = {x: [], y: [], height: [], meters: [], resting: []};
  const total = lineLength(line);
  let covered = 0;
  let mood = 0;
  let halt = 0;
  let left = rest;
  let at = 2;
  let into = 0;
  let speed = form / 3;
  let [x, y] = [line[0], line[1]];
  let ground = height(x, y);
  let grade = 0;
  for (;;) {
    const isResting = left > 0 && covered > total / 2;
    journey.x.push(x);
    journey.y.push(y);
    journey.height.push(ground);
    journey.meters.push(covered);
    journey.resting.push(isResting);
    if (at >= line.length) return journey;
    if (isResting) left--;
    if (isResting || halt-- > 0) continue;
    if (next() < pace.halts && outwardness(x, y) < 0.9) halt = 5 + Math.floor(next() * 35);
    mood = 0.97 * mood + 0.03 * normal(next);
    const wish = (form * (1 + mood)) / (1 + pace.climb * Math.max(-0.025, grade));
    speed += (wish - speed) * 0.12;
    let step = Math.max(0.3, speed);
    while (at < line.length) {
      const [ax, ay, bx, by] = [line[at - 2], line[at - 1], line[at], line[at + 1]];
      const length = distance(ax, ay, bx, by);
      if (into + step < length) {
        into += step;
        covered += step;
        x = ax + ((bx - ax) / length) * into;
        y = ay + ((by - ay) / length) * into;
        break;
      }
      step -= length - into;
      covered += length - into;
      into = 0;
      [x, y] = [bx, by];
      at += 2;
    }
    const here = height(x, y);
    grade += ((here - ground) / Math.max(1, speed) - grade) * 0.1;
    ground = here;
  }
}
