import {afterEach, expect, test, vi} from 'vitest';
import {tileReader} from '../../../client/tiles/tile-reader.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('tileReader says that heat is missing until the last tile that failed is there, or is no longer needed', async () => {
  vi.useFakeTimers();
  const failing = new Set(['0', '1']);
  let said = '';
  const read = tileReader(
    {
      minZoom: 0,
      maxZoom: 4,
      bounds: [-180, -85, 180, 85],
      async readTile(_z, x) {
        if (failing.has(`${x}`)) throw new Error('no network');
        return null;
      },
    },
    {
      set(_topic, sentence) {
        said = sentence;
      },
    },
  );
  const gone = new AbortController();
  const first = read({index: {z: 4, x: 0, y: 0}});
  const second = read({index: {z: 4, x: 1, y: 0}, signal: gone.signal});
  await vi.advanceTimersByTimeAsync(1);
  expect(said).toMatch('no network');
  await read({index: {z: 4, x: 2, y: 0}});
  expect(said).toMatch('no network');
  failing.delete('0');
  await vi.advanceTimersByTimeAsync(5000);
  await first;
  expect(said).toMatch('no network');
  gone.abort();
  await expect(second).rejects.toThrow();
  expect(said).toBe('');
});
