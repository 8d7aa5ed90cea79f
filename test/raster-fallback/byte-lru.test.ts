import {describe, expect, test} from 'vitest';
import {ByteLru} from '../../raster-fallback/byte-lru.ts';

describe('ByteLru', () => {
  test('drops what was used longest ago when the bytes are more than the room', () => {
    const kept = new ByteLru<string>(100);
    kept.set('a', 'A', 40);
    kept.set('b', 'B', 40);
    expect(kept.get('a')).toBe('A');
    kept.set('c', 'C', 40);
    expect(['a', 'b', 'c'].map((key) => kept.get(key))).toEqual(['A', undefined, 'C']);
    expect(kept.size).toBe(80);
  });

  test('counts a key that is set again once, and keeps nothing that is larger than the room', () => {
    const kept = new ByteLru<string>(100);
    kept.set('a', 'A', 40);
    kept.set('a', 'B', 60);
    expect([kept.get('a'), kept.size]).toEqual(['B', 60]);
    kept.set('b', 'C', 101);
    expect([kept.get('a'), kept.get('b'), kept.size]).toEqual([undefined, undefined, 0]);
  });
});
