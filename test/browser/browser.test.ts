import {readFileSync} from 'node:fs';
import {gzipSync} from 'node:zlib';
import {createCanvas, loadImage} from '@napi-rs/canvas';
import type {Page} from 'playwright-core';
import {describe, expect, test} from 'vitest';
import {lineAt} from '../../core/heat/line-at.ts';
import {defaultStyle, type HeatStyle, parseStyle} from '../../core/style.ts';
import type {HeatArchive} from '../../raster-fallback/archive.ts';
import {drawPlan} from '../../raster-fallback/draw-plan.ts';
import {heatRaster} from '../../raster-fallback/heat-raster.ts';
import type {RasterView} from '../../raster-fallback/view.ts';
import {chromiumPath, drawnOnce, glObjects, idle, openPage, readColours, readHeat} from '../support/browser.ts';
import {drawPng, readTiles} from '../support/render-tile.ts';
import {seededRandom} from '../support/tracks.ts';
import {accessTests} from './access-tests.ts';
import {activitiesTests} from './activities-tests.ts';
import {dropTests} from './drop-tests.ts';
import {antimeridian, antimeridianEnd, corner, grid, lone, positionOf, trio, trioLines} from './fixture.ts';
import {lookTests} from './look-tests.ts';
import {differing} from './pixels.ts';
import {borderErrors, size, viewOf} from './reference.ts';
import {shareTests} from './share-tests.ts';
import {styleTests} from './style-tests.ts';
import {counters, move, ownBase, restyle, startSuite} from './suite.ts';

/** Pans, zooms and styles, after which the GPU must hold what it held before. */
const changesAtRandom = 30;

if (!chromiumPath) {
  test('browser tests need a Chromium', () => {
    expect(process.env.CI).not.toBe('true');
    console.warn('No Chromium found: the browser tests did not run.');
  });
} else {
  describe('the page in Chromium', browserTests);
}

