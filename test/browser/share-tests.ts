import {readFileSync} from 'node:fs';
import {createCanvas, loadImage} from '@napi-rs/canvas';
import type {Page} from 'playwright-core';
import {expect, test} from 'vitest';
import {parseStyle} from '../../core/style.ts';
import {drawnOnce, idle, openPage, readColours} from '../support/browser.ts';
import {grid, lone, positionOf} from './fixture.ts';
import {size} from './reference.ts';
import {counters, move, ownBase, type Suite} from './suite.ts';

/** The style in which these tests leave the main page. */
const query = 'ramp=cool&width=2&glow=0.5';

/** Remembers the WebGL contexts that are made from now on. */
const watchContexts = `{
  globalThis.madeContexts = [];
  const {prototype} = HTMLCanvasElement;
  const {getContext} = prototype;
  prototype.getContext = function (kind, ...options) {
    const made = getContext.call(this, kind, ...options);
    if (kind === 'webgl2' && made && !madeContexts.includes(made)) madeContexts.push(made);
    return made;
  };
}`;

/** Tests of what leaves the page: links, pictures, addresses for editors; and of base maps and the person's place. */
export function shareTests(suite: Suite): void {
  test('a link shows the identical picture in another browser, which calls nobody else', async () => {
    const {page} = suite.main;
    const {style} = parseStyle(query);
    await move(page, {...positionOf(grid), zoom: 10.5, bearing: 20, pitch: 30}, style);
    const link = await shown(page, async () => {
      await page.click('#link-copy');
      return page.inputValue('#link-url');
    });
    await idle(page);
    expect(link).toContain(`&${query}&base=none`);
    const other = await openPage(suite.browser, link);
    await drawnOnce(other.page);
    await page.mouse.move(5, 200);
    // The legend measures the view when all is at rest.
    const isSame = async () => (await other.page.screenshot()).equals(await page.screenshot());
    await expect.poll(isSame, {timeout: 5000}).toBe(true);
    await suite.close(other);
  });

  test('the picture saved at 1× without base map is the heat on the screen; larger ones are as bright', async () => {
    const {page} = suite.main;
    const before = await counters(page);
    await page.evaluate(watchContexts);
    const [single, double, captioned] = await shown(page, async () => {
      await page.uncheck('#picture-base');
      await page.uncheck('#picture-caption');
      const single = await savePicture(page, 1);
      const double = await savePicture(page, 2);
      await page.check('#picture-base');
      await page.check('#picture-caption');
      await page.fill('#picture-title', 'Around home');
      return [single, double, await savePicture(page, 1)];
    });
    // Off screen: the page itself drew nothing and fetched only tiles of the next zoom.
    const after = await counters(page);
    expect({...after, requests: 0, decodes: 0}).toEqual({...before, requests: 0, decodes: 0});
    const colours = await readColours(page);
    expect(single).toMatchObject(size);
    expect(single.name).toMatch(/^trackheat-36\.\d+_13\.\d+-z10\.5-\d{4}-\d\d-\d\d\.png$/);
    expect(largestDifference(single.premultiplied, colours)).toBeLessThanOrEqual(1);
    expect(double).toMatchObject({width: 2 * size.width, height: 2 * size.height});
    // From tiles of the next zooms, where the fixture has the same streets.
    expect(Math.abs(mean(double.premultiplied) / mean(single.premultiplied) - 1)).toBeLessThan(0.02);
    expect(captioned.height).toBeGreaterThan(size.height);
    // The base map was drawn in a context of its own, which was given back.
    expect(await page.evaluate('madeContexts.map((gl) => gl.isContextLost())')).toEqual([true]);
    expect(captioned.premultiplied.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
  });

  test('JOSM is asked to show the style that is shown, and its silence is said', async () => {
    const {page, faults} = suite.main;
    const asked: string[] = [];
    let isRunning = true;
    await page.route('http://127.0.0.1:8111/**', (route) => {
      asked.push(route.request().url());
      return isRunning ? route.fulfill({body: 'OK'}) : route.abort('connectionrefused');
    });
    await shown(page, async () => {
      await page.click('#josm-open');
      await page.locator('#josm-note', {hasText: 'Sent to JOSM.'}).waitFor();
      isRunning = false;
      await page.click('#josm-open');
      await page.locator('#josm-note', {hasText: 'JOSM did not answer.'}).waitFor();
      expect(await page.inputValue('#josm-url')).toBe(`tms[22]:${suite.server.url}/raster/{zoom}/{x}/{y}.png?${query}`);
      expect(await page.inputValue('#tiles-url')).toBe(`${suite.server.url}/raster/{z}/{x}/{y}.png?${query}`);
      const iD = await page.getAttribute('#id-open', 'href');
      expect(iD).toMatch(
        /^https:\/\/www\.openstreetmap\.org\/edit\?editor=id#map=12\/36\.\d+\/13\.\d+&background=custom%3A/,
      );
    });
    expect(new URL(asked[0]).searchParams.get('url')).toBe(`${suite.server.url}/raster/{zoom}/{x}/{y}.png?${query}`);
    await page.unroute('http://127.0.0.1:8111/**');
    expect(faults.splice(0).join()).toMatch(/^console: Failed to load resource: [^,]*ERR_CONNECTION_REFUSED$/);
  });

  test('the map goes to where the person is when they ask, and a refusal is said', async () => {
    const {page} = suite.main;
    await page.evaluate(() => trackheat!.drawing(false));
    await page.click('#locate');
    await page.locator('#status', {hasText: 'did not allow'}).waitFor();
    const {lng, lat} = positionOf(lone);
    await page.context().grantPermissions(['geolocation']);
    await page.context().setGeolocation({longitude: lng, latitude: lat, accuracy: 30});
    await page.emulateMedia({reducedMotion: 'reduce'});
    // One that is not answered is taken back.
    await page.evaluate('navigator.geolocation.getCurrentPosition = () => {}');
    const isBusy = () => page.getAttribute('#locate', 'aria-busy');
    await page.click('#locate');
    expect(await isBusy()).toBe('true');
    await page.click('#locate');
    expect(await isBusy()).toBe('false');
    await page.evaluate('delete navigator.geolocation.getCurrentPosition');
    await page.click('#locate');
    await page.locator('#locate[aria-pressed=true]').waitFor();
    expect(await page.textContent('#status')).toBe('');
    await page.waitForURL(({hash}) => hash.startsWith('#map=14/'));
    expect(await page.evaluate('location.hash')).toContain(`/${Number(lat.toFixed(6))}/`);
    await page.click('#locate');
    expect(await page.getAttribute('#locate', 'aria-pressed')).toBe('false');
    await page.emulateMedia({reducedMotion: null});
    await idle(page);
    await page.evaluate(() => trackheat!.drawing(true));
  });

  test('a base map whose tiles fail is said, hides no heat and no picture; nothing on the page moves meanwhile', async () => {
    const {lng, lat} = positionOf(lone);
    const opened = await openPage(suite.browser, 'about:blank', ownBase(suite.server.url, '/nothing/{z}/{x}/{y}.png'));
    await opened.page.route('**/nothing/**', (route) => route.fulfill({status: 503}));
    await opened.page.goto(`${suite.server.url}/?test=still#map=12/${lat}/${lng}&width=2&glow=0&base=own&dim=0.5`);
    await drawnOnce(opened.page);
    await opened.page.locator('#status', {hasText: /part of the base map.* answered 503/}).waitFor();
    expect(await opened.page.evaluate(({lng, lat}) => trackheat!.heatAt(lng, lat), {lng, lat})).toBeGreaterThan(0.95);
    expect(await opened.page.textContent('#attribution')).toBe('Map: 127.0.0.1');
    expect(await layoutShift(opened.page)).toBe(0);
    const picture = await shown(opened.page, () => savePicture(opened.page, 1));
    // The page's ground in its light colour, half dimmed; and heat in the middle.
    const at = (x: number, y: number) => [...picture.premultiplied.subarray((y * size.width + x) * 4).subarray(0, 3)];
    expect(at(5, 5)).toEqual([0xb4 + 0x0b, 0xbe + 0x10, 0xc6 + 0x15].map((sum) => Math.ceil(sum / 2)));
    expect(at(size.width / 2, size.height / 2)).not.toEqual(at(5, 5));
    expect(opened.faults.splice(0).every((fault) => /^console: Failed to load resource: .* 503 /.test(fault))).toBe(
      true,
    );
    await suite.close(opened);
  });
}

/** Does something on the Share tab, and closes the panel again. */
async function shown<T>(page: Page, act: () => Promise<T>): Promise<T> {
  await page.click('#panel-toggle');
  await page.click('#tab-share');
  try {
    return await act();
  } finally {
    await page.click('#tab-style');
    await page.click('#panel-toggle');
    await page.evaluate('document.activeElement.blur()');
  }
}

/** Saves a picture and reads it back. */
async function savePicture(page: Page, ratio: number) {
  await page.click(`#picture-sizes label:has-text("${ratio}×")`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#picture-save')]);
  const image = await loadImage(readFileSync(await download.path()));
  const {width, height} = image;
  const context = createCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0);
  const {data} = context.getImageData(0, 0, width, height);
  const premultiplied = Uint8Array.from(data, (value, i) => (i % 4 === 3 ? value : (value * data[i | 3]) / 255 + 0.5));
  return {name: download.suggestedFilename(), width, height, premultiplied};
}

/** Sum of all layout shifts of a page since it was opened. */
function layoutShift(page: Page): Promise<number> {
  return page.evaluate(`new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      resolve(list.getEntries().reduce((sum, {value, hadRecentInput}) => sum + (hadRecentInput ? 0 : value), 0));
    });
    observer.observe({type: 'layout-shift', buffered: true});
    setTimeout(() => resolve(0), 200);
  })`);
}

function largestDifference(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}

function mean(values: Uint8Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
