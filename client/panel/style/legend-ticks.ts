import {heatAtRank, type ToneScale, tone} from '../../../core/tone.ts';

/** A number of activities in the legend and its tone. */
export type LegendTick = {heat: number; at: number};

/** Least share of the legend from number to number. */
const smallestGap = 0.17;

/** What a character takes of the narrowest legend, and the air between two numbers. */
const characterShare = 0.05;
const airShare = 0.03;

/**
 * Numbers of activities and their tones, as far apart as can be read, and last the one that has the full colour. They are round
 * but for the curve `rank`, where hardly a round number may lie in sight: there they are those at thirds.
 */
export function legendTicks(scale: ToneScale): LegendTick[] {
  const ticks: LegendTick[] = [];
  const {curve, top, ranks, floor} = scale;
  const full = Math.max(curve === 'rank' ? ranks[ranks.length - 1] : top, floor * 1.1);
  const last = {heat: short(full), at: 1};
  if (curve === 'rank') {
    const thirds = [1 / 3, 2 / 3].map((at) => ({heat: short(heatAtRank(at ** scale.gamma, ranks)), at}));
    return [...thirds.filter(({heat}, i) => heat > floor && heat < (thirds[i + 1] ?? last).heat), last];
  }
  for (let power = 1; power < full; power *= 10) {
    for (const digit of [1, 2, 5]) {
      const heat = digit * power;
      const at = tone(heat, scale);
      const before = ticks.at(-1);
      // The last number ends where the legend does, the others stand astride their place.
      const isFree = 1 - at >= gap(characters(heat) / 2 + characters(last.heat));
      const isApart = !before || at - before.at >= gap((characters(heat) + characters(before.heat)) / 2);
      if (heat < full && at > 0 && isFree && isApart) ticks.push({heat, at});
    }
  }
  return [...ticks, last];
}

function short(heat: number): number {
  return heat < 10 ? Number(heat.toPrecision(2)) : Math.round(heat);
}

function gap(characters: number): number {
  return Math.max(smallestGap, airShare + characterShare * characters);
}

function characters(heat: number): number {
  return tickText(heat).length;
}

/** A number of activities as the legend writes it. */
export function tickText(heat: number): string {
  return heat.toLocaleString('en');
}
