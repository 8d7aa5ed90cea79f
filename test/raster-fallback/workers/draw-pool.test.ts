import {afterAll, expect, test} from 'vitest';
import {defaultStyle} from '../../../core/style.ts';
import {type HeatArchive, openArchive} from '../../../raster-fallback/archive.ts';
import {scalePlan} from '../../../raster-fallback/draw-plan.ts';
import {readView, type StoredView} from '../../../raster-fallback/stored-view.ts';
import {tileView} from '../../../raster-fallback/view.ts';
import {DrawPool} from '../../../raster-fallback/workers/draw-pool.ts';
import {temporaryFolder} from '../../support/files.ts';
import {heatFeature} from '../../support/heat-feature.ts';
import {writeSmallArchive} from '../../support/small-archive.ts';

const folder = temporaryFolder();
const opened: HeatArchive[] = [];
afterAll(() => Promise.all(opened.map((archive) => archive.close())));

/** An archive with a line of activity `id`, and a view of it. */
async function archiveOf(id: number): Promise<{archive: HeatArchive; view: StoredView}> {
  const path = `${folder}/${id}.pmtiles`;
  const lines: [number, number][][] = [
    [
      [0, 100 * id],
      [4096, 4000],
    ],
  ];
  writeSmallArchive(path, [{z: 4, x: 8, y: 7, features: [heatFeature({id, lines})]}], {rows: 3 + id});
  const archive = await openArchive(path);
  opened.push(archive);
  const view = tileView({z: 4, x: 8, y: 7, size: 512, ratio: 1});
  return {archive, view: await readView(archive, view, scalePlan(archive, view, defaultStyle).kernel)};
}

test('a pool draws from more archives than its workers remember, and again from the first', async () => {
  const pool = new DrawPool({workers: 1});
  const all = await Promise.all([1, 2, 3, 4, 5, 6].map(archiveOf));
  const drawAll = () => Promise.all(all.map(({archive, view}, i) => pool.draw(archive, view, `only=${i + 1}`, 'png')));
  const first = await drawAll();
  const again = await drawAll();
  for (const [i, {bytes}] of first.entries()) {
    expect(bytes?.length).toBeGreaterThan(300);
    expect(again[i].bytes).toEqual(bytes);
  }
  expect(new Set(first.map(({bytes}) => Buffer.from(bytes ?? []).toString('base64'))).size).toBe(6);
  await pool.close();
});

test('what shows nothing has no bytes; bare indices are a row of them after each 0', async () => {
  const pool = new DrawPool({workers: 1});
  const {archive, view} = await archiveOf(7);
  expect(await pool.draw(archive, view, 'floor=500', 'png')).toEqual({bytes: undefined});
  const {bytes = new Uint8Array(0)} = await pool.draw(archive, view, '', 'indices');
  expect(bytes.length).toBe(513 * 512);
  for (let row = 0; row < 512; row++) expect(bytes[row * 513]).toBe(0);
  expect(bytes.some((index) => index > 30)).toBe(true);
  await pool.close();
});

test('closing a pool lets its worker draw the two pictures that it has, and rejects the others', async () => {
  const pool = new DrawPool({workers: 1});
  const {archive, view} = await archiveOf(8);
  const drawn = Array.from({length: 10}, () => pool.draw(archive, view, '', 'png'));
  const ends = Promise.allSettled(drawn);
  await pool.close();
  const statuses = (await ends).map(({status}) => status);
  expect(statuses).toEqual(['fulfilled', 'fulfilled', ...Array(8).fill('rejected')]);
  await expect(pool.draw(archive, view, '', 'png')).rejects.toThrow('after close');
});
