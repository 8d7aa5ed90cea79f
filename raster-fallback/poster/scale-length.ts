/** A round length for a scale bar. */
export type ScaleLength = {meters: number; label: string};

/** The longest of 1, 2 and 5 times a power of ten metres that is not longer than `mostMeters`. */
export function scaleLength(mostMeters: number): ScaleLength {
  const power = 10 ** Math.floor(Math.log10(mostMeters));
  const meters = power * ([5, 2].find((factor) => factor * power <= mostMeters) ?? 1);
  const label = meters >= 1000 ? `${(meters / 1000).toLocaleString('en')} km` : `${Number(meters.toPrecision(1))} m`;
  return {meters, label};
}
