import type {Days} from './date-bins.ts';

/** The shortest range of days that is shown. */
const fewestDays = 28;

/** The days to show so that a chosen range fills half of them; the window itself where that would hardly be closer. */
export function zoomIn(window: Days, chosen: Days, whole: Days): Days {
  const days = chosen.last - chosen.first + 1;
  const length = Math.max(fewestDays, 2 * days);
  if (length > 0.8 * (window.last - window.first + 1)) return window;
  return within(whole, chosen.first - Math.floor((length - days) / 2), length);
}

/** The days to show for a window of four times the length, all where that is nearly all. */
export function zoomOut(window: Days, whole: Days): Days {
  const days = window.last - window.first + 1;
  const length = 4 * days;
  if (length > 0.8 * (whole.last - whole.first + 1)) return whole;
  return within(whole, window.first - Math.floor((length - days) / 2), length);
}

/** A window of some days, moved so that it lies within all days. */
function within(whole: Days, first: number, length: number): Days {
  const start = Math.max(whole.first, Math.min(whole.last - length + 1, first));
  return {first: start, last: Math.min(whole.last, start + length - 1)};
}
