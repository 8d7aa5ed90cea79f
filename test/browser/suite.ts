import type {Browser, BrowserContextOptions, Page} from 'playwright-core';
import {afterAll, beforeAll} from 'vitest';
import {type HeatStyle, styleKeyNames, styleKeys} from '../../core/style.ts';
import {type HeatArchive, openArchive} from '../../raster-fallback/archive.ts';
import {type Listening, listen} from '../../server/listen.ts';
import {clientFolder, drawnOnce, idle, openBrowser, openPage, type TestPage} from '../support/browser.ts';
import {temporaryFolder} from '../support/files.ts';
import {lone, positionOf, writeFixture} from './fixture.ts';

/** What all browser tests share: one Chromium, one server of one archive, and a main page that most of them use in turn. */
export type Suite = {
  browser: Browser;
  server: Listening;
  archive: HeatArchive;
  /** Folder of the built page. */
  client: string;
  main: TestPage;
  /** Requests of the archive until the main page's first view was there. */
  firstRequests: number;
  /** Frames that all closed pages together drew: each costs a tenth of a second where there is no GPU. */
  frames: number;
  /** Opens the page of the archive with a hash and waits until it is idle. */
  open(hash: string, options?: BrowserContextOptions): Promise<TestPage>;
  /** Closes a page and counts its frames. */
  close(opened: TestPage): Promise<void>;
};

/** The suite, which is filled before the first test. */
export function startSuite(): Suite {
  const suite = {
    frames: 0,
    async open(hash: string, options: BrowserContextOptions = {}) {
      const opened = await openPage(suite.browser, `${suite.server.url}/?test=still${hash}`, options);
      await drawnOnce(opened.page);
      return opened;
    },
    async close({page, close}: TestPage) {
      suite.frames += await page.evaluate(() => trackheat?.counters().composites ?? 0);
      await close();
    },
  } as Suite;
  beforeAll(async () => {
    const path = `${temporaryFolder()}/heat.pmtiles`;
    writeFixture(path);
    suite.archive = await openArchive(path);
    suite.client = await clientFolder();
    const app = {archive: path, client: suite.client, hosts: [], origins: [], public: false};
    suite.server = await listen(app, {host: '127.0.0.1', port: 0});
    suite.browser = await openBrowser();
    const {lng, lat} = positionOf(lone);
    suite.main = await suite.open(`#map=12/${lat}/${lng}&glow=0&base=none`);
    suite.firstRequests = (await counters(suite.main.page)).requests;
  });
  afterAll(async () => {
    await suite.browser?.close();
    await suite.server?.close();
    await suite.archive?.close();
  });
  return suite;
}

/** A browser whose person has chosen a style or tiles of the server as base map. */
export function ownBase(origin: string, path = '/style.json'): BrowserContextOptions {
  const localStorage = [
    {name: 'own', value: `${origin}${path}`},
    {name: 'hosts', value: new URL(origin).host},
  ];
  return {storageState: {cookies: [], origins: [{origin, localStorage}]}};
}

/** The page's counters. */
export function counters(page: Page) {
  return page.evaluate(() => trackheat!.counters());
}

/** Changes keys of the style (text form) and waits for the picture. */
export async function restyle(page: Page, text: string): Promise<void> {
  await page.evaluate((text) => trackheat!.style(text), text);
  await idle(page);
}

export type View = {lng: number; lat: number; zoom: number; bearing?: number; pitch?: number};

/** Shows a view in a style and waits for the picture, which is drawn once. */
export async function move(page: Page, view: View, style: HeatStyle): Promise<void> {
  const text = styleKeyNames.map((key) => `${key}=${textOf(style, key)}`).join('&');
  await page.evaluate(
    ([view, text]) =>
      trackheat!.drawOnce(() => {
        trackheat!.show({bearing: 0, pitch: 0, ...view});
        trackheat!.style(text);
      }),
    [view, text] as const,
  );
}

function textOf<K extends keyof HeatStyle>(style: HeatStyle, key: K): string {
  return styleKeys[key].format(style[key]);
}
