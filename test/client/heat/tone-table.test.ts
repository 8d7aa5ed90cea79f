import {describe, expect, test} from 'vitest';
import {toneEntries, toneKey, toneTable} from '../../../client/heat/tone-table.ts';
import {quantileProbabilities} from '../../../core/metadata.ts';
import {type Curve, defaultStyle, type HeatStyle} from '../../../core/style.ts';
import {tone, toneScale} from '../../../core/tone.ts';

const quantiles = [quantileProbabilities.map((share) => 0.05 + 80 * share ** 2)];

/** The table's tone of a heat, as the shader looks it up. */
function lookUp({entries, low, perOctave}: ReturnType<typeof toneTable>, heat: number): number {
  const at = (Math.log2(heat) - low) * perOctave;
  if (at <= 0) return (entries[0] * heat) / 2 ** low;
  const entry = Math.min(Math.floor(at), toneEntries - 2);
  return entries[entry] + (entries[entry + 1] - entries[entry]) * Math.min(1, at - entry);
}

describe('toneTable is core/tone.ts to a grey level', () => {
  const styles: Partial<HeatStyle>[] = [
    {},
    {gamma: 2},
    {gamma: 0.4, exposure: 3},
    {top: 5, floor: 1},
    {floor: 40, top: 10},
  ];
  test.each(['log', 'linear', 'sqrt', 'rank'] satisfies Curve[])('with curve %s', (curve) => {
    for (const part of styles) {
      const scale = toneScale({...defaultStyle, curve, ...part}, quantiles, 0, 1);
      const table = toneTable(scale);
      for (let heat = 0.001; heat < 200; heat *= 1.00137) {
        expect(Math.abs(lookUp(table, heat) - tone(heat, scale))).toBeLessThan(1 / 255);
      }
    }
  });
});

test('toneKey is the same only for scales with the same table', () => {
  const scale = toneScale(defaultStyle, quantiles, 0, 1);
  expect(toneKey({...scale})).toBe(toneKey(scale));
  expect(toneKey({...scale, ranks: scale.ranks.map((heat) => 2 * heat)})).toBe(toneKey(scale));
  for (const change of [{top: 3}, {curve: 'rank'}, {floor: 1}, {gamma: 2}] as const) {
    expect(toneKey({...scale, ...change})).not.toBe(toneKey(scale));
  }
});