function browserTests(): void {
  const suite = startSuite();

  test.each([1, 2])('a lone oblique line has heat 1 at its hottest, device ratio %i', async (deviceScaleFactor) => {
    const {lng, lat} = positionOf(lone);
    const opened =
      deviceScaleFactor === 1 ? suite.main : await suite.open(`#map=12/${lat}/${lng}&base=none`, {deviceScaleFactor});
    for (const width of [0.7, 1.2, 2, 5]) {
      const heat = await readHeat(opened.page, `width=${width}&glow=0`);
      expect(heat.length).toBe(size.width * size.height * deviceScaleFactor ** 2);
      for (const half of [heat.subarray(0, heat.length / 2), heat.subarray(heat.length / 2)]) {
        expect(Math.abs(largest(half) - 1)).toBeLessThan(0.02);
      }
    }
    if (opened !== suite.main) await suite.close(opened);
  });

  test('heat and colours are those of the PNG tiles, at five zooms in three styles', async () => {
    const styles = [
      '',
      'ramp=cool&width=3&glow=1&blur=14',
      'ramp=viridis&width=0.7&glow=0&curve=rank&gamma=1.5&opacity=0.8',
    ];
    for (const zoom of [3, 8, 12.6, 15, 18]) {
      const place = positionOf(corner, zoom, 37, -21);
      await move(suite.main.page, {...place, zoom}, defaultStyle);
      for (const text of styles) {
        const cpu = await drawOnCpu(suite.archive, viewOf({...place, zoom}), parseStyle(text).style);
        const heat = await readHeat(suite.main.page, text);
        expect(Math.abs(sum(heat) / sum(cpu.heat) - 1)).toBeLessThan(0.005);
        const {mean, lit} = differences(await readColours(suite.main.page, text), cpu.rgba);
        expect(lit).toBeGreaterThan(20_000);
        expect(mean).toBeLessThan(1);
      }
    }
  });

  test.each([9.37, 13.37, 16.5])('tile borders do not show at zoom %f', async (zoom) => {
    const style = {...defaultStyle, width: 1.2, glow: 0};
    const place = positionOf(corner, zoom, 11.3, 7.8);
    await move(suite.main.page, {...place, zoom}, style);
    const {near, far} = borderErrors(
      await readHeat(suite.main.page),
      viewOf({...place, zoom}),
      lineAt(style, zoom).width,
    );
    expect(near).toBeLessThan(0.005);
    expect(far).toBeLessThan(0.005);
  });

  test('a zoom shows the same heat throughout while the tiles of both its zooms come bit by bit', async () => {
    await move(suite.main.page, {...positionOf(grid, 12, 5.2, 3.1), zoom: 10}, {...defaultStyle, glow: 0});
    const sums = await suite.main.page.evaluate(async () => {
      trackheat!.hold();
      trackheat!.show({zoom: 11.75});
      const sums: number[] = [];
      while (trackheat!.held() === 0) await trackheat!.frames(1);
      sums.push(trackheat!.sum());
      while (trackheat!.held() > 0) {
        trackheat!.release(3);
        await trackheat!.frames(5);
        sums.push(trackheat!.sum());
      }
      trackheat!.release(Number.POSITIVE_INFINITY);
      return sums;
    });
    expect(sums.length).toBeGreaterThanOrEqual(5);
    for (const total of sums) expect(Math.abs(total / sums[0] - 1)).toBeLessThan(0.01);
  });

  test('a slow GPU moves and turns the heat that is there with the map, and adds it up when there is time', async () => {
    const {page} = suite.main;
    await move(page, {...positionOf(grid, 12), zoom: 12}, defaultStyle);
    const {still, carried, accumulations} = await page.evaluate(
      async (view) => {
        const still = trackheat!.toText(trackheat!.readShown());
        trackheat!.setSlow(true);
        const {composites, accumulations} = trackheat!.counters();
        trackheat!.show({...view, bearing: 20});
        while (trackheat!.counters().composites === composites) await trackheat!.frames(1);
        trackheat!.drawing(false);
        trackheat!.setSlow(false);
        return {still, carried: trackheat!.toText(trackheat!.readShown()), accumulations};
      },
      positionOf(grid, 12, 40, -30),
    );
    expect((await counters(page)).accumulations).toBe(accumulations);
    await page.evaluate(() => trackheat!.drawOnce(() => {}));
    expect((await counters(page)).accumulations).toBeGreaterThan(accumulations);
    const anew = middleOf(await readColours(page));
    expect(differing(middleOf(Buffer.from(carried, 'base64')), anew)).toBeLessThan(0.03);
    expect(differing(middleOf(Buffer.from(still, 'base64')), anew)).toBeGreaterThan(0.2);
  });

  test('a style needs no tile, no decoding, no request and no accumulation; only a wider margin accumulates', async () => {
    await move(suite.main.page, {...positionOf(corner, 12), zoom: 12}, defaultStyle);
    const before = await counters(suite.main.page);
    await restyle(
      suite.main.page,
      'ramp=cool&width=2&blur=9&glow=0.5&exposure=2&curve=sqrt&floor=1&gamma=1.5&opacity=0.7',
    );
    const styled = await counters(suite.main.page);
    expect({...styled, blurs: 0, composites: 0}).toEqual({...before, blurs: 0, composites: 0});
    expect(styled.blurs).toBe(before.blurs + 1);
    await suite.main.page.evaluate(() => trackheat!.drawOnce(() => trackheat!.style('blur=40')));
    const widened = await counters(suite.main.page);
    expect(widened.accumulations).toBeGreaterThan(styled.accumulations);
    expect(widened.weightUploads).toBe(styled.weightUploads);
  });

  test('a filter is one weight texture: sports, dates and laps count as asked', async () => {
    await move(suite.main.page, {...positionOf(trio), zoom: 12}, {...defaultStyle, width: 2, glow: 0});
    const before = await counters(suite.main.page);
    expect(await heatOfTrio(suite.main.page)).toEqual([1, 1, 0]);
    await restyle(suite.main.page, 'sport=run');
    expect(await heatOfTrio(suite.main.page)).toEqual([0, 1, 0]);
    const filtered = await counters(suite.main.page);
    const same = {blurs: 0, composites: 0, accumulations: 0, requests: 0, decodes: 0};
    expect({...filtered, ...same}).toEqual({...before, ...same, weightUploads: before.weightUploads + 1});
    expect(filtered.decodes).toBe(before.decodes);
    expect(filtered.requests).toBe(before.requests);
    await restyle(suite.main.page, 'sport=all&from=2023-01-01&to=2023-12-31&laps=0.5');
    expect(await heatOfTrio(suite.main.page)).toEqual([1, 0, 0.5]);
  });

  test('heat goes on across the antimeridian, and shows in each copy of the world', async () => {
    const style = {...defaultStyle, width: 2, glow: 0};
    await move(suite.main.page, {lng: 180, lat: 16, zoom: 1}, style);
    const {x, y} = antimeridian;
    const along = [-0.7, -0.3, -0.02, 0, 0.02, 0.3, 0.7].map((share) =>
      positionOf({x: x + share * antimeridianEnd.x, y: y + share * antimeridianEnd.y}),
    );
    const heats = await suite.main.page.evaluate(
      (along) => along.map(({lng, lat}) => trackheat!.heatAt(lng, lat)),
      along,
    );
    for (const heat of heats) expect(heat).toBeGreaterThan(0.9);
    // Half as long at zoom 0, but there are two of it.
    const once = sum(await readHeat(suite.main.page));
    await move(suite.main.page, {lng: 0, lat: 16, zoom: 0}, style);
    expect(sum(await readHeat(suite.main.page)) / once).toBeCloseTo(1, 2);
  });

  test('on a turned and tilted map, and in a window of another size, lines keep their width on the screen', async () => {
    const place = positionOf(lone);
    await suite.main.page.setViewportSize({width: 500, height: 300});
    await move(suite.main.page, {...place, zoom: 12, bearing: 40, pitch: 50}, {...defaultStyle, width: 2, glow: 0});
    const heat = await readHeat(suite.main.page);
    expect(heat.length).toBe(500 * 300);
    expect(Math.abs(largest(heat) - 1)).toBeLessThan(0.02);
    expect(await heatAt(suite.main.page, place)).toBeGreaterThan(0.95);
    await suite.main.page.setViewportSize(size);
  });

  test('random changes leave no GPU object behind', async () => {
    const random = seededRandom(30);
    const pick = <T>(values: T[]) => values[Math.floor(random() * values.length)];
    const styles = ['width=4', 'blur=30&glow=1', 'glow=0', 'ramp=mono', 'curve=rank', 'width=1&blur=3', 'sport=ride'];
    const home = () => move(suite.main.page, {...positionOf(corner, 12), zoom: 12}, defaultStyle);
    const objects = async () => {
      const {uploads, releases} = await counters(suite.main.page);
      return {tiles: uploads - releases, kinds: await glObjects(suite.main.page)};
    };
    await home();
    const before = await objects();
    const changes = Array.from({length: changesAtRandom}, () => {
      const zoom = pick([3, 8, 9, 11.6, 12.3, 13, 15, 17]);
      const place = positionOf(corner, zoom, (random() - 0.5) * 600, (random() - 0.5) * 400);
      return {view: {...place, zoom}, style: pick(styles)};
    });
    await suite.main.page.evaluate(async (changes) => {
      for (const [i, {view, style}] of changes.entries()) {
        trackheat!.show(view);
        trackheat!.style(style);
        // Some changes come while the one before is still being drawn.
        if (i === 14) await trackheat!.frames(1);
      }
    }, changes);
    await home();
    const last = await objects();
    // A tile that is kept for the way back: segments, rows and uniforms.
    const more = last.tiles - before.tiles;
    const {Buffer, VertexArray, ...others} = before.kinds;
    expect(last.kinds).toEqual({...others, Buffer: Buffer + 3 * more, VertexArray: VertexArray + more});
  });

  shareTests(suite);
  accessTests(suite);
  activitiesTests(suite);
  styleTests(suite);
  dropTests(suite);
  lookTests(suite);

  test('a lost WebGL context is made anew, and a map that is taken away leaves nothing on the GPU', async () => {
    const place = positionOf(lone);
    await move(suite.main.page, {...place, zoom: 12}, {...defaultStyle, width: 2, glow: 0});
    const before = await counters(suite.main.page);
    await suite.main.page.evaluate(() => trackheat!.loseContext());
    await suite.main.page.waitForFunction((uploads) => trackheat!.counters().uploads > uploads, before.uploads);
    await idle(suite.main.page);
    expect(await heatAt(suite.main.page, place)).toBeGreaterThan(0.95);
    expect(await suite.main.page.textContent('#status')).toBe('');
    await suite.main.page.evaluate(() => trackheat!.destroy());
    expect(await glObjects(suite.main.page)).toMatchObject({Buffer: 0, Texture: 0, VertexArray: 0, Sampler: 0});
    const {uploads, releases} = await counters(suite.main.page);
    expect(releases).toBe(uploads);
  });

  test('the first view takes at most 400 kB of JavaScript and 8 requests of the archive', () => {
    const scripts = suite.main.requests.filter((url) => url.endsWith('.js'));
    const bytes = scripts.map((url) => gzipSync(readFileSync(`${suite.client}${new URL(url).pathname}`)).length);
    expect(sum(bytes)).toBeLessThan(400_000);
    expect(suite.firstRequests).toBeLessThanOrEqual(8);
  });

  test('within MapLibre the heat is the same, below the first label', async () => {
    const place = positionOf(lone);
    const opened = await openPage(suite.browser, 'about:blank', ownBase(suite.server.url));
    await opened.page.route(`${suite.server.url}/style.json`, (route) => route.fulfill({json: labelledStyle}));
    await opened.page.goto(`${suite.server.url}/?test=still#map=12/${place.lat}/${place.lng}&width=2&glow=0&base=own`);
    await drawnOnce(opened.page);
    const heat = await readHeat(opened.page);
    expect(heat.length).toBe(size.width * size.height);
    expect(Math.abs(largest(heat) - 1)).toBeLessThan(0.02);
    expect(await heatAt(opened.page, place)).toBeGreaterThan(0.95);
    await suite.close(opened);
  });

  test('the panel works while a base map is awaited; one that cannot be reached is said, and the offline one takes its place', async () => {
    const opened = await openPage(suite.browser, 'about:blank', ownBase(suite.server.url));
    let letGo = () => {};
    const awaited = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await opened.page.route('**/style.json', async (route) => {
      await awaited;
      await route.continue();
    });
    await opened.page.goto(`${suite.server.url}/?test=still#map=12/47.5/9&base=own&width=3`);
    await opened.page.locator('#filter-count:not(:empty)').waitFor({state: 'attached'});
    expect(await opened.page.inputValue('.slider:has(#slider-width) input[type=number]')).toBe('3');
    await opened.page.evaluate('location.hash = "#map=9/10/10&base=own&width=3"');
    letGo();
    await drawnOnce(opened.page);
    expect(await opened.page.evaluate('location.hash')).toContain('#map=9/10/10');
    await opened.page.locator('#status:not(:empty)').waitFor();
    expect(await opened.page.textContent('#status')).toContain('Custom map could not be loaded');
    expect(await opened.page.inputValue('#bases :checked')).toBe('offline');
    // The browser itself reports the 404.
    expect(opened.faults.splice(0).join()).toMatch(/^console: Failed to load resource: [^,]* 404 [^,]*$/);
    await opened.page.click('#status-away');
    expect(await opened.page.textContent('#status')).toBe('');
    expect(await opened.page.locator('#status-away').isVisible()).toBe(false);
    await suite.close(opened);
  });

  test('a link to an archive elsewhere names its host and fetches nothing unless agreed', async () => {
    const stranger = suite.server.url.replace('127.0.0.1', 'localhost');
    const opened = await openPage(suite.browser, `${suite.server.url}/?test&archive=${stranger}/heat.pmtiles`);
    await opened.page.waitForSelector('#confirm[open]');
    expect(await opened.page.textContent('#confirm-text')).toContain(new URL(stranger).host);
    await opened.page.click('#confirm button[value=no]');
    await opened.page.locator('#status:not(:empty)').waitFor();
    expect(await opened.page.textContent('#status')).toContain('was not fetched');
    await opened.close();
  });

  test('without WebGL2 the page says so and goes on to the PNG tiles, which show and reset the whole look of the link', async () => {
    const {page, close} = await openPage(suite.browser, 'about:blank');
    await page.addInitScript({content: withoutWebGl2});
    await page.goto(`${suite.server.url}/#map=8/40/20&ramp=cool&gamma=2&top=20&sport=run`);
    await page.locator('#status:not(:empty)').waitFor();
    expect(await page.textContent('#status')).toContain('no WebGL2');
    await page.waitForURL('**/raster.html?ramp=cool&top=20&gamma=2&sport=run#map=8/40/20');
    await page.locator('#panel-toggle').waitFor();
    if ((await page.getAttribute('#panel-toggle', 'aria-expanded')) === 'false') await page.click('#panel-toggle');
    await page.click('#more summary');
    expect(await page.inputValue('.slider:has(#slider-gamma) input[type=number]')).toBe('2');
    await page.click('#reset');
    await page.waitForURL((url) => url.search === '?sport=run');
    expect(await page.inputValue('#josm-url')).toMatch(/\.png\?sport=run$/);
    expect(await page.isDisabled('#reset')).toBe(true);
    // That server has its own archive alone.
    await page.goto(`${suite.server.url}/?archive=${suite.server.url}/other.pmtiles`);
    await page.locator('#status', {hasText: 'only a Trackheat server can draw it'}).waitFor();
    await close();
  });

  test('all of this took at most 60 frames', async () => {
    await suite.close(suite.main);
    expect(suite.frames).toBeLessThanOrEqual(60);
  });
}

