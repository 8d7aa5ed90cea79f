/** A straight line in device pixels with the number of activities on it. */
export type ExactLine = {x0: number; y0: number; x1: number; y1: number; n: number};

/**
 * Heat at a point by the definition: each line convolved with an isotropic Gaussian of σ, scaled so that an endless
 * line has n on its axis when σ is `width`. Across a line that is a Gaussian, along it a difference of error functions.
 */
export function exactHeat(lines: ExactLine[], x: number, y: number, sigma: number, width = sigma): number {
  let heat = 0;
  for (const {x0, y0, x1, y1, n} of lines) {
    const length = Math.hypot(x1 - x0, y1 - y0);
    const along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length;
    const across = ((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / length;
    const scale = sigma * Math.SQRT2;
    const ends = (erf(along / scale) - erf((along - length) / scale)) / 2;
    heat += (n * width * ends * Math.exp(-((across / scale) ** 2))) / sigma;
  }
  return heat;
}

/** Error function to 1.5e-7: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - poly * Math.exp(-x * x));
}
