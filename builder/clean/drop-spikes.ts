import {pointCount, type Track} from '../activity.ts';
import {keep, near} from './points.ts';

/** When points are a spike; `speed` is the fastest that one can go, m/s. */
export type SpikeOptions = {
  speed: number;
  spikeMeters: number;
  spikePoints: number;
  spikeSeconds: number;
  untimedSpikeMeters: number;
  falseStartPoints: number;
};

/**
 * Takes out points that are reached *and* left impossibly fast, on the way out and back to where one can be; without times, by a
 * detour of kilometres. A few points at an end from which one cannot have come are a receiver that was not there yet.
 */
export function dropSpikes(track: Track, options: SpikeOptions): Track {
  const {lng, lat} = track;
  const count = pointCount(track);
  const spike = new Uint8Array(count);
  let found = false;
  for (let last = 0, i = 1; i < count; i++) {
    // Most steps are far too short to be anything: 10⁻⁴ degrees are at most 11 m each way.
    if (Math.abs(lat[i] - lat[last]) < 1e-4 && Math.abs(lng[i] - lng[last]) < 1e-4) {
      last = i;
      continue;
    }
    if (isTooFast(track, last, i, options)) {
      const back = wayBack(track, last, i, options);
      if (back > 0) {
        spike.fill(1, i, back);
        found = true;
        i = back;
      }
    }
    last = i;
  }
  const [start, end] = trueEnds(track, spike, options);
  if (!found && start === 0 && end === count) return track;
  return keep(track, (i) => spike[i] === 0 && i >= start && i < end);
}

/** Whether nobody gets from one point to the other in the time between them. */
function isTooFast(track: Track, from: number, to: number, options: SpikeOptions): boolean {
  const meters = near(track, from, to);
  if (meters < options.spikeMeters) return false;
  const seconds = (track.time[to] - track.time[from]) / 1000;
  // Equal times say nothing: some devices know whole minutes only.
  return seconds > 0 ? meters / seconds > options.speed : meters > options.untimedSpikeMeters;
}

/** The first point after a jump that one can have reached from before the jump, after a jump back; 0 where there is none. */
function wayBack(track: Track, last: number, first: number, options: SpikeOptions): number {
  const {time} = track;
  const end = Math.min(pointCount(track), first + options.spikePoints + 1);
  const out = near(track, last, first);
  for (let i = first + 1; i < end; i++) {
    if (time[i] - time[last] > options.spikeSeconds * 1000) return 0;
    if (!isTooFast(track, i - 1, i, options)) continue;
    // Who jumps on and on in one direction is a vehicle that is faster than its sport, or a receiver that sleeps.
    const direct = near(track, last, i);
    if (!isTooFast(track, last, i, options) && direct < (out + near(track, i - 1, i)) / 4) return i;
  }
  return 0;
}

/** First and last (exclusive) point without a false start of a few points before, or after, the only jump in a long track. */
function trueEnds(track: Track, spike: Uint8Array, options: SpikeOptions): [start: number, end: number] {
  const count = pointCount(track);
  const few = options.falseStartPoints;
  if (count < few * 10) return [0, count];
  let start = 0;
  let end = count;
  for (let i = 1; i < few * 2; i++) {
    if (spike[i] || spike[i - 1] || !isTooFast(track, i - 1, i, options)) continue;
    // Jumps that go on are a vehicle.
    start = i <= few ? i : 0;
  }
  for (let i = count - 1; i > count - few * 2; i--) {
    if (spike[i] || spike[i - 1] || !isTooFast(track, i - 1, i, options)) continue;
    end = i >= count - few ? i : count;
  }
  return [start, end];
}
