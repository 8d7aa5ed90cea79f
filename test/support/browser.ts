import {existsSync} from 'node:fs';
import {type Browser, type BrowserContextOptions, chromium, type Page} from 'playwright-core';
import {expect} from 'vitest';
import '../../client/testing/test-hook.ts';

/** The Chromium of the browser tests; undefined where there is none. */
export const chromiumPath = [process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'].find(existsSync);

/** Starts Chromium with WebGL2 in software, the same picture on each machine. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page under test, and what must not happen on it. */
export type TestPage = {
  page: Page;
  /** Requests beyond 127.0.0.1, and what the page or its console called an error. */
  faults: string[];
  /** URLs of all requests. */
  requests: string[];
  /** Closes the page after a look at its faults. */
  close(): Promise<void>;
};

/** Opens a URL on a page of 640 × 400 CSS pixels of its own. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<TestPage> {
  const context = await browser.newContext({viewport: {width: 640, height: 400}, ...options});
  const page = await context.newPage();
  const faults: string[] = [];
  const requests: string[] = [];
  page.on('request', (request) => {
    requests.push(request.url());
    const {protocol, hostname} = new URL(request.url());
    if (/^https?:$/.test(protocol) && hostname !== '127.0.0.1') faults.push(`request: ${request.url()}`);
  });
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  await page.goto(url);
  return {
    page,
    faults,
    requests,
    async close() {
      expect(faults).toEqual([]);
      await context.close();
    },
  };
}

/** Waits until the page's heat is there and nothing is left to draw. */
export async function idle(page: Page): Promise<void> {
  await page.waitForFunction(() => typeof trackheat === 'object');
  await page.evaluate(() => trackheat!.idle());
}

/** Heat before tone of the page's map, device pixels, row-major from the north. */
export async function readHeat(page: Page): Promise<{width: number; height: number; heat: Float32Array}> {
  const {width, height, text} = await page.evaluate(() => {
    const {width, height, heat} = trackheat!.readHeat();
    return {width, height, text: trackheat!.toText(new Uint8Array(heat.buffer))};
  });
  const bytes = Buffer.from(text, 'base64');
  return {width, height, heat: new Float32Array(Uint8Array.from(bytes).buffer)};
}
