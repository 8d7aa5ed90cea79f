import {VectorTile} from '@mapbox/vector-tile';
import {PbfReader} from 'pbf';
import {describe, expect, test} from 'vitest';
import {decodeHeatTile, encodeHeatTile, type HeatFeature} from '../../core/heat-tile.ts';
import {heatFeature} from '../support/heat-feature.ts';

const features: HeatFeature[] = [
  heatFeature({
    id: 7,
    sport: 'run',
    from: 19_000,
    lines: [
      [
        [1, 1],
        [512, 1],
        [1024, 300],
      ],
      [
        [5, 5],
        [5, 900],
      ],
    ],
  }),
  heatFeature({
    id: 7,
    sport: 'run',
    from: 19_000,
    again: true,
    lines: [
      [
        [0, 10],
        [20, 10],
      ],
    ],
  }),
  heatFeature({
    id: 2 ** 31 + 65_536 + 2024,
    n: 12,
    sport: 'ride',
    from: -400,
    to: 20_000,
    lines: [
      [
        [1000, 1000],
        [3, 2],
      ],
    ],
  }),
  heatFeature({
    id: 9_000_000,
    sport: 'hike',
    lines: [
      [
        [8, 8],
        [9, 8],
      ],
    ],
  }),
];

describe('encodeHeatTile', () => {
  test('writes a tile that @mapbox/vector-tile reads: ids, tags and lines', () => {
    const layer = new VectorTile(new PbfReader(encodeHeatTile(features, 1024))).layers.heat;
    expect(layer.extent).toBe(1024);
    expect(layer.version).toBe(2);
    const read = Array.from({length: layer.length}, (_, i) => layer.feature(i));
    expect(read.map((feature) => feature.id)).toEqual([7, 7, 2 ** 31 + 65_536 + 2024, 9_000_000]);
    expect(read.map((feature) => feature.type)).toEqual([2, 2, 2, 2]);
    expect(read.map((feature) => feature.properties)).toEqual([
      {n: 1, sport: 'run', from: 19_000, to: 19_000},
      {n: 1, sport: 'run', from: 19_000, to: 19_000, again: 1},
      {n: 12, sport: 'ride', from: -400, to: 20_000},
      {n: 1, sport: 'hike'},
    ]);
    expect(read[0].loadGeometry().map((line) => line.map(({x, y}) => [x, y]))).toEqual([
      [
        [1, 1],
        [512, 1],
        [1024, 300],
      ],
      [
        [5, 5],
        [5, 900],
      ],
    ]);
  });

  test('gives equal bytes for equal features', () => {
    expect(encodeHeatTile(features, 1024)).toEqual(encodeHeatTile(structuredClone(features), 1024));
  });
});

describe('decodeHeatTile', () => {
  test('undoes encodeHeatTile: segments in feature order, rows, n and passes', () => {
    const tile = decodeHeatTile(encodeHeatTile(features, 1024));
    expect(tile.extent).toBe(1024);
    expect([...tile.features.id]).toEqual(features.map((feature) => feature.id));
    expect([...tile.features.n]).toEqual([1, 1, 12, 1]);
    expect([...tile.features.again]).toEqual([0, 1, 0, 0]);
    expect([...tile.features.start]).toEqual([0, 3, 4, 5, 6]);
    expect([...tile.segments]).toEqual([
      1, 1, 512, 1, 512, 1, 1024, 300, 5, 5, 5, 900, 0, 10, 20, 10, 1000, 1000, 3, 2, 8, 8, 9, 8,
    ]);
  });

  test('reads lines of thousands of vertices and deltas of any size', () => {
    let seed = 1;
    const random = () => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed % 4097;
    };
    const line = Array.from({length: 5000}, () => [random(), random()] as [number, number]);
    const {segments} = decodeHeatTile(encodeHeatTile([heatFeature({id: 1, lines: [line]})], 4096));
    expect(segments.length).toBe(4999 * 4);
    expect([...segments.slice(-4)]).toEqual([...line[4998], ...line[4999]]);
  });

  test('gives no feature for a tile without the layer heat, and skips other layers', () => {
    expect(decodeHeatTile(new Uint8Array(0)).features.count).toBe(0);
    const other = Uint8Array.from([0x1a, 4, 0x0a, 2, 0x68, 0x69]);
    const both = Uint8Array.from([...other, ...encodeHeatTile(features, 1024)]);
    expect(decodeHeatTile(other).features.count).toBe(0);
    expect(decodeHeatTile(both).features.count).toBe(4);
  });

  test('throws on bytes that are no tile', () => {
    expect(() => decodeHeatTile(Uint8Array.from([0x1a, 100, 1, 2, 3]))).toThrow('a layer ends at byte 102');
  });
});
