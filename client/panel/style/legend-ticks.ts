import {type ToneScale, tone} from '../../../core/tone.ts';

/** A number of activities in the legend and its tone. */
export type LegendTick = {heat: number; at: number};

/** Share of the legend that two numbers keep between them. */
const smallestGap = 0.17;

/** Round numbers of activities and their tones, as far apart as can be read, and last the one that has the full colour. */
export function legendTicks(scale: ToneScale): LegendTick[] {
  const ticks: LegendTick[] = [];
  const {curve, top, ranks, floor} = scale;
  const full = Math.max(curve === 'rank' ? ranks[ranks.length - 1] : top, floor * 1.1);
  for (let power = 1; power < full; power *= 10) {
    for (const digit of [1, 2, 5]) {
      const heat = digit * power;
      const at = tone(heat, scale);
      if (heat < full && at > 0 && at <= 1 - smallestGap && at - (ticks.at(-1)?.at ?? -1) >= smallestGap) {
        ticks.push({heat, at});
      }
    }
  }
  return [...ticks, {heat: full < 10 ? Number(full.toPrecision(2)) : Math.round(full), at: 1}];
}
