import {WebMercatorViewport} from '@deck.gl/core';
import {expect, test} from 'vitest';
import {readAhead} from '../../../client/tiles/read-ahead.ts';
import type {TileSource} from '../../../client/tiles/tile-source.ts';
import {tilesInView} from '../../../client/tiles/tiles-in-view.ts';

const viewport = new WebMercatorViewport({longitude: 8.5, latitude: 48.2, zoom: 10, width: 800, height: 600});

/** A source without tiles that remembers what it was asked for. */
function askedSource(fails: (asked: number) => boolean = () => false): TileSource & {asked: string[]} {
  const asked: string[] = [];
  return {
    asked,
    minZoom: 0,
    maxZoom: 15,
    bounds: [-180, -85, 180, 85],
    async readTile(z, x, y) {
      asked.push(`${z}/${x}/${y}`);
      if (fails(asked.length)) throw new Error('no network');
      return null;
    },
  };
}

test('tilesInView are those of a zoom, or of the nearest that there is, each once', () => {
  const zooms = (zoom: number) => {
    const tiles = tilesInView(askedSource(), viewport, zoom);
    expect(new Set(tiles.map(({x, y, z}) => `${z}/${x}/${y}`)).size).toBe(tiles.length);
    return [...new Set(tiles.map(({z}) => z))];
  };
  expect(zooms(10)).toEqual([10]);
  expect(zooms(12)).toEqual([12]);
  expect(zooms(18)).toEqual([15]);
});

test('readAhead asks for the coarser tiles of a view between two zooms', () => {
  const {width, height, longitude, latitude} = viewport;
  const source = askedSource();
  readAhead(source, new WebMercatorViewport({width, height, longitude, latitude, zoom: 10.6}));
  expect(new Set(source.asked.map((tile) => tile.split('/')[0]))).toEqual(new Set(['10']));
});

test('readAhead asks for all tiles of the first view at once, and for none of them again', async () => {
  const source = askedSource();
  const ahead = readAhead(source, viewport);
  const first = [...source.asked];
  expect(first.length).toBeGreaterThan(3);
  for (const {x, y, z} of tilesInView(source, viewport, 10)) await ahead.readTile(z, x, y);
  expect(source.asked).toEqual(first);
});

test('readAhead reads other tiles, and those that are asked for again, from the source', async () => {
  const source = askedSource();
  const ahead = readAhead(source, viewport);
  const before = source.asked.length;
  const [{x, y, z}] = tilesInView(source, viewport, 10);
  await ahead.readTile(z, x, y);
  await ahead.readTile(z, x, y);
  await ahead.readTile(3, 4, 2);
  expect(source.asked.slice(before)).toEqual([`${z}/${x}/${y}`, '3/4/2']);
});

test('readAhead reads a tile again that could not be read', async () => {
  let isDown = true;
  const source = askedSource(() => isDown);
  const ahead = readAhead(source, viewport);
  const [{x, y, z}] = tilesInView(source, viewport, 10);
  await new Promise((resolve) => setTimeout(resolve, 0));
  isDown = false;
  expect(await ahead.readTile(z, x, y)).toBeNull();
});
