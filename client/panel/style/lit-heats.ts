import {quantileFloor} from '../../../core/metadata.ts';

/** The heats that count as lit, as the archive's quantiles count them, from the least to the most. */
export function litHeats(heats: Float32Array): Float32Array {
  return heats.filter((heat) => heat >= quantileFloor).sort();
}

/** The heat below which a share of sorted heats lies; heats must not be empty. */
export function quantileOf(sorted: Float32Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
