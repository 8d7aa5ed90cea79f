import {type ToneScale, tone} from '../tone.ts';

/**
 * Palette indices (0..255) for all heats, in steps of 1/256 of an octave: entry i is for the float32 numbers whose
 * bits, without the lowest 15, are i. So a lookup takes a shift and neither a logarithm nor a comparison.
 */
export type ToneTable = Uint8Array<ArrayBuffer>;

const droppedBits = 15;
const perOctave = 1 << (23 - droppedBits);

/** Heat outside of 2^-20 to 2^20 has the tone of these: nobody has a million activities. */
const lowest = (127 - 20) * perOctave;
const highest = (127 + 20) * perOctave;

/**
 * The table of a scale: round(255 · tone^(1 / bend)) of the middle of each step, the index of the tone in `rampTable(ramp, bend)`.
 */
export function toneTable(scale: ToneScale, bend = 1): ToneTable {
  const indexOf = (heat: number) => 255 * tone(heat, scale) ** (1 / bend);
  // Twice as long as the numbers from 0 on: those with a sign, rounding errors of nothing, stay 0.
  const table = new Uint8Array(2 * 256 * perOctave);
  for (let i = lowest; i < highest; i++) {
    const octave = 2 ** (Math.floor(i / perOctave) - 127);
    // Tone never falls: an octave that ends at 0 is 0, and after 255 there is nothing else.
    if (i % perOctave === 0 && indexOf(2 * octave) < 0.5) i += perOctave - 1;
    else table[i] = Math.round(indexOf(octave * (1 + ((i % perOctave) + 0.5) / perOctave)));
    if (table[i] === 255) return table.fill(255, i, 256 * perOctave);
  }
  return table.fill(table[highest - 1], highest, 256 * perOctave);
}

/**
 * Writes the indices of `count` heats from `at` on to `indices` from `to` on; returns the largest of them and `most`.
 * `bits` are the heats' own bytes.
 */
export function toneIndices(
  bits: Int32Array,
  at: number,
  count: number,
  table: ToneTable,
  indices: Uint8Array,
  to: number,
  most: number,
): number {
  for (let i = 0; i < count; i++) {
    const index = table[bits[at + i] >>> droppedBits];
    indices[to + i] = index;
    if (index > most) most = index;
  }
  return most;
}
