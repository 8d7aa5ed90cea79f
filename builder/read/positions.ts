/** Positions that a reader had to leave out, counted for one warning each. */
export type Refused = {unreadable: number; example: string; outOfRange: number; farthest: string};

/** No position left out yet. */
export function noneRefused(): Refused {
  return {unreadable: 0, example: '', outOfRange: 0, farthest: ''};
}

/** What is wrong with the positions that were left out: found and expected. */
export function refusedWarnings({unreadable, example, outOfRange, farthest}: Refused): string[] {
  const warnings: string[] = [];
  if (unreadable > 0) {
    warnings.push(
      `${unreadable} points left out: found ${example}, expected latitude and longitude in decimal degrees`,
    );
  }
  if (outOfRange > 0) {
    warnings.push(`${outOfRange} points left out: found ${farthest}, expected latitude ±90 and longitude ±180`);
  }
  return warnings;
}

/** Whether a position is on Earth. False for NaN. */
export function inRange(lng: number, lat: number): boolean {
  return lat >= -90 && lat <= 90 && lng >= -180 && lng <= 180;
}
