/** The longest bar of 1, 2 or 5 · 10ⁿ metres that fits into `maxPixels` CSS pixels, and its length there. */
export function scaleBar(metersPerPixel: number, maxPixels: number): {label: string; pixels: number} {
  const most = metersPerPixel * maxPixels;
  const power = 10 ** Math.floor(Math.log10(most));
  const meters = power * ([5, 2].find((digit) => digit * power <= most) ?? 1);
  const label =
    meters >= 1000
      ? `${meters / 1000}\u202fkm`
      : meters >= 1
        ? `${meters}\u202fm`
        : `${Math.round(meters * 100)}\u202fcm`;
  return {label, pixels: meters / metersPerPixel};
}
