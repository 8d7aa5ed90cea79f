import {type ToneScale, tone} from '../../../core/tone.ts';

/** A number of activities in the legend and its tone. */
export type LegendTick = {heat: number; at: number};

/** Share of the legend that two numbers keep between them. */
const smallestGap = 0.17;

/** Round numbers of activities and their tones, as far apart as can be read, up to the first that has the full colour. */
export function legendTicks(scale: ToneScale): LegendTick[] {
  const ticks: LegendTick[] = [];
  for (let power = 1; power <= 100_000; power *= 10) {
    for (const digit of [1, 2, 5]) {
      const heat = digit * power;
      const at = tone(heat, scale);
      const isLast = at >= 1;
      // The full colour's number is worth more than the one before.
      while (isLast && ticks.length > 0 && at - ticks[ticks.length - 1].at < smallestGap) ticks.pop();
      if (at > 0 && at - (ticks.at(-1)?.at ?? -1) >= smallestGap) ticks.push({heat, at});
      if (isLast) return ticks;
    }
  }
  return ticks;
}
