import {type ToneScale, tone} from '../../core/tone.ts';

/** A number of activities and the tone that it is drawn in. */
export type HeatTick = {heat: number; tone: number};

/**
 * Round numbers of activities along a legend, from one to the number at which the brightest colour is reached, each at least
 * `apart` (in tone) from the one before.
 */
export function heatTicks(scale: ToneScale, apart: number): HeatTick[] {
  const ticks: HeatTick[] = [];
  for (let power = 1; power <= 1e5; power *= 10) {
    for (const factor of [1, 2, 5]) {
      const heat = factor * power;
      const at = tone(heat, scale);
      const last = ticks.at(-1)?.tone ?? 0;
      if (at - last >= apart && at <= 1) ticks.push({heat, tone: at});
      if (at >= 1) return ticks;
    }
  }
  return ticks;
}
