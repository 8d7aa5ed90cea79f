/** How a slider's position 0..1 stands for a number of a style: fine steps where a small change is seen, coarse ones above. */
export type SliderScale = {
  key: 'width' | 'blur' | 'glow' | 'exposure';
  label: string;
  /** What stands behind the number, with its space. */
  unit: string;
  min: number;
  max: number;
  /** `log` for numbers that are factors, `square` for those that begin at 0. */
  bend: 'log' | 'square';
};

/** The sliders of the style panel; ranges are those of the style's keys. */
export const sliderScales: SliderScale[] = [
  {key: 'width', label: 'Width', unit: '\u202fpx', min: 0.7, max: 12, bend: 'log'},
  {key: 'glow', label: 'Glow', unit: '', min: 0, max: 4, bend: 'square'},
  {key: 'blur', label: 'Blur of the glow', unit: '\u202fpx', min: 0, max: 64, bend: 'square'},
  {key: 'exposure', label: 'Exposure', unit: '×', min: 0.1, max: 10, bend: 'log'},
];

/** Number at a slider's position, rounded to three digits so that URLs stay short; the ends are exact. */
export function valueAt({min, max, bend}: SliderScale, position: number): number {
  const value = bend === 'log' ? min * (max / min) ** position : min + (max - min) * position ** 2;
  return Math.max(min, Math.min(max, Number(value.toPrecision(3))));
}

/** Position 0..1 of a number: the inverse of {@link valueAt} but for its rounding. */
export function positionOf({min, max, bend}: SliderScale, value: number): number {
  return bend === 'log' ? Math.log(value / min) / Math.log(max / min) : Math.sqrt((value - min) / (max - min));
}
