import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {gunzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {ArchiveReader} from '../../builder/archive-reader.ts';
import {ArchiveState} from '../../builder/archive-state.ts';
import {archivePath, build} from '../../builder/build.ts';
import {rungName} from '../../builder/reduce-tile.ts';
import {verify} from '../../builder/verify.ts';
import {accumulateTile} from '../../core/heat/accumulate-tile.ts';
import {createHeatCanvas} from '../../core/heat/canvas.ts';
import {heatKernel} from '../../core/heat/kernel.ts';
import {segmentBoxes} from '../../core/heat/segment-boxes.ts';
import {spreadHeat} from '../../core/heat/spread.ts';
import {decodeHeatTile} from '../../core/heat-tile.ts';
import {tileOfId} from '../../core/tile-id.ts';
import {temporaryFolder, writeGpx} from '../support/files.ts';
import {along, morning, noisy, seededRandom, track} from '../support/tracks.ts';

const folder = temporaryFolder();
const maxZoom = 12;
const day = 86_400_000;
const kernel = heatKernel({width: 3, blur: 0, glow: 0}, 1);

/** Sum of the heat of a tile, 512 × 512 px at σ = 3 px; repeated passes weigh nothing, as on the map. */
function heatOf(packed: Uint8Array): number {
  const canvas = createHeatCanvas(512, 512, kernel);
  const tile = decodeHeatTile(gunzipSync(packed));
  accumulateTile(canvas, {...tile, boxes: segmentBoxes(tile.segments)}, {left: 0, top: 0, side: 512}, (f) =>
    tile.features.again[f] ? 0 : tile.features.n[f],
  );
  return spreadHeat(canvas, kernel).reduce((sum, each) => sum + each, 0);
}

/** Heat of each tile of the archive, and the rung that it stands on. */
function tilesOf(data: string): Map<number, {heat: number; rung: string | undefined}> {
  const state = new ArchiveState(data);
  const rungs = new Map(state.tiles().map(({tile, rung}) => [tile, rung]));
  state.close();
  const reader = new ArchiveReader(archivePath(data));
  const tiles = new Map<number, {heat: number; rung: string | undefined}>();
  for (const entry of reader.entries) {
    const heat = heatOf(reader.tileBytes(entry));
    for (let tile = entry.tileId; tile < entry.tileId + entry.runLength; tile++) {
      const [zoom] = tileOfId(tile);
      const rung = rungs.get(tile) ?? 0;
      const name = `${zoom === maxZoom ? 'at' : 'below'} maxZoom: ${rung > 0 && rungName(rung, zoom, maxZoom)}`;
      tiles.set(tile, {heat, rung: rung > 0 ? name : undefined});
    }
  }
  reader.close();
  return tiles;
}

/**
 * A library of 60 activities on a few winding roads between 16 crossings, so that all of them cross and share ways; every fourth is of
 * another sport where there are two, and they begin so many days apart. Its archive is whole.
 */
async function crossingRides(name: string, days: number, sports: number): Promise<string> {
  const activities = path.join(folder, `${name}-activities`);
  mkdirSync(activities);
  const random = seededRandom(4);
  const crossing = () => Math.floor(random() * 4) * 3000;
  for (let i = 0; i < 60; i++) {
    const corners: [number, number][] = [[crossing(), crossing()]];
    for (let k = 0; k < 14; k++) {
      const [x, y] = corners[corners.length - 1];
      corners.push(k % 2 ? [crossing(), y] : [x, crossing()]);
    }
    const roads = along(corners, 30).map(([x, y]): [number, number] => [
      x + 90 * Math.sin(y / 130),
      y + 90 * Math.sin(x / 110),
    ]);
    const type = i % 4 === 0 && sports === 2 ? 'running' : 'cycling';
    writeGpx(activities, `${i}.gpx`, [track(noisy(roads, 2, random), {start: morning + i * days * day})], {type});
  }
  const data = path.join(folder, name);
  await build([activities], {data, maxZoom, budget: 1e9});
  return data;
}

describe('archives whose tiles are nearly all over budget', () => {
  const used = new Map<string, number>();

  test.each([
    ['of two sports in three years', 12, 2],
    ['of one sport in three years', 12, 1],
    ['of one year', 3, 2],
  ])(
    'have the heat of the whole one, 3 % in all and 5 % in each tile: %s',
    async (name, days, sports) => {
      const data = await crossingRides(name, days, sports);
      const whole = tilesOf(data);
      expect([...whole.values()].every(({rung}) => rung === undefined)).toBe(true);
      const sum = (tiles: typeof whole) => [...tiles.values()].reduce((all, {heat}) => all + heat, 0);
      for (const budget of [20_000, 6000, 3000, 2000, 1000]) {
        await build([], {data, maxZoom, budget});
        const reduced = tilesOf(data);
        expect([...reduced.keys()]).toEqual([...whole.keys()]);
        for (const [tile, {heat, rung}] of reduced) {
          const change = heat / (whole.get(tile)?.heat ?? 0) - 1;
          expect(Math.abs(change), `${budget} bytes, ${tileOfId(tile).join('/')}, ${rung}`).toBeLessThan(0.05);
          if (rung) used.set(rung, (used.get(rung) ?? 0) + 1);
        }
        expect(Math.abs(sum(reduced) / sum(whole) - 1), `${budget} bytes`).toBeLessThan(0.03);
        expect(verify(archivePath(data), data)).toMatchObject({faults: [], compared: true});
      }
    },
    180_000,
  );

  test('stand on nearly all rungs', () => {
    expect(used.size, [...used.keys()].join('; ')).toBeGreaterThan(11);
    for (const where of ['at', 'below']) {
      const names = [...used.keys()].filter((name) => name.startsWith(where));
      for (const what of ['tolerance', 'cells', 'grouped by sport', 'grouped']) {
        expect(
          names.some((name) => name.includes(what)),
          `${where} maxZoom, ${what}`,
        ).toBe(true);
      }
    }
  });
});
