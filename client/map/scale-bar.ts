import {lengthUnit, localUnits, type Units} from '../units.ts';

/** The longest bar of 1, 2 or 5 · 10ⁿ units of length that fits into `maxPixels` CSS pixels, and its length there. */
export function scaleBar(
  metersPerPixel: number,
  maxPixels: number,
  units: Units = localUnits(),
): {label: string; pixels: number} {
  const {sign, meters} = lengthUnit(metersPerPixel * maxPixels, units);
  const most = (metersPerPixel * maxPixels) / meters;
  const power = 10 ** Math.floor(Math.log10(most));
  const value = power * ([5, 2].find((digit) => digit * power <= most) ?? 1);
  return {label: `${value}${sign}`, pixels: (value * meters) / metersPerPixel};
}
