import type {Track} from '../activity.ts';
import type {Device} from './device.ts';
import {normal, type Random} from './random.ts';
import type {Journey} from './travel.ts';

/** A recorded track with the way covered until each point, metres. */
export type Recording = {track: Track; meters: Float64Array};

/** Records the seconds `from` up to and not including `to` of a journey whose second 0 is at `start` (ms since 1970 UTC). */
export function record(
  journey: Journey,
  from: number,
  to: number,
  start: number,
  device: Device,
  next: Random,
): Recording {
  const count = Math.max(0, Math.ceil((to - from) / device.every));
  const [lng, lat, time] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  const [elevation, meters] = [new Float64Array(count), new Float64Array(count)];
  const memory = 0.95;
  const fresh = Math.sqrt(1 - memory * memory);
  let [east, north, up] = [normal(next), normal(next), normal(next)];
  for (let second = from; second < to; second++) {
    east = memory * east + fresh * normal(next);
    north = memory * north + fresh * normal(next);
    up = 0.995 * up + 0.1 * normal(next);
    if ((second - from) % device.every !== 0) continue;
    const k = (second - from) / device.every;
    const [x, y] = [journey.x[second], journey.y[second]];
    // Between walls, where people rest, reception is worse.
    const noise = device.noise * (journey.resting[second] ? 2 : 1);
    lng[k] = device.keepDegrees(device.origin.lng + (x + noise * east) / device.metersPerLng);
    lat[k] = device.keepDegrees(device.origin.lat + (y + noise * north) / device.metersPerLat);
    time[k] = start + second * 1000;
    elevation[k] = device.keepHeight(journey.height[second] + 1.5 * up);
    meters[k] = Math.round(journey.meters[second] * 100) / 100;
  }
  return {track: {lng, lat, time, elevation}, meters};
}
