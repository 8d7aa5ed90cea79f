import {VectorTile} from '@mapbox/vector-tile';
import {PbfReader} from 'pbf';
import {describe, expect, test} from 'vitest';
import {packTile} from '../../builder/pack-tile.ts';
import {reduceTile, rungName} from '../../builder/reduce-tile.ts';
import {groupRow} from '../../core/group-row.ts';
import {accumulateTile} from '../../core/heat/accumulate-tile.ts';
import {createHeatCanvas} from '../../core/heat/canvas.ts';
import {heatKernel} from '../../core/heat/kernel.ts';
import {segmentBoxes} from '../../core/heat/segment-boxes.ts';
import {spreadHeat} from '../../core/heat/spread.ts';
import {decodeHeatTile, encodeHeatTile, type HeatFeature} from '../../core/heat-tile.ts';
import {heatFeature} from '../support/heat-feature.ts';
import {seededRandom} from '../support/tracks.ts';

const random = seededRandom(11);

/** A street as activities use it: the same way with a little noise each, from border to border. */
function street(id: number, extent: number, bend: number): HeatFeature {
  const line: [number, number][] = [];
  const unit = extent / 1024;
  for (let i = 0; i <= 30; i++) {
    const x = Math.round((i / 30) * extent);
    const y = (512 + bend * Math.sin(i / 4.5) * 8 + (random() - 0.5) * 8) * unit;
    // Below maxZoom vertices are cell centres, which are odd, but on the border.
    const odd = extent === 1024 && x % extent !== 0;
    line.push(odd ? [x | 1, Math.floor(y) | 1] : [x, Math.round(y)]);
  }
  const sport = id % 3 === 0 ? 'run' : 'ride';
  return heatFeature({id, sport, from: 19_000 + (id % 700), lines: [line]});
}

function crowd(extent: number): HeatFeature[] {
  return Array.from({length: 1000}, (_, i) => street(i + 1, extent, (i % 3) * 8));
}

/** Heat of a tile on 512 × 512 px at σ = 3 px. */
function heatOf(encoded: Uint8Array): Float32Array {
  const kernel = heatKernel({width: 3, blur: 0, glow: 0}, 1);
  const canvas = createHeatCanvas(512, 512, kernel);
  const tile = decodeHeatTile(encoded);
  const boxes = segmentBoxes(tile.segments);
  accumulateTile(canvas, {...tile, boxes}, {left: 0, top: 0, side: 512}, (f) => tile.features.n[f]);
  return spreadHeat(canvas, kernel);
}

function total(heat: Float32Array): number {
  return heat.reduce((sum, each) => sum + each, 0);
}

/** Share of the whole tile's heat by which another differs, pixel by pixel. */
function difference(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, each, i) => sum + Math.abs(each - b[i]), 0) / total(a);
}

/** The rungs of a tile that each save something, found by asking for a byte less than the one before. */
function rungsOf(features: HeatFeature[], zoom: number) {
  const extent = zoom === 15 ? 4096 : 1024;
  const whole = encodeHeatTile(features, extent);
  const packed = packTile(whole);
  const found = [reduceTile(whole, packed, features, zoom, 15, packed.length)];
  for (;;) {
    const last = found[found.length - 1];
    const tile = reduceTile(whole, packed, features, zoom, 15, last.bytes.length - 1);
    if (tile.rung === last.rung) return found;
    found.push(tile);
  }
}

