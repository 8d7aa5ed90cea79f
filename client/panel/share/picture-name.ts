import type {View} from '../../map/view.ts';

/** Name of a picture's file: place, zoom, size and the date of today. */
export function pictureName({lng, lat, zoom}: View, ratio: number, today: Date): string {
  const digits = Math.max(1, Math.min(5, Math.ceil(zoom / 3.3)));
  const place = `${lat.toFixed(digits)}_${lng.toFixed(digits)}`;
  const date = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((n) => String(n).padStart(2, '0'));
  return `trackheat-${place}-z${Number(zoom.toFixed(1))}${ratio > 1 ? `@${ratio}x` : ''}-${date.join('-')}.png`;
}
