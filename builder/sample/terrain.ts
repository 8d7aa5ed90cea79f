import {noise} from './noise.ts';

/** Northing of the river at an easting, metres from the town's centre: it comes out of the hills and leaves to the north-west. */
export function riverNorthing(x: number): number {
  // Straightened where it passes the town, as rivers in towns are.
  const away = Math.min(1, Math.abs(x) / 4000);
  const bends = 850 * noise(x / 4200, 0.5, 11) + 260 * noise(x / 1300, 3.5, 12);
  return -620 - 0.3 * x + (0.22 + 0.78 * away) * bends;
}

/** How hilly a place is: 0 in the plain and on valley floors, 1 in the middle of the hills. */
export function hilliness(x: number, y: number): number {
  const edge = 3100 + 2300 * noise(0.5, y / 2900, 21) + 800 * noise(x / 1500, y / 1500, 22);
  const rise = ease((x - edge) / 4300);
  const width = 900 + 0.02 * Math.max(0, x) + 350 * noise(x / 2600, 0, 23);
  const main = slope((y - riverNorthing(x)) / width);
  const north = slope((y - 7400 - 0.4 * x - 900 * noise(x / 3600, 0.5, 24)) / (0.75 * width));
  const south = slope((y + 7900 + 0.35 * x - 900 * noise(x / 3600, 0.5, 25)) / (0.75 * width));
  const east = rise * main * north * south;
  const dx = (x + 12500) / 4200;
  const dy = (y - 7000) / 3200;
  const alone = 1 / (1 + (dx * dx + dy * dy) * (dx * dx + dy * dy));
  return Math.max(east, 0.7 * alone);
}

/** Height above the sea in metres of a made-up landscape: a plain in the west, wooded hills in the east, a valley between them. */
export function height(x: number, y: number): number {
  const ground = 245 + x * 0.0045 + 6 * noise(x / 2000, y / 2000, 31);
  const hills = 430 + 330 * noise(x / 3800, y / 3800, 32) + 130 * noise(x / 1300, y / 1300, 33);
  return ground + hilliness(x, y) * hills + 25 * noise(x / 480, y / 480, 34) * hilliness(x, y);
}

/** 0 on a valley's floor, 1 far above it. */
function slope(across: number): number {
  const squared = across * across;
  return 1 - 1 / (1 + squared * squared);
}

function ease(t: number): number {
  const inside = Math.max(0, Math.min(1, t));
  return inside * inside * (3 - 2 * inside);
}
