import {createCanvas, loadImage} from '@napi-rs/canvas';
import {afterAll, describe, expect, test} from 'vitest';
import {defaultStyle, type HeatStyle} from '../../core/style.ts';
import {type HeatArchive, openArchive} from '../../raster-fallback/archive.ts';
import {PictureService, type PictureServiceOptions} from '../../raster-fallback/picture-service.ts';
import {transparentPng} from '../../raster-fallback/png.ts';
import type {TileRequest} from '../../raster-fallback/view.ts';
import {QueueFull} from '../../raster-fallback/workers/draw-pool.ts';
import {temporaryFolder} from '../support/files.ts';
import {heatFeature} from '../support/heat-feature.ts';
import {renderTile} from '../support/render-tile.ts';
import {writeSmallArchive} from '../support/small-archive.ts';

const folder = temporaryFolder();
const open: {close(): Promise<void>}[] = [];
afterAll(() => Promise.all(open.map((each) => each.close())));

const line: [number, number][] = [
  [0, 2000],
  [4096, 2100],
];

async function archiveOf(name: string): Promise<HeatArchive> {
  const path = `${folder}/${name}.pmtiles`;
  writeSmallArchive(path, [
    {
      z: 4,
      x: 8,
      y: 7,
      features: [heatFeature({id: 1, lines: [line]}), heatFeature({id: 2, n: 3, lines: [line]})],
    },
  ]);
  const archive = await openArchive(path);
  open.push(archive);
  return archive;
}

function serviceOf(options: Partial<PictureServiceOptions> = {}): PictureService {
  const service = new PictureService({workers: 1, ...options});
  open.push(service);
  return service;
}

/** The nth of many tiles with heat. */
function tile(n: number): TileRequest {
  return {z: 12, x: 8 * 256 + n, y: 7 * 256 + 125, size: 256, ratio: 1};
}

const plain: TileRequest = {z: 4, x: 8, y: 7, size: 512, ratio: 1};

async function pixels(picture: Buffer): Promise<Uint8ClampedArray> {
  const image = await loadImage(picture);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, image.width, image.height).data;
}

describe('PictureService', () => {
  test('draws in a worker what is drawn at home, byte for byte, filters included', async () => {
    const archive = await archiveOf('same');
    const service = serviceOf();
    const styles: Partial<HeatStyle>[] = [{}, {ramp: 'cool', blur: 20}, {only: [2]}, {sport: ['run']}];
    for (const change of styles) {
      const style = {...defaultStyle, ...change};
      const prepared = await service.prepare(archive, plain, style, 'png');
      expect((await service.picture(prepared)).equals(await renderTile(archive, plain, style))).toBe(true);
    }
  });

  test('draws once for all who ask at once, and not again for those who come later', async () => {
    const archive = await archiveOf('shared');
    const service = serviceOf();
    const prepared = await service.prepare(archive, plain, defaultStyle, 'png');
    expect(service.ready(prepared)).toBeUndefined();
    const all = await Promise.all(Array.from({length: 20}, () => service.picture(prepared)));
    expect(service.counts.drawn).toBe(1);
    expect(all.every((picture) => picture === all[0])).toBe(true);
    expect(service.ready(await service.prepare(archive, plain, defaultStyle, 'png'))).toBe(all[0]);
  });

  test('answers a tile without lines without a worker', async () => {
    const archive = await archiveOf('none');
    const service = serviceOf();
    const far = await service.prepare(archive, {...plain, x: 1}, defaultStyle, 'png');
    expect(service.ready(far)).toBe(transparentPng(512, 512));
    const webp = await service.prepare(archive, {...plain, x: 1}, defaultStyle, 'webp');
    expect((await pixels(await service.picture(webp))).every((value) => value === 0)).toBe(true);
    expect(service.counts.drawn).toBe(1);
  });

  test('does not draw what all who asked have given up, and does what one still waits for', async () => {
    const archive = await archiveOf('given-up');
    const service = serviceOf();
    const prepared = await Promise.all(
      Array.from({length: 12}, (_, n) => service.prepare(archive, tile(n), defaultStyle, 'png')),
    );
    const gone = new AbortController();
    const abandoned = prepared.slice(4).map((each) => service.picture(each, gone.signal));
    const wanted = service.picture(prepared[11]);
    gone.abort();
    const ends = await Promise.allSettled(abandoned);
    expect(ends.every(({status}) => status === 'rejected')).toBe(true);
    expect((await wanted).length).toBeGreaterThan(100);
    // Two had been given to the worker at once; the third is the one that is wanted.
    expect(service.counts).toMatchObject({drawn: 3, abandoned: 5});
    // What was given up can be asked for again.
    expect((await service.picture(prepared[8])).length).toBeGreaterThan(100);
  });

  test('refuses when too many wait', async () => {
    const archive = await archiveOf('full');
    const service = serviceOf({queue: 3});
    const prepared = await Promise.all(
      Array.from({length: 8}, (_, n) => service.prepare(archive, tile(n), defaultStyle, 'png')),
    );
    const ends = await Promise.allSettled(prepared.map((each) => service.picture(each)));
    const refused = ends.filter((end) => end.status === 'rejected');
    // Two are being drawn, three wait.
    expect(refused.length).toBe(3);
    expect(refused.every(({reason}) => reason instanceof QueueFull)).toBe(true);
    expect((await service.picture(prepared[7])).length).toBeGreaterThan(100);
  });

  test('keeps finished pictures within its room', async () => {
    const archive = await archiveOf('room');
    const service = serviceOf({picturesBytes: 5000});
    const prepared = await Promise.all([0, 1, 2].map((n) => service.prepare(archive, tile(n), defaultStyle, 'png')));
    for (const each of prepared) await service.picture(each);
    expect(service.ready(prepared[0])).toBeUndefined();
    expect(service.ready(prepared[2])).toBeInstanceOf(Buffer);
  });

  test('a picture that fails rejects, and the next one is drawn', async () => {
    const archive = await archiveOf('broken');
    const service = serviceOf();
    const good = await service.prepare(archive, plain, defaultStyle, 'png');
    const {stored, ...rest} = await service.prepare(archive, {...plain, size: 256}, defaultStyle, 'png');
    const broken = {
      ...stored,
      tiles: [{...stored.tiles[0], stored: {name: 'tile 4/8/7', bytes: new Uint8Array(40), hash: 'x'}}],
    };
    await expect(service.picture({...rest, stored: broken})).rejects.toThrow(/^tile 4\/8\/7: .*header/);
    expect((await service.picture(good)).length).toBeGreaterThan(100);
  });

  test('gives WebP that shows what the PNG shows', async () => {
    const archive = await archiveOf('webp');
    const service = serviceOf();
    const [png, webp] = await Promise.all(
      (['png', 'webp'] as const).map(async (format) =>
        service.picture(await service.prepare(archive, plain, defaultStyle, format)),
      ),
    );
    expect(webp.toString('latin1', 8, 12)).toBe('WEBP');
    const [a, b] = await Promise.all([pixels(png), pixels(webp)]);
    let lit = 0;
    let difference = 0;
    for (let i = 0; i < a.length; i += 4) {
      if (a[i + 3] === 0) expect(b[i + 3]).toBe(0);
      else {
        lit++;
        for (let channel = 0; channel < 4; channel++) {
          const weight = channel < 3 ? a[i + 3] / 255 : 1;
          difference += Math.abs(a[i + channel] - b[i + channel]) * weight;
        }
      }
    }
    expect(lit).toBeGreaterThan(2000);
    expect(difference / lit / 4).toBeLessThan(6);
  });
});
