import {describe, expect, test} from 'vitest';
import {accumulate} from '../../../core/heat/accumulate.ts';
import {accumulateTile} from '../../../core/heat/accumulate-tile.ts';
import {createHeatCanvas} from '../../../core/heat/canvas.ts';
import {heatKernel} from '../../../core/heat/kernel.ts';
import {segmentBoxes} from '../../../core/heat/segment-boxes.ts';
import {spreadHeat} from '../../../core/heat/spread.ts';
import {decodeHeatTile, encodeHeatTile} from '../../../core/heat-tile.ts';
import {heatFeature} from '../../support/heat-feature.ts';
import {seededRandom} from '../../support/tracks.ts';

const kernel = heatKernel({width: 1.2, blur: 0, glow: 0}, 1);

/** A tile of walks all over it; feature i has n = i + 1. */
function crowdedTile(features: number, steps: number) {
  const random = seededRandom(21);
  const walks = Array.from({length: features}, (_, i) => {
    let [x, y] = [random() * 4096, random() * 4096];
    const line = Array.from({length: steps}, (): [number, number] => {
      x = Math.max(0, Math.min(4096, x + (random() - 0.5) * 300));
      y = Math.max(0, Math.min(4096, y + (random() - 0.5) * 300));
      return [Math.round(x), Math.round(y)];
    });
    return heatFeature({id: i, n: i + 1, lines: [line]});
  });
  const tile = decodeHeatTile(encodeHeatTile(walks, 4096));
  return {...tile, boxes: segmentBoxes(tile.segments)};
}

describe('accumulateTile', () => {
  const tile = crowdedTile(30, 45);
  const place = {left: -900, top: -300, side: 2048};
  const weightOf = (feature: number) => (feature % 3 === 1 ? 0 : tile.features.n[feature]);

  test('adds what its features add one by one, weighted', () => {
    const canvas = createHeatCanvas(256, 256, kernel);
    accumulateTile(canvas, tile, place, weightOf);
    const heat = spreadHeat(canvas, kernel).slice();
    const {start, count} = tile.features;
    for (let f = 0; f < count; f++) {
      const {left, top, side} = place;
      accumulate(canvas, tile.segments, start[f], start[f + 1], side / tile.extent, left, top, weightOf(f));
    }
    expect(Math.max(...heat)).toBeGreaterThan(1);
    expect(spreadHeat(canvas, kernel)).toEqual(heat);
  });

  test('adds nothing where all weights are 0, or where the tile is elsewhere', () => {
    const canvas = createHeatCanvas(256, 256, kernel);
    accumulateTile(canvas, tile, place, () => 0);
    accumulateTile(canvas, tile, {...place, left: 300}, () => 1);
    expect(canvas.patches.includes(1)).toBe(false);
  });
});

describe('segmentBoxes', () => {
  test('bound every 64 segments', () => {
    const {segments, boxes} = tile65();
    expect([...boxes]).toEqual([0, 7, 64, 8, 64, -5, 65, 8]);
    expect(segments).toHaveLength(65 * 4);
  });
});

/** 64 segments along y = 7 and 8, and one on its own. */
function tile65() {
  const segments = new Int16Array(65 * 4);
  for (let i = 0; i < 64; i++) segments.set([i, 7, i + 1, 8], i * 4);
  segments.set([64, 8, 65, -5], 64 * 4);
  return {segments, boxes: segmentBoxes(segments)};
}
