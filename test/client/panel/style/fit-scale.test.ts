import {describe, expect, test} from 'vitest';
import {automaticTop, fitScale} from '../../../../client/panel/style/fit-scale.ts';
import {litHeats, quantileOf} from '../../../../client/panel/style/lit-heats.ts';
import {toneHistogram} from '../../../../client/panel/style/tone-histogram.ts';
import {quantileProbabilities, quantileZooms} from '../../../../core/metadata.ts';
import {defaultStyle} from '../../../../core/style.ts';
import {tone, toneScale} from '../../../../core/tone.ts';

/** Quantiles of a heat that is spread evenly from 0 to 200 at zoom 0, twice as far at each zoom on. */
const quantiles = Array.from({length: quantileZooms}, (_, zoom) =>
  quantileProbabilities.map((share) => Math.max(0.05, share * 200 * 2 ** zoom)),
);
const facts = {quantiles, zoom: 0, share: 1};

/** Heats spread evenly from 0 to `top`, and as many places that are not lit. */
const even = (top: number) => Float32Array.from({length: 20_000}, (_, i) => (i % 2 ? 0 : (top * i) / 20_000));

describe('litHeats', () => {
  test('are those that the quantiles count, sorted', () => {
    expect([...litHeats(Float32Array.of(3, 0, 0.04, 1, 0.5))]).toEqual([0.5, 1, 3]);
  });
});

describe('quantileOf', () => {
  test('is the heat below which the share lies', () => {
    const sorted = Float32Array.from({length: 100}, (_, i) => i);
    expect(quantileOf(sorted, 0.25)).toBe(25);
    expect(quantileOf(sorted, 1)).toBe(99);
  });
});

describe('fitScale', () => {
  test.each(['log', 'linear', 'sqrt'] as const)('of curve %s maps 99.9 % of the lit below the top', (curve) => {
    const heats = even(37);
    const fitted = fitScale(heats, {...defaultStyle, curve}, facts);
    expect(fitted).toEqual({top: 37});
    const scale = toneScale({...defaultStyle, curve, ...fitted}, quantiles, 0, 1);
    const full = litHeats(heats).filter((heat) => tone(heat, scale) === 1).length;
    expect(full / litHeats(heats).length).toBeLessThan(0.002);
  });

  test('leaves the exposure to brighten what it finds', () => {
    expect(fitScale(even(37), {...defaultStyle, exposure: 3}, facts)).toEqual({top: 37});
  });

  test('of curve rank moves the exposure until the ranks are those in sight', () => {
    const style = {...defaultStyle, curve: 'rank', exposure: 5} as const;
    const fitted = fitScale(even(50), style, facts);
    expect(fitted).toEqual({exposure: 4});
    const scale = toneScale({...style, ...fitted}, quantiles, 0, 1);
    expect(tone(25, scale)).toBeCloseTo(0.5, 1);
    // A filter makes the table's heats smaller.
    expect(fitScale(even(50), style, {...facts, share: 0.5})).toEqual({exposure: 2});
  });

  test('gives numbers that a style allows, whatever is in sight', () => {
    expect(fitScale(Float32Array.of(0.06), defaultStyle, facts)).toEqual({top: 0.1});
    expect(fitScale(Float32Array.of(1e7), defaultStyle, facts)).toEqual({top: 100_000});
    expect(fitScale(Float32Array.of(0.06), {...defaultStyle, curve: 'rank'}, facts)).toEqual({exposure: 10});
  });

  test('has nothing to fit where nothing is lit', () => {
    expect(fitScale(new Float32Array(9), defaultStyle, facts)).toBeUndefined();
    expect(fitScale(new Float32Array(9).fill(0.04), {...defaultStyle, curve: 'rank'}, facts)).toBeUndefined();
  });
});

describe('automaticTop', () => {
  test('gives as a number the picture that auto gives', () => {
    for (const [exposure, zoom] of [
      [1, 0],
      [2.5, 1.3],
    ]) {
      const style = {...defaultStyle, exposure};
      const top = automaticTop(style, {...facts, zoom});
      const auto = toneScale(style, quantiles, zoom, 1);
      const frozen = toneScale({...style, top}, quantiles, zoom, 1);
      expect(Math.abs(frozen.top / auto.top - 1)).toBeLessThan(1e-3);
    }
  });
});

describe('toneHistogram', () => {
  test('counts lit places by tone, as shares of the fullest bin', () => {
    const scale = toneScale({...defaultStyle, curve: 'linear', top: 100}, quantiles, 0, 1);
    const heats = Float32Array.of(0, 0.01, 10, 10, 20, 60, 99, 100, 5000);
    expect([...(toneHistogram(heats, scale, 4) ?? [])]).toEqual([1, 0, 1 / 3, 1]);
  });

  test('is not there where nothing is lit or all is below the floor', () => {
    const scale = toneScale({...defaultStyle, floor: 10}, quantiles, 0, 1);
    expect(toneHistogram(new Float32Array(5), scale, 4)).toBeUndefined();
    expect(toneHistogram(Float32Array.of(1, 2, 5), scale, 4)).toBeUndefined();
  });
});
