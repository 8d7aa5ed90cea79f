import {quantileFloor} from '../../../core/metadata.ts';
import {type ToneScale, tone} from '../../../core/tone.ts';

/**
 * How the lit of some heats spread over the tones of a scale: counts per bin as shares of the fullest one; undefined where
 * nothing is lit.
 */
export function toneHistogram(heats: Float32Array, scale: ToneScale, bins: number): Float64Array | undefined {
  const counts = new Float64Array(bins);
  for (const heat of heats) {
    const at = heat >= quantileFloor ? tone(heat, scale) : 0;
    if (at > 0) counts[Math.min(bins - 1, Math.floor(at * bins))]++;
  }
  const most = Math.max(...counts);
  return most > 0 ? counts.map((count) => count / most) : undefined;
}
