import axe, {type AxeResults} from 'axe-core';
import type {Page} from 'playwright-core';
import {expect, test} from 'vitest';
import {defaultStyle} from '../../core/style.ts';
import {idle, openPage} from '../support/browser.ts';
import {positionOf, trio} from './fixture.ts';
import {counters, move, type Suite} from './suite.ts';

/** Tests of what everybody needs: names and contrasts, the keyboard, and a page that keeps strangers out. */
export function accessTests(suite: Suite): void {
  test('axe finds nothing serious on the page, whichever tab is open, dark and light', async () => {
    const {page} = suite.main;
    await page.evaluate(() => trackheat!.drawing(false));
    await page.click('#panel-toggle');
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({colorScheme});
      for (const tab of ['style', 'activities', 'base', 'share']) {
        await page.click(`#tab-${tab}`);
        expect(await seriousFaults(page), `${tab}, ${colorScheme}`).toEqual([]);
      }
    }
    await page.click('#tab-base');
    await page.click('#keys-open');
    expect(await seriousFaults(page), 'keys').toEqual([]);
    await page.keyboard.press('Escape');
    await page.emulateMedia({colorScheme: null});
    await page.click('#tab-style');
    await page.click('#panel-toggle');
    await page.evaluate(() => trackheat!.drawing(true));
  });

  test.each(['raster.html', 'editors'])('axe finds nothing serious on %s, dark and light', async (path) => {
    const opened = await openPage(suite.browser, `${suite.server.url}/${path}`);
    for (const colorScheme of ['dark', 'light'] as const) {
      await opened.page.emulateMedia({colorScheme});
      expect(await seriousFaults(opened.page), colorScheme).toEqual([]);
    }
    await opened.close();
  });

  test('the keyboard alone is enough for settings, tabs, a link and the map', async () => {
    const {page} = suite.main;
    const hash = () => page.evaluate<string>('location.hash');
    await page.emulateMedia({reducedMotion: 'reduce'});
    await move(page, {...positionOf(trio), zoom: 12}, defaultStyle);
    await page.evaluate(() => trackheat!.drawing(false));
    await blur(page);
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press('s');
    expect(await page.getAttribute('#panel-toggle', 'aria-expanded')).toBe('true');
    expect(await focused(page)).toBe('tab-style');

    await tabTo(page, '#ramps input');
    await press('ArrowRight');
    await page.waitForURL(({hash}) => hash.includes('ramp='));
    await tabTo(page, '#slider-width');
    await press('ArrowRight', 'ArrowRight');
    await page.waitForURL(({hash}) => hash.includes('width='));

    // Keys that mean something to the field are left alone, letters in a text too.
    await tabTo(page, '#top');
    await press('2', 's');
    expect(await page.getAttribute('#page-style', 'hidden')).toBe(null);
    expect(await page.getAttribute('#panel-toggle', 'aria-expanded')).toBe('true');
    await press('Backspace');

    await blur(page);
    await press('2');
    expect(await focused(page)).toBe('tab-activities');
    await tabTo(page, '#sports :is(button, input)');
    await press('Space');
    await page.waitForURL(({hash}) => hash.includes('sport='));

    await blur(page);
    await press('1', 'End');
    expect(await focused(page)).toBe('tab-share');
    await tabTo(page, '#link-copy');
    await press('Enter');
    await page.locator('#link-copy', {hasText: /Copied|Selected/}).waitFor();
    expect(await page.inputValue('#link-url')).toBe(await page.evaluate('location.href'));
    await press('Escape');
    expect(await page.getAttribute('#panel-toggle', 'aria-expanded')).toBe('false');
    expect(await focused(page)).toBe('panel-toggle');

    await blur(page);
    await tabTo(page, '#map canvas');
    const [, before] = (await hash()).split('=');
    await press('ArrowRight', '+');
    await page.waitForURL(({hash}) => !hash.startsWith('#map=12/'));
    const [, after] = (await hash()).split('=');
    expect(Number(after.split('/')[0])).toBeGreaterThan(12);
    expect(Number.parseFloat(after.split('/')[2])).toBeGreaterThan(Number.parseFloat(before.split('/')[2]));
    // A step of zooming that comes while one is under way goes on from where it ends. The second is no movement, to save frames.
    await page.emulateMedia({reducedMotion: null});
    await press('-');
    await page.emulateMedia({reducedMotion: 'reduce'});
    await press('-');
    await page.waitForURL(({hash}) => hash.startsWith(`#map=${Number(after.split('/')[0]) - 2}/`));
    // Where the filtered rides lie is read from tiles first.
    await press('h');
    await page.waitForURL(({hash}) => Number.parseFloat(hash.slice('#map='.length)) < 10);
    await press('?');
    expect(await page.locator('#keys').isVisible()).toBe(true);
    await press('Escape');
    await page.emulateMedia({reducedMotion: null});
    await page.evaluate(() => trackheat!.style('ramp=fire&width=1.2&sport=all'));
    await idle(page);
    await page.evaluate(() => trackheat!.drawing(true));
  });

  test('the page says while tiles are on their way', async () => {
    const {page} = suite.main;
    const busy = () => page.getAttribute('#map', 'aria-busy');
    expect(await busy()).toBe('false');
    const {decodes} = await counters(page);
    await page.evaluate(() => {
      trackheat!.drawing(false);
      trackheat!.hold();
      trackheat!.show({lng: -100, lat: 40, zoom: 7.5});
    });
    await page.locator('#map[aria-busy=true]').waitFor();
    await page.evaluate(() => {
      trackheat!.release(Number.POSITIVE_INFINITY);
      trackheat!.show({lng: 0, lat: 0, zoom: 12});
    });
    await page.locator('#map[aria-busy=false]').waitFor();
    await idle(page);
    expect((await counters(page)).decodes).toBe(decodes);
    await page.evaluate(() => trackheat!.drawing(true));
  });

  test('the policy of the pages refuses inline scripts and styles, and frames', async () => {
    const {page, faults} = suite.main;
    const outcome = await page.evaluate(outlaws);
    expect(outcome).toEqual(['', 'undefined']);
    // Each by the header and by the page's own copy of the policy.
    const refused = () => faults.filter((fault) => fault.startsWith('console: policy:'));
    await expect.poll(() => refused().length).toBe(4);
    expect(refused().join()).toMatch(/style-src-elem inline.*script-src-elem inline/);
    faults.splice(0);
    for (const path of ['', 'raster.html', 'editors']) {
      const answer = await fetch(`${suite.server.url}/${path}`);
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/^default-src 'none'.*frame-ancestors 'none'$/);
      expect(policy).not.toMatch(/unsafe| \*|\/\*/);
      if (path !== 'editors') {
        const html = await answer.text();
        expect(html).toMatch(/<meta http-equiv="Content-Security-Policy" content="default-src/);
      }
    }
  });
}

/** What axe calls serious or critical on a page as it is now. */
async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const {violations} = await page.evaluate<AxeResults>('axe.run(document)');
  return violations
    .filter(({impact}) => impact === 'serious' || impact === 'critical')
    .map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html).join(' ')}`);
}

/** Presses Tab until an element has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab');
    if (await page.locator(`${selector}:focus`).count()) return;
  }
  throw new Error(`Tab never came to ${selector}.`);
}

function focused(page: Page): Promise<string> {
  return page.evaluate('document.activeElement.id');
}

/** Takes the focus off what has it. */
function blur(page: Page): Promise<void> {
  return page.evaluate('document.activeElement.blur()');
}

/** Tries an inline style and an inline script; what came of them. */
const outlaws = `(() => {
  const style = document.createElement('style');
  style.textContent = 'body { --refused: 1; }';
  const script = document.createElement('script');
  script.textContent = 'globalThis.refused = 1';
  document.head.append(style, script);
  const property = getComputedStyle(document.body).getPropertyValue('--refused');
  style.remove();
  script.remove();
  return [property, typeof refused];
})()`;
