import {describe, expect, test} from 'vitest';
import {TileCache} from '../../raster-fallback/tile-cache.ts';

describe('TileCache', () => {
  const sizeOf = (value: string) => value.length;

  test('loads once what is asked for twice, also while it is loading', async () => {
    const cache = new TileCache<string>(100);
    let loads = 0;
    const load = async () => {
      loads++;
      return 'tile';
    };
    expect(await Promise.all([cache.get(1, load, sizeOf), cache.get(1, load, sizeOf)])).toEqual(['tile', 'tile']);
    await cache.get(1, load, sizeOf);
    expect(loads).toBe(1);
  });

  test('pushes out what was used longest ago when there are too many bytes', async () => {
    const cache = new TileCache<string>(10);
    const loaded: number[] = [];
    const ask = (key: number) =>
      cache.get(
        key,
        async () => {
          loaded.push(key);
          return 'four';
        },
        sizeOf,
      );
    for (const key of [1, 2, 1, 3, 1, 2]) await ask(key);
    expect(loaded).toEqual([1, 2, 3, 2]);
    expect(cache.size).toBe(8);
  });

  test('forgets a load that failed', async () => {
    const cache = new TileCache<string>(10);
    await expect(cache.get(1, () => Promise.reject(new Error('no disk')), sizeOf)).rejects.toThrow('no disk');
    expect(await cache.get(1, async () => 'tile', sizeOf)).toBe('tile');
  });

  test('does not keep what is larger than all of it', async () => {
    const cache = new TileCache<string>(3);
    expect(await cache.get(1, async () => 'tile', sizeOf)).toBe('tile');
    expect(cache.size).toBe(0);
  });
});
