import {quantileProbabilities, topQuantile} from './metadata.ts';
import type {Curve, HeatStyle} from './style.ts';

/** The numbers that map heat to tone for one zoom: the same for every tile of it, so that tile borders do not show. */
export type ToneScale = {
  curve: Curve;
  /** Heat that maps to tone 1 (curves other than `rank`). */
  top: number;
  floor: number;
  gamma: number;
  /** Heat at each of `quantileProbabilities` (curve `rank`). */
  ranks: Float64Array;
};

/**
 * The scale of a style at a zoom of 512 px tiles, which may be fractional: quantiles are interpolated between zooms.
 *
 * `top: auto` is max(2, 99.9th percentile · share) / exposure, rounded to steps of 5 % so that a small change of the
 * library keeps cached pictures; `share` is the share of activities that pass the style's filter, so that one year of ten
 * is as bright as all of them.
 */
export function toneScale(
  style: HeatStyle,
  quantiles: readonly (readonly number[])[],
  zoom: number,
  share: number,
): ToneScale {
  const ranks = quantilesAt(quantiles, zoom);
  const top = style.top === 'auto' ? Math.max(2, topQuantile(Array.from(ranks)) * share) : style.top;
  const scaled = top / style.exposure;
  return {
    curve: style.curve,
    top: style.top === 'auto' ? roundToSteps(scaled) : scaled,
    floor: style.floor,
    gamma: style.gamma,
    ranks: ranks.map((heat) => (heat * share) / style.exposure),
  };
}

/** Tone 0..1 of a heat: the one mapping that the GPU's table and the PNG tiles share. */
export function tone(heat: number, scale: ToneScale): number {
  if (!(heat > 0)) return 0;
  const bent = Math.min(1, curve(heat, scale)) ** (1 / scale.gamma);
  return scale.floor > 0 ? bent * aboveFloor(heat, scale.floor) : bent;
}

function curve(heat: number, {curve, top, ranks}: ToneScale): number {
  if (curve === 'log') return Math.log1p(heat) / Math.log1p(top);
  if (curve === 'linear') return heat / top;
  if (curve === 'sqrt') return Math.sqrt(heat / top);
  return rankOf(heat, ranks);
}

/** Share of lit pixels that have less heat: the inverse of the quantile table, linear in between, from 0 at heat 0. */
function rankOf(heat: number, ranks: Float64Array): number {
  const last = ranks.length - 1;
  if (heat >= ranks[last]) return 1;
  if (heat <= ranks[0]) return 0;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (ranks[middle] <= heat) low = middle;
    else high = middle;
  }
  const share = (heat - ranks[low]) / (ranks[high] - ranks[low]);
  return quantileProbabilities[low] + (quantileProbabilities[high] - quantileProbabilities[low]) * share;
}

/** 0 below the floor, 1 above, with a narrow ramp of ±10 % around it: a hard cut would leave jagged edges. */
function aboveFloor(heat: number, floor: number): number {
  return Math.max(0, Math.min(1, (heat / floor - 0.9) / 0.2));
}

/** Quantiles at a fractional zoom, interpolated geometrically: heat grows by a factor from zoom to zoom. */
function quantilesAt(quantiles: readonly (readonly number[])[], zoom: number): Float64Array {
  const last = quantiles.length - 1;
  const at = Math.max(0, Math.min(last, zoom));
  const low = quantiles[Math.floor(at)];
  const high = quantiles[Math.min(last, Math.floor(at) + 1)];
  const share = at - Math.floor(at);
  return Float64Array.from(low, (heat, i) => heat ** (1 - share) * high[i] ** share);
}

function roundToSteps(value: number): number {
  return 1.05 ** Math.round(Math.log(value) / Math.log(1.05));
}
