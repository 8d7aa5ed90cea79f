import {WebMercatorViewport} from '@deck.gl/core';
import {expect, test} from 'vitest';
import {MixedTileset} from '../../../client/tiles/mixed-tileset.ts';
import type {SharedTile} from '../../../client/tiles/share-tiles.ts';
import {defaultStyle} from '../../../core/style.ts';

/** A tileset over the whole world whose tiles come at once, or when they are let come. */
function tileset(line = defaultStyle) {
  const waiting = new Map<string, {come(): void; signal: AbortSignal}>();
  const state = {holds: false};
  const tiles = new MixedTileset({
    getTileData: ({index: {x, y, z}, signal}) =>
      new Promise((resolve, reject) => {
        const come = () => resolve({byteLength: 1});
        if (!state.holds || !signal) return come();
        waiting.set(`${z}/${x}/${y}`, {come, signal});
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
    extent: [-180, -85, 180, 85],
    minZoom: 0,
    maxZoom: 15,
    maxRequests: 24,
    maxCacheByteSize: 1e9,
    ...{line, ratio: 1},
  });
  return {tiles, waiting, state};
}

const view = (zoom: number, longitude = 8.5, pitch = 0) =>
  new WebMercatorViewport({width: 800, height: 600, longitude, latitude: 48.2, zoom, pitch});

/** Updates until everything that may come has come. */
async function settled(tiles: MixedTileset, viewport: WebMercatorViewport): Promise<void> {
  for (let i = 0; i < 50; i++) {
    tiles.update(viewport);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** Shares of what is drawn, by `z/x/y`. */
function drawn(tiles: MixedTileset): Map<string, number | undefined> {
  const shown = (tiles.tiles as SharedTile[]).filter(({isVisible}) => isVisible);
  return new Map(shown.map(({index: {x, y, z}, share}) => [`${z}/${x}/${y}`, share]));
}

const zoomsOf = (tiles: MixedTileset) =>
  [...new Set([...drawn(tiles)].map(([name, share]) => `${name.split('/')[0]}: ${share}`))].sort();

test('a tilted view of wide lines asks for few tiles more than one of thin lines', async () => {
  const asked = async (width: number) => {
    const {tiles} = tileset({...defaultStyle, width});
    tiles.update(view(14, 8.5, 60));
    return tiles.tiles.length;
  };
  const [thin, wide] = [await asked(1.2), await asked(12)];
  expect(thin).toBeGreaterThan(8);
  expect(wide).toBeLessThan(thin * 2);
});

test.each([0, 50])('a view between two zooms has both of them, at pitch %i', async (pitch) => {
  const {tiles} = tileset();
  await settled(tiles, view(10.25, 8.5, pitch));
  expect(tiles.isLoaded).toBe(true);
  expect(zoomsOf(tiles)).toEqual(['10: 0.75', '11: 0.25']);
  const coarse = [...drawn(tiles)].filter(([name]) => name.startsWith('10/'));
  expect(drawn(tiles).size).toBe(5 * coarse.length);
  await settled(tiles, view(11, 8.5, pitch));
  expect(zoomsOf(tiles)).toEqual(['11: 1']);
});

test('a pan changes no share of a tile that stays in view, however late the new ones are', async () => {
  const {tiles, waiting, state} = tileset();
  await settled(tiles, view(5));
  await settled(tiles, view(11.75));
  state.holds = true;
  const before = drawn(tiles);
  let changes = 0;
  for (let i = 1; i <= 40; i++) {
    await settled(tiles, view(11.75, 8.5 + i * 0.004));
    for (const [name, share] of drawn(tiles)) if (before.has(name) && before.get(name) !== share) changes++;
    if (i % 10 === 0) for (const {come} of waiting.values()) come();
  }
  expect(waiting.size).toBeGreaterThan(5);
  expect(changes).toBe(0);
});

test('requests for what is out of view are let go, and made again when it comes back', async () => {
  const {tiles, waiting, state} = tileset();
  state.holds = true;
  await settled(tiles, view(10));
  const asked = [...waiting];
  expect(asked.length).toBeGreaterThan(3);
  await settled(tiles, view(10, 60));
  expect(asked.every(([, {signal}]) => signal.aborted)).toBe(true);
  state.holds = false;
  await settled(tiles, view(10));
  expect(tiles.isLoaded).toBe(true);
  expect([...drawn(tiles).keys()].sort()).toEqual(asked.map(([name]) => name).sort());
});
