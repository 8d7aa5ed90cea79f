import {formatRamp, type RampStop, rampTable} from '../../../core/ramps.ts';

/** How close two stops may come. */
const smallestGap = 0.005;

/** Stops with one moved to a tone, as far as its neighbours let it; as they are where those are too close. */
export function moveStop(stops: readonly RampStop[], index: number, tone: number): RampStop[] {
  const low = index > 0 ? stops[index - 1][0] + smallestGap : 0;
  const high = index < stops.length - 1 ? stops[index + 1][0] - smallestGap : 1;
  if (low > high) return [...stops];
  const at = rounded(Math.max(low, Math.min(high, tone)));
  return stops.map(([tone, ...colour], i) => [i === index ? at : tone, ...colour]);
}

/**
 * Stops with a new one at a tone, of the colour that the ramp has there, and its index; undefined where there is no room
 * between its neighbours.
 */
export function addStop(stops: readonly RampStop[], tone: number): {stops: RampStop[]; index: number} | undefined {
  const at = rounded(Math.max(0, Math.min(1, tone)));
  if (stops.some(([other]) => Math.abs(other - at) < smallestGap)) return undefined;
  const entry = Math.round(at * 255) * 4;
  const [r, g, b, a] = rampTable(formatRamp(stops)).subarray(entry, entry + 4);
  const after = stops.findIndex(([other]) => other > at);
  const index = after < 0 ? stops.length : after;
  return {stops: [...stops.slice(0, index), [at, r, g, b, a], ...stops.slice(index)], index};
}

/** The tone in the middle of the gap after a stop, or of the one before where it is the last. */
export function toneBeside(stops: readonly RampStop[], index: number): number {
  const from = Math.min(index, stops.length - 2);
  return (stops[from][0] + stops[from + 1][0]) / 2;
}

/** Stops without one of them; a ramp keeps at least two. */
export function removeStop(stops: readonly RampStop[], index: number): RampStop[] {
  return stops.length > 2 ? stops.filter((_, i) => i !== index) : [...stops];
}

/** Stops with another colour at one of them. */
export function paintStop(
  stops: readonly RampStop[],
  index: number,
  colour: [r: number, g: number, b: number, a: number],
): RampStop[] {
  return stops.map((stop, i) => (i === index ? [stop[0], ...colour] : stop));
}

/** Three decimals: an eighth of a step of the 256 that a ramp has. */
function rounded(tone: number): number {
  return Math.round(tone * 1000) / 1000;
}
