import {lineAt} from './heat/line-at.ts';
import {quantileLines, quantileProbabilities, topQuantile} from './metadata.ts';
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
 * The scale of a style at a zoom of 512 px tiles, which may be fractional: quantiles are interpolated between zooms. They are of lines
 * that grow as by default; for others they are reckoned (see `growthPower`).
 *
 * `top: auto` is max(2, 99.9th percentile · share) / exposure, more than that beyond zoom 13 (see `topHeat`); `share` is the share
 * of activities that pass the style's filter, so that one year of ten is as bright as all of them. From zoom to zoom it falls no faster
 * than brightness may rise (see `gentle`). At whole zooms, those of PNG tiles, it goes in steps of 5 %, so that a small change of the
 * library keeps cached pictures; in between it does not, lest zooming show the steps.
 */
export function toneScale(
  style: HeatStyle,
  quantiles: readonly (readonly number[])[],
  zoom: number,
  share: number,
): ToneScale {
  const table = quantiles.map((heats, z) => grownHeats(heats, z, style.grow));
  const ranks = atZoom(zoom, table.length, (z) => table[z]);
  const auto = () => {
    const tops = autoTops(table, share);
    return atZoom(zoom, tops.length, (z) => [tops[z]])[0];
  };
  return {
    curve: style.curve,
    top: (style.top === 'auto' ? auto() : style.top) / style.exposure,
    floor: style.floor,
    gamma: style.gamma,
    ranks: ranks.map((heat) => (heat * share) / style.exposure),
  };
}

/**
 * How heat goes with the width of lines that grow otherwise than those of the quantile table, as a power: between 0, where all
 * recordings of a street lie on one line, and 1, where they lie beside each other. Measured on two libraries at zooms 16 to 21
 * without growth (0.62 to 0.84, which this meets within a third).
 */
const growthPower = 0.75;

/** The quantiles of a zoom for lines that grow as a style says. */
function grownHeats(heats: readonly number[], zoom: number, grow: number): readonly number[] {
  const wide = lineAt({...quantileLines, grow}, zoom).width / lineAt(quantileLines, zoom).width;
  const factor = wide ** growthPower;
  return factor === 1 ? heats : heats.map((heat) => heat * factor);
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

/** The heat that so many of the lit pixels have less than: the inverse of the curve `rank` between 0 and 1. */
export function heatAtRank(share: number, ranks: Float64Array): number {
  const high = Math.max(
    1,
    quantileProbabilities.findIndex((probability) => probability >= share),
  );
  const [from, to] = [quantileProbabilities[high - 1], quantileProbabilities[high]];
  return ranks[high - 1] + ((ranks[high] - ranks[high - 1]) * (share - from)) / (to - from);
}

/** 0 below the floor, 1 above, with a narrow ramp of ±10 % around it: a hard cut would leave jagged edges. */
function aboveFloor(heat: number, floor: number): number {
  return Math.max(0, Math.min(1, (heat / floor - 0.9) / 0.2));
}

/**
 * How far the logarithm of the automatic top may fall within a zoom: then a track whose heat stays the same gets at most 4 %
 * brighter in a quarter of a zoom, rounding included. Where recordings of one street come apart, the percentile alone would
 * fall faster.
 */
const gentle = 0.87;

/**
 * Zooms between which the automatic top moves from the 99.9th percentile towards the greatest heat, and how far. Close by, one busy
 * street fills the view: by the percentile, which is that of all streets, it would have the brightest colour over its whole width.
 */
const nearFrom = 13;
const nearTo = 18;
const nearShare = 0.5;

/** The heat that maps to tone 1 at a zoom, in geometric steps between two quantiles. */
function topHeat(heats: readonly number[], zoom: number): number {
  const near = nearShare * Math.max(0, Math.min(1, (zoom - nearFrom) / (nearTo - nearFrom)));
  return topQuantile(heats) ** (1 - near) * heats[heats.length - 1] ** near;
}

function autoTops(quantiles: readonly (readonly number[])[], share: number): number[] {
  let least = 0;
  return quantiles.map((heats, zoom) => {
    const top = Math.max(2, topHeat(heats, zoom) * share, Math.expm1(least));
    least = Math.log1p(top) * gentle;
    return roundToSteps(top);
  });
}

/** Heats at a fractional zoom of `zooms`, interpolated geometrically: heat grows by a factor from zoom to zoom. */
function atZoom(zoom: number, zooms: number, heats: (zoom: number) => readonly number[]): Float64Array {
  const at = Math.max(0, Math.min(zooms - 1, zoom));
  const high = heats(Math.min(zooms - 1, Math.floor(at) + 1));
  const share = at - Math.floor(at);
  return Float64Array.from(heats(Math.floor(at)), (heat, i) => heat ** (1 - share) * high[i] ** share);
}

function roundToSteps(value: number): number {
  return 1.05 ** Math.round(Math.log(value) / Math.log(1.05));
}
