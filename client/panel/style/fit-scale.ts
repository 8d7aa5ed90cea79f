import {quantileProbabilities} from '../../../core/metadata.ts';
import {type HeatStyle, styleRanges} from '../../../core/style.ts';
import {toneScale} from '../../../core/tone.ts';
import {litHeats, quantileOf} from './lit-heats.ts';

/** What the scale of a style depends on beside it. */
export type ScaleFacts = {quantiles: readonly (readonly number[])[]; zoom: number; share: number};

/**
 * The keys that fit a style's scale to heats in sight, as plain numbers; undefined where nothing is lit. `floor` stays, and
 * so does `exposure`, which goes on to brighten what `top` says.
 *
 * Curve `rank` knows no top: its scale is the archive's table of quantiles, divided by the exposure. There it is the
 * exposure that moves, so that the quantiles in sight lie on those of the table, as many above as below.
 */
export function fitScale(heats: Float32Array, style: HeatStyle, facts: ScaleFacts): Partial<HeatStyle> | undefined {
  const lit = litHeats(heats);
  if (lit.length === 0) return undefined;
  if (style.curve !== 'rank') return {top: short(clamp(quantileOf(lit, 0.999), styleRanges.top))};
  const {ranks} = toneScale({...style, exposure: 1}, facts.quantiles, facts.zoom, facts.share);
  const factors = quantileProbabilities.map((share, i) => ranks[i] / quantileOf(lit, share));
  return {exposure: short(clamp(quantileOf(Float32Array.from(factors).sort(), 0.5), styleRanges.exposure))};
}

/** The number of activities for which `top: auto` stands in a view: as `top` it gives the same picture. */
export function automaticTop(style: HeatStyle, {quantiles, zoom, share}: ScaleFacts): number {
  const {top} = toneScale({...style, top: 'auto', exposure: 1}, quantiles, zoom, share);
  return Number(top.toFixed(top < 100 ? 2 : 1));
}

function clamp(value: number, {min, max}: {min: number; max: number}): number {
  return Math.max(min, Math.min(max, value));
}

/** Three digits: URLs stay short, and the difference cannot be seen. */
function short(value: number): number {
  return Number(value.toPrecision(3));
}
