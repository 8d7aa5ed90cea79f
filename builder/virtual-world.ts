import type {Track} from './activity.ts';

/**
 * Worlds of Zwift, as boxes in degrees (west, south, east, north) that several open programs agree on. Some lie over real cities,
 * some over islands where people live, and two where there are no roads at all (`empty`).
 */
const worlds: {name: string; box: [number, number, number, number]; empty?: true}[] = [
  {name: 'Watopia', box: [166.877, -11.741, 167.033, -11.625], empty: true},
  {name: 'Crit City', box: [165.782, -10.404, 165.821, -10.365], empty: true},
  {name: 'Makuri Islands', box: [165.765, -10.853, 165.883, -10.737]},
  {name: 'France', box: [166.138, -21.757, 166.262, -21.641]},
  {name: 'Richmond', box: [-77.49, 37.501, -77.393, 37.578]},
  {name: 'London', box: [-0.178, 51.46, -0.055, 51.537]},
  {name: 'New York', box: [-74.023, 40.587, -73.922, 40.818]},
  {name: 'Innsbruck', box: [11.35, 47.205, 11.483, 47.295]},
  {name: 'Bologna', box: [11.262, 44.454, 11.37, 44.531]},
  {name: 'Yorkshire', box: [-1.632, 53.949, -1.502, 54.026]},
  {name: 'Paris', box: [2.256, 48.829, 2.373, 48.906]},
  {name: 'Scotland', box: [-5.281, 55.618, -5.177, 55.676]},
];

/** Programs and names of activities that tell where one was not. */
const says = /\b(zwift|watopia|makuri)/i;

/** Makers of devices that know where they are. What a web site exports names the site. */
const receivers =
  /^(garmin|wahoo|suunto|polar|coros|bryton|hammerhead|sigma|lezyne|tomtom|magene|igpsport|huawei|zepp|apple|fitbit)\b(?! connect)/i;

/**
 * The virtual world that an activity took place in, by where it was and who says so: its name or program, where the world lies over
 * a real place; in an empty one anybody but a receiver. Undefined for activities of the real world.
 */
export function virtualWorld(tracks: Track[], name: string, device: string): string | undefined {
  const told = says.test(name) || says.test(device);
  if (!told && receivers.test(device)) return undefined;
  return worlds.find(({box, empty}) => (told || empty) && isInside(tracks, box))?.name;
}

/** Whether all positions lie in a box; 0/0 is none. */
function isInside(tracks: Track[], [west, south, east, north]: [number, number, number, number]): boolean {
  let some = false;
  for (const {lng, lat} of tracks) {
    for (let i = 0; i < lng.length; i++) {
      if (lng[i] === 0 && lat[i] === 0) continue;
      if (lng[i] < west || lng[i] > east || lat[i] < south || lat[i] > north) return false;
      some = true;
    }
  }
  return some;
}
