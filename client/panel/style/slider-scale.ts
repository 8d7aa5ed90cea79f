import {type HeatStyle, styleRanges} from '../../../core/style.ts';

/** How a slider's position 0..1 stands for a number: fine steps where a small change is seen, coarse ones above. */
export type Scale = {
  min: number;
  max: number;
  /** `log` for numbers that are factors, `square` for those that begin at 0, `linear` for shares. */
  bend: 'log' | 'square' | 'linear';
};

/** Keys of a style that are plain numbers. */
export type NumberKey = {[K in keyof HeatStyle]: HeatStyle[K] extends number ? K : never}[keyof HeatStyle];

/** A slider of the style panel. */
export type SliderScale = Scale & {
  key: NumberKey;
  label: string;
  /** What stands behind the number, with its space. */
  unit: string;
};

/** The sliders that are always in sight. */
export const sliderScales: SliderScale[] = [
  {key: 'width', label: 'Width', unit: '\u202fpx', ...styleRanges.width, bend: 'log'},
  {key: 'glow', label: 'Glow', unit: '', ...styleRanges.glow, bend: 'square'},
  {key: 'blur', label: 'Glow blur', unit: '\u202fpx', ...styleRanges.blur, bend: 'square'},
  {key: 'exposure', label: 'Exposure', unit: '×', ...styleRanges.exposure, bend: 'log'},
];

/** The sliders under *More*. */
export const moreSliderScales: SliderScale[] = [
  {key: 'grow', label: 'Grow close by', unit: '', ...styleRanges.grow, bend: 'linear'},
  {key: 'gamma', label: 'Gamma', unit: '', ...styleRanges.gamma, bend: 'log'},
  {key: 'floor', label: 'Hide below', unit: '', ...styleRanges.floor, bend: 'square'},
  {key: 'opacity', label: 'Opacity', unit: '', ...styleRanges.opacity, bend: 'linear'},
  {key: 'laps', label: 'Repeated laps', unit: '', ...styleRanges.laps, bend: 'linear'},
];

/** Number at a slider's position, rounded to three digits so that URLs stay short; the ends are exact. */
export function valueAt({min, max, bend}: Scale, position: number): number {
  const share = bend === 'square' ? position ** 2 : position;
  const value = bend === 'log' ? min * (max / min) ** position : min + (max - min) * share;
  return Math.max(min, Math.min(max, Number(value.toPrecision(3))));
}

/** Position 0..1 of a number: the inverse of {@link valueAt} but for its rounding. */
export function positionOf({min, max, bend}: Scale, value: number): number {
  if (bend === 'log') return Math.log(value / min) / Math.log(max / min);
  const share = (value - min) / (max - min);
  return bend === 'square' ? Math.sqrt(share) : share;
}
