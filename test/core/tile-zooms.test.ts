import {describe, expect, test} from 'vitest';
import {tileZooms} from '../../core/tile-zooms.ts';

describe('tileZooms(zoom, minZoom, maxZoom)', () => {
  test('gives one zoom at a whole one, and beyond those of the archive', () => {
    expect(tileZooms(11, 0, 15)).toEqual([{z: 11, share: 1}]);
    expect(tileZooms(-1.5, 0, 15)).toEqual([{z: 0, share: 1}]);
    expect(tileZooms(2.5, 4, 15)).toEqual([{z: 4, share: 1}]);
    expect(tileZooms(17.3, 0, 15)).toEqual([{z: 15, share: 1}]);
  });

  test('mixes the two zooms around a fractional one by nearness', () => {
    expect(tileZooms(11.25, 0, 15)).toEqual([
      {z: 11, share: 0.75},
      {z: 12, share: 0.25},
    ]);
    expect(tileZooms(14.75, 0, 15)).toEqual([
      {z: 14, share: 0.25},
      {z: 15, share: 0.75},
    ]);
  });

  test('takes what is less than a hundredth of a zoom away as the whole zoom', () => {
    expect(tileZooms(11.995, 0, 15)).toEqual([{z: 12, share: 1}]);
    expect(tileZooms(12.005, 0, 15)).toEqual([{z: 12, share: 1}]);
  });

  test('has shares that add up to 1 and that no step of 0.01 changes by more than 0.02', () => {
    const shareOf = (zoom: number, z: number) => tileZooms(zoom, 0, 15).find((each) => each.z === z)?.share ?? 0;
    for (let i = 0; i < 1600; i++) {
      const zooms = [i / 100, (i + 1) / 100];
      const shares = tileZooms(zooms[0], 0, 15).map(({share}) => share);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(1);
      for (let z = 0; z <= 15; z++) {
        expect(Math.abs(shareOf(zooms[1], z) - shareOf(zooms[0], z))).toBeLessThanOrEqual(0.02);
      }
    }
  });
});
