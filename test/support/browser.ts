import {existsSync, readdirSync, statSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {type Browser, type BrowserContextOptions, chromium, type Page} from 'playwright-core';
import {build} from 'vite';
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

/** Folder of the built page, which is built first where it is older than its sources. */
export async function clientFolder(): Promise<string> {
  const root = new URL('../../', import.meta.url);
  const built = fileURLToPath(new URL('dist/client/index.html', root));
  const sources = ['client', 'core', 'vite.config.ts'].map((name) => fileURLToPath(new URL(name, root)));
  const newest = Math.max(...sources.flatMap(timesOf));
  if (!existsSync(built) || statSync(built).mtimeMs < newest) {
    await build({configFile: fileURLToPath(new URL('vite.config.ts', root)), root: sources[0], logLevel: 'warn'});
  }
  return fileURLToPath(new URL('dist/client', root));
}

/** Times at which a file, or those below a folder, were written. */
function timesOf(path: string): number[] {
  if (!statSync(path).isDirectory()) return [statSync(path).mtimeMs];
  return readdirSync(path).flatMap((name) => timesOf(`${path}/${name}`));
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

/** Counts the WebGL objects that a page has made and not deleted, by kind. */
const countGlObjects = `
  globalThis.glObjects = {};
  for (const kind of ['Buffer', 'Texture', 'Framebuffer', 'VertexArray', 'Sampler', 'Shader', 'Program']) {
    glObjects[kind] = 0;
    const {prototype} = WebGL2RenderingContext;
    const {['create' + kind]: make, ['delete' + kind]: remove} = prototype;
    const deleted = new WeakSet();
    prototype['create' + kind] = function (...options) {
      glObjects[kind]++;
      return make.apply(this, options);
    };
    prototype['delete' + kind] = function (object) {
      if (object && !deleted.has(object)) {
        deleted.add(object);
        glObjects[kind]--;
      }
      remove.call(this, object);
    };
  }
`;

/** Reports what the page's Content Security Policy refuses. */
const reportViolations = `
  document.addEventListener('securitypolicyviolation', ({effectiveDirective, blockedURI}) => {
    console.error('policy: ' + effectiveDirective + ' ' + blockedURI);
  });
`;

/** WebGL objects of a page by kind. */
export function glObjects(page: Page): Promise<Record<string, number>> {
  return page.evaluate('({...glObjects})');
}

/** Opens a URL on a page of 640 × 400 CSS pixels of its own. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<TestPage> {
  const context = await browser.newContext({viewport: {width: 640, height: 400}, ...options});
  const page = await context.newPage();
  await page.addInitScript({content: countGlObjects + reportViolations});
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

/** Waits for a page that was just opened, and draws its heat in one frame when all of it is there. */
export async function drawnOnce(page: Page): Promise<void> {
  await page.waitForFunction(() => typeof trackheat === 'object');
  await page.evaluate(() => trackheat!.drawOnce(() => {}));
}

/** Bytes that a function of the page's hook gives. */
async function readBytes(page: Page, name: 'readColours' | 'readHeat', style?: string): Promise<Uint8Array> {
  const text = await page.evaluate(
    ([name, style]) => trackheat!.toText(new Uint8Array(trackheat![name](style).buffer)),
    [name, style] as const,
  );
  return Uint8Array.from(Buffer.from(text, 'base64'));
}

/**
 * The heat's colours on the page's map over nothing, in its style or another (text form): premultiplied RGBA of all device
 * pixels, row-major from the north.
 */
export function readColours(page: Page, style?: string): Promise<Uint8Array> {
  return readBytes(page, 'readColours', style);
}

/** Heat before tone of the page's map, in its style or another (text form): all device pixels, row-major from the north. */
export async function readHeat(page: Page, style?: string): Promise<Float32Array> {
  return new Float32Array((await readBytes(page, 'readHeat', style)).buffer);
}
