/** How lengths are told. */
export type Units = 'metric' | 'imperial';

const metersPerMile = 1609.344;
const metersPerFoot = 0.3048;

/** Regions whose road signs count miles: https://github.com/unicode-org/cldr, supplemental/measurementData, `road`. */
const imperialRegions = ['US', 'GB', 'LR', 'MM'];

/** A unit of length: what stands behind the number, with its space, and its length. */
export type LengthUnit = {sign: string; meters: number};

const lengthUnits: Record<Units, readonly LengthUnit[]> = {
  metric: [
    {sign: '\u202fkm', meters: 1000},
    {sign: '\u202fm', meters: 1},
    {sign: '\u202fcm', meters: 0.01},
  ],
  imperial: [
    {sign: '\u202fmi', meters: metersPerMile},
    {sign: '\u202fft', meters: metersPerFoot},
    {sign: '\u202fin', meters: metersPerFoot / 12},
  ],
};

/** The units of a language tag's region; metric where it names none. */
export function unitsOf(language: string): Units {
  try {
    return imperialRegions.includes(new Intl.Locale(language).region ?? '') ? 'imperial' : 'metric';
  } catch {
    return 'metric';
  }
}

/** The units of the browser's language. */
export function localUnits(): Units {
  return unitsOf(navigator.language);
}

/** The largest unit of which a length has at least one, or else the smallest one there is. */
export function lengthUnit(meters: number, units: Units): LengthUnit {
  const all = lengthUnits[units];
  return all.find((unit) => meters >= unit.meters) ?? all[all.length - 1];
}

/**
 * A distance on the ground for people to read: whole kilometres or miles from 10 on, with one decimal below, metres or feet under a
 * tenth of that.
 */
export function formatDistance(meters: number, units: Units = localUnits()): string {
  const [large, small] = lengthUnits[units];
  const unit = meters >= large.meters / 10 || meters === 0 ? large : small;
  const value = meters / unit.meters;
  const digits = unit === large && value < 9.95 && value > 0 ? 1 : 0;
  const number = value.toLocaleString('en', {minimumFractionDigits: digits, maximumFractionDigits: digits});
  return `${number}${unit.sign}`;
}
