import {describe, expect, test} from 'vitest';
import {encodeNumbers} from '../../builder/numbers.ts';
import {addHistogram, beyondHistogram, emptyHistograms, quantiles, sampleTiles} from '../../builder/quantiles.ts';
import {decodeHeatTile, encodeHeatTile} from '../../core/heat-tile.ts';
import {quantileFloor, quantileProbabilities, quantileZooms} from '../../core/metadata.ts';
import {gridExtent} from '../../core/schema.ts';
import {heatFeature} from '../support/heat-feature.ts';
import {seededRandom} from '../support/tracks.ts';

const maxZoom = 15;

/** Tiles with few segments, and some with very many. */
function unevenTiles(count: number) {
  const random = seededRandom(15);
  return Array.from({length: count}, (_, i) => ({tile: 1000 + 3 * i, segments: Math.ceil(20 / (random() + 0.001))}));
}

/** Histograms with the same number of pixels in bins `from` to `to` of each of some zooms. */
function flat(zooms: number[], from: number, to: number): Float64Array {
  const histograms = emptyHistograms();
  for (const zoom of zooms) {
    const counts = Array.from({length: to - from}, () => [0, 100]);
    counts[0][0] = from;
    addHistogram(histograms, zoom, encodeNumbers(counts.flat()));
  }
  return histograms;
}

const deep = [15, 16, 17, 18, 19, 20, 21];

describe('sampleTiles', () => {
  test('takes all tiles where there are few', () => {
    const tiles = unevenTiles(150);
    expect(sampleTiles(tiles)).toEqual(tiles.map((each) => ({each, weight: 1})));
  });

  test('takes about 200 of many, whose weighted segments stand for all', () => {
    const tiles = unevenTiles(7000);
    const sample = sampleTiles(tiles);
    expect(sample.length).toBeGreaterThan(140);
    expect(sample.length).toBeLessThan(240);
    const all = tiles.reduce((sum, {segments}) => sum + segments, 0);
    const stand = sample.reduce((sum, {each, weight}) => sum + each.segments * weight, 0);
    expect(Math.abs(stand / all - 1)).toBeLessThan(0.1);
    // Not only the busiest ones.
    expect(Math.min(...sample.map(({each}) => each.segments))).toBeLessThan(all / tiles.length);
  });

  test('stays nearly the same when an activity is added', () => {
    const before = unevenTiles(7000);
    const after = before.map((each, i) => (i % 700 === 0 ? {...each, segments: each.segments + 50} : each));
    const ids = new Set(sampleTiles(before).map(({each}) => each.tile));
    const kept = sampleTiles(after).filter(({each}) => ids.has(each.tile)).length;
    expect(kept).toBeGreaterThan(ids.size * 0.95);
  });
});

describe('beyondHistogram', () => {
  /** A coarse tile with 40 short lines of one activity each, of which one belongs to 50. */
  const features = Array.from({length: 40}, (_, i) => {
    const [x, y] = [100 * (i % 8) + 60, 150 * Math.floor(i / 8) + 60];
    return heatFeature({
      id: i + 1,
      n: i === 17 ? 50 : 1,
      lines: [
        [
          [x, y],
          [x + 20, y],
        ],
      ],
    });
  });
  const tile = decodeHeatTile(encodeHeatTile(features, gridExtent));

  test('finds the one busy street of a coarse tile at all zooms beyond it', () => {
    const histograms = emptyHistograms();
    addHistogram(histograms, 8, beyondHistogram(8, 70_000, tile));
    const table = quantiles(histograms, histograms, 8);
    for (let zoom = 9; zoom < quantileZooms; zoom++) expect(table[zoom].at(-1)).toBeGreaterThan(40);
  });
});

describe('quantiles', () => {
  test('are those of the histograms up to maxZoom', () => {
    const table = quantiles(flat([3, maxZoom], 10, 20), flat(deep, 10, 20), maxZoom);
    expect(table).toHaveLength(quantileZooms);
    expect(table[3]).toEqual(table[maxZoom]);
    expect(table[3][0]).toBe(quantileFloor);
    expect(table[3][10]).toBeCloseTo(quantileFloor * 1.25 ** 14, 3);
    expect(table[3].at(-1)).toBeCloseTo(quantileFloor * 1.25 ** 20, 3);
  });

  test('beyond maxZoom are corrected by what the sample says of maxZoom', () => {
    // The sample finds all heats four bins too hot, and half as hot a zoom on (1.25 ** 3.1).
    const beyond = flat(deep, 14, 24);
    const shifted = flat([16], 11, 21);
    for (let bin = 0; bin < 64; bin++) beyond[16 * 64 + bin] = shifted[16 * 64 + bin];
    const table = quantiles(flat([maxZoom], 10, 20), beyond, maxZoom);
    for (const i of [1, 10, 24, 32]) {
      expect(table[16][i] / table[15][i]).toBeCloseTo(1.25 ** -3, 3);
      expect(table[17][i] / table[15][i]).toBeCloseTo(1, 3);
    }
  });

  test('never fall from one probability to the next, nor below what counts as lit', () => {
    const known = flat([maxZoom], 2, 3);
    const table = quantiles(known, flat(deep, 0, 40), maxZoom);
    for (const heats of table) {
      expect(heats).toHaveLength(quantileProbabilities.length);
      heats.forEach((heat, i) => {
        expect(heat).toBeGreaterThanOrEqual(i === 0 ? quantileFloor : heats[i - 1]);
      });
    }
  });

  test('of an empty archive are the least heat that counts', () => {
    const table = quantiles(emptyHistograms(), emptyHistograms(), maxZoom);
    expect(new Set(table.flat())).toEqual(new Set([quantileFloor]));
  });
});