describe.each([
  ['below maxZoom', 12, 1024],
  ['at maxZoom', 15, 4096],
])('reduceTile %s', (_, zoom, extent) => {
  const features = crowd(extent);
  const rungs = rungsOf(features, zoom);

  test('leaves a tile within its budget alone', () => {
    expect(rungs[0].rung).toBe(0);
    expect(rungs[0].encoded).toEqual(encodeHeatTile(features, extent));
  });

  test('goes on to the last rung, each smaller than the one before', () => {
    expect(rungs.length).toBeGreaterThan(4);
    const names = rungs.slice(1).map(({rung}) => rungName(rung, zoom, 15));
    expect(names.at(-1)).toMatch(/^grouped(, 256 cells)?$/);
    for (let i = 1; i < rungs.length; i++) expect(rungs[i].bytes.length).toBeLessThan(rungs[i - 1].bytes.length);
  });

  test('keeps the heat after σ = 3 px, and its total, within 5 %', () => {
    const whole = heatOf(rungs[0].encoded);
    for (const {rung, encoded} of rungs.slice(1)) {
      const reduced = heatOf(encoded);
      expect(difference(whole, reduced), rungName(rung, zoom, 15)).toBeLessThan(0.05);
      expect(Math.abs(total(reduced) / total(whole) - 1), rungName(rung, zoom, 15)).toBeLessThan(0.05);
    }
  });

  test('keeps every activity until the group rows, and then counts them in n', () => {
    for (const {rung, encoded} of rungs) {
      const layer = new VectorTile(new PbfReader(encoded)).layers.heat;
      const ids = new Set(Array.from({length: layer.length}, (_, i) => layer.feature(i).id));
      if (rung === 0 || !rungName(rung, zoom, 15).startsWith('grouped')) {
        expect(ids.size, String(rung)).toBe(features.length);
        continue;
      }
      for (const id of ids) expect(id).toBeGreaterThanOrEqual(2 ** 31);
      const most = Math.max(...Array.from({length: layer.length}, (_, i) => Number(layer.feature(i).properties.n)));
      expect(most).toBeGreaterThan(5);
    }
  });

  test('leaves lines at the border where they were', () => {
    for (const {encoded, rung} of rungs) {
      const {segments, extent: now} = decodeHeatTile(encoded);
      const left = [];
      for (let at = 0; at < segments.length; at += 2) if (segments[at] === 0) left.push(segments[at + 1] / now);
      expect(left.length, String(rung)).toBeGreaterThan(0);
      const ways = features.map(
        ({geometry}) => decodeHeatTile(encodeHeatTile([{...features[0], geometry}], extent)).segments,
      );
      for (const y of left)
        expect(Math.min(...ways.map((way) => Math.abs(way[1] / extent - y)))).toBeLessThan(1.01 / now);
    }
  });
});

test.each([
  ['eastern', 12, 1024],
  ['southern', 12, 1024],
  ['eastern', 15, 4096],
  ['southern', 15, 4096],
])('reduceTile: activities along the %s border stay there as group rows, zoom %i', (side, zoom, extent) => {
  const place = (at: number): [number, number] => (side === 'eastern' ? [extent, at] : [at, extent]);
  const features = Array.from({length: 300}, (_, i) => {
    const [from, to] = [0.1 + random() * 0.1, 0.8 + random() * 0.1].map((share) => Math.round(share * extent));
    return heatFeature({id: i + 1, sport: 'ride', from: 19_000 + i, lines: [[place(from), place(to)]]});
  });
  const rungs = rungsOf(features, zoom);
  expect(rungName(rungs[rungs.length - 1].rung, zoom, 15)).toMatch(/^grouped/);
  const [wayOfAll, ...others] = rungs.map(({encoded}) => {
    const {segments, extent, features} = decodeHeatTile(encoded);
    expect(Math.max(...segments)).toBeLessThanOrEqual(extent);
    let way = 0;
    for (let f = 0; f < features.count; f++) {
      for (let at = features.start[f] * 4; at < features.start[f + 1] * 4; at += 4) {
        way += features.n[f] * Math.hypot(segments[at + 2] - segments[at], segments[at + 3] - segments[at + 1]);
      }
    }
    return way / extent;
  });
  for (const way of others) expect(Math.abs(way / wayOfAll - 1)).toBeLessThan(0.02);
});

test('groupRow ids are 2³¹ + sport · 2¹⁶ + year', () => {
  expect(groupRow(1, 2024)).toBe(2_147_483_648 + 65_536 + 2024);
});
