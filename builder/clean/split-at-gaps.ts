import {pointCount, type Track} from '../activity.ts';
import {medianStep, near, slice} from './points.ts';

/** When the way between two points is unknown. */
export type GapOptions = {
  gapMeters: number;
  gapSteps: number;
  gapSeconds: number;
  gapSecondsMeters: number;
};

/** Breaks a track where nothing was recorded for too far or too long, measured by its own usual steps. */
export function splitAtGaps(track: Track, options: GapOptions): Track[] {
  const {lng, lat, time} = track;
  const count = pointCount(track);
  const parts: Track[] = [];
  let start = 0;
  let meterLimit = 0;
  let secondLimit = 0;
  for (let i = 1; i < count; i++) {
    // 9 · 10⁻⁴ degrees each way are 142 m at most: no gap by any rule.
    if (Math.abs(lat[i] - lat[i - 1]) < 9e-4 && Math.abs(lng[i] - lng[i - 1]) < 9e-4) continue;
    const seconds = (time[i] - time[i - 1]) / 1000;
    const meters = near(track, i - 1, i);
    let breaks = false;
    if (seconds > options.gapSeconds && meters > options.gapSecondsMeters) {
      secondLimit ||= options.gapSteps * medianStep(track, (a, b) => (time[b] - time[a]) / 1000 || 0);
      breaks = seconds > secondLimit;
    }
    if (!breaks && meters > options.gapMeters) {
      meterLimit ||= options.gapSteps * medianStep(track, (a, b) => near(track, a, b));
      breaks = meters > meterLimit;
    }
    if (!breaks) continue;
    parts.push(slice(track, start, i));
    start = i;
  }
  parts.push(start === 0 ? track : slice(track, start, count));
  return parts;
}
