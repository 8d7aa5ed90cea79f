import {describe, expect, test} from 'vitest';
import {type ToneTable, toneIndices, toneTable} from '../../../core/heat/tone-table.ts';
import {quantileProbabilities} from '../../../core/metadata.ts';
import {defaultStyle} from '../../../core/style.ts';
import {tone, toneScale} from '../../../core/tone.ts';
import {seededRandom} from '../../support/tracks.ts';

const quantiles = [quantileProbabilities.map((probability) => 0.1 * 4000 ** probability)];

/** The index of one heat. */
function toneIndex(heat: number, table: ToneTable): number {
  const index = new Uint8Array(1);
  toneIndices(new Int32Array(Float32Array.of(heat).buffer), 0, 1, table, index, 0, 0);
  return index[0];
}

describe('toneTable(scale)', () => {
  test.each(['log', 'linear', 'sqrt', 'rank'] as const)('is within one grey level of the tone, curve %s', (curve) => {
    const random = seededRandom(4);
    for (const [gamma, floor, top] of [
      [1, 0, 300],
      [2.5, 0, 0.1],
      [0.5, 3, 100_000],
    ]) {
      const scale = toneScale({...defaultStyle, curve, gamma, floor, top}, quantiles, 0, 1);
      const table = toneTable(scale);
      let worst = 0;
      for (let i = 0; i < 2000; i++) {
        const heat = Math.fround(10 ** (random() * 8 - 3));
        worst = Math.max(worst, Math.abs(toneIndex(heat, table) - 255 * tone(heat, scale)));
      }
      expect(worst).toBeLessThan(floor > 0 ? 3 : 1);
    }
  });

  test('gives 0 for no heat, for less than none, and 255 for all above the top', () => {
    const table = toneTable(toneScale({...defaultStyle, top: 50}, quantiles, 0, 1));
    expect([0, -1e-9, 1e-12].map((heat) => toneIndex(heat, table))).toEqual([0, 0, 0]);
    expect([50, 51, 1e6, 1e30].map((heat) => toneIndex(heat, table))).toEqual([255, 255, 255, 255]);
  });
});

describe('toneIndices', () => {
  test('writes the indices of a stretch of heat and tells the largest', () => {
    const table = toneTable(toneScale({...defaultStyle, curve: 'linear', top: 255}, quantiles, 0, 1));
    const heat = Float32Array.of(9, 0, 10.1, 200.2, 30.1, 255, 9);
    const indices = new Uint8Array(8);
    expect(toneIndices(new Int32Array(heat.buffer), 1, 4, table, indices, 2, 7)).toBe(200);
    expect([...indices]).toEqual([0, 0, 0, 10, 200, 30, 0, 0]);
  });
});