/** Takes WebGL2 out of a page. */
const withoutWebGl2 = `
  const get = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, options) {
    return kind === 'webgl2' ? null : get.call(this, kind, options);
  };
`;

/** A MapLibre style without any network, with a layer of labels. */
const labelledStyle = {
  version: 8,
  sources: {labels: {type: 'geojson', data: {type: 'FeatureCollection', features: []}}},
  layers: [
    {id: 'ground', type: 'background', paint: {'background-color': '#203040'}},
    {id: 'labels', type: 'symbol', source: 'labels'},
  ],
};

/** Heat on the three lines of the trio, to two digits. */
async function heatOfTrio(page: Page): Promise<number[]> {
  const places = trioLines.map((dx) => positionOf(trio, 12, dx + 0.01, 0.01));
  const heats = await page.evaluate((places) => places.map(({lng, lat}) => trackheat!.heatAt(lng, lat)), places);
  return heats.map((heat) => Math.round(heat * 10) / 10);
}

function heatAt(page: Page, {lng, lat}: {lng: number; lat: number}): Promise<number> {
  return page.evaluate(({lng, lat}) => trackheat!.heatAt(lng, lat), {lng, lat});
}

/** Heat and PNG of a view as raster-fallback draws them; the PNG over mid-grey. */
async function drawOnCpu(archive: HeatArchive, view: RasterView, style: HeatStyle) {
  const plan = drawPlan(archive, view, style);
  const loaded = await readTiles(archive, view, plan);
  const {width, height} = view;
  const canvas = heatRaster(loaded.tiles, width, height, plan.kernel, plan.weights);
  const heat = canvas ? canvas.heat.slice() : new Float32Array(width * height);
  const context = createCanvas(width, height).getContext('2d');
  context.fillStyle = '#808080';
  context.fillRect(0, 0, width, height);
  context.drawImage(await loadImage(drawPng(loaded, plan)), 0, 0);
  return {heat, rgba: context.getImageData(0, 0, width, height).data};
}

/** The middle of a picture: what a moved map has had in sight all the time. */
function middleOf(picture: Uint8Array): Uint8Array {
  const rows = Array.from({length: 200}, (_, y) => ((y + 100) * size.width + 220) * 4);
  return Buffer.concat(rows.map((start) => picture.subarray(start, start + 200 * 4)));
}

/** Mean difference of a channel, 0..255, between premultiplied colours over mid-grey and a picture on it, over lit pixels. */
function differences(colours: Uint8Array, picture: ArrayLike<number>): {mean: number; lit: number} {
  let total = 0;
  let lit = 0;
  for (let i = 0; i < colours.length; i += 4) {
    const rest = 128 * (1 - colours[i + 3] / 255);
    const isLit = colours[i + 3] > 0 || [0, 1, 2].some((channel) => picture[i + channel] !== 128);
    if (!isLit) continue;
    lit++;
    for (let channel = 0; channel < 3; channel++) total += Math.abs(colours[i + channel] + rest - picture[i + channel]);
  }
  return {mean: total / lit / 3, lit};
}

function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
