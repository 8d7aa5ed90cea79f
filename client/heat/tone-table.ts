import {type ToneScale, tone} from '../../core/tone.ts';

/** Entries of a tone table. */
export const toneEntries = 4096;

/** How many times the table's heat doubles from its first entry to its last. */
const octaves = 20;

/**
 * The tones of a scale as a table over the logarithm of heat, so that the GPU needs no formula of its own: entry i is the
 * tone of heat 2 ^ (low + i / perOctave), the last one and all beyond are 1, linear between entries; below the first the
 * tone falls to 0 in proportion to heat.
 */
export type ToneTable = {entries: Float32Array<ArrayBuffer>; low: number; perOctave: number};

/** The table of a scale. Its steps are 0.3 % of heat: what lies between two entries is less than a grey level off. */
export function toneTable(scale: ToneScale): ToneTable {
  const full = scale.curve === 'rank' ? scale.ranks[scale.ranks.length - 1] : scale.top;
  const high = Math.log2(Math.max(full, scale.floor * 1.1));
  const low = high - octaves;
  const perOctave = (toneEntries - 1) / octaves;
  const entries = Float32Array.from({length: toneEntries}, (_, i) => tone(2 ** (low + i / perOctave), scale));
  // The last entry stands for all heat above it, where rounding must not leave the tone just short of full.
  entries[toneEntries - 1] = tone(2 ** high * 1.001, scale);
  return {entries, low, perOctave};
}

/** Text that differs where two scales' tables differ. */
export function toneKey({curve, top, floor, gamma, ranks}: ToneScale): string {
  return [curve, floor, gamma, curve === 'rank' ? ranks.join() : top].join('|');
}
