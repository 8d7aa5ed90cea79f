import type {Page} from 'playwright-core';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {defaultStyle} from '../../core/style.ts';
import {idle, readHeat} from '../support/browser.ts';
import {names, positionOf, trio, trioLines} from './fixture.ts';
import {size} from './reference.ts';
import {counters, move, type Suite} from './suite.ts';

/** Tests of the tab that chooses activities. Most look at the panel alone, without a frame drawn. */
export function activitiesTests(suite: Suite): void {
  describe('the activities', () => {
    let page: Page;

    beforeAll(async () => {
      ({page} = suite.main);
      await move(page, {...positionOf(trio), zoom: 12}, {...defaultStyle, width: 2, glow: 0});
      await page.evaluate(() => trackheat!.drawing(false));
      await page.click('#panel-toggle');
      await page.click('#tab-activities');
    });

    afterAll(async () => {
      await showAll(page);
      await page.click('#tab-style');
      await page.click('#panel-toggle');
      await page.evaluate(() => trackheat!.drawing(true));
    });

    test('are counted, with what they come to', async () => {
      expect(await shown(page)).toBe('12');
      expect(await page.textContent('#shown-sums')).toBe('116\u202fmi · 12\u202fh');
      expect(await page.isVisible('#show-all')).toBe(false);
    });

    test('a drag on the histogram uploads one weight texture for each frame drawn, and fetches nothing', async () => {
      await page.evaluate(() => trackheat!.drawing(true));
      await idle(page);
      const before = await counters(page);
      const track = await trackBox(page, '#date-brush');
      // From the middle of March to the middle of June 2023, in months.
      await page.mouse.move(at(track, 2.5 / 15), track.middle);
      await page.mouse.down();
      for (const month of [3.2, 5.5]) await page.mouse.move(at(track, month / 15), track.middle);
      await page.mouse.up();
      await idle(page);
      const after = await counters(page);
      const frames = after.composites - before.composites;
      expect(frames).toBeGreaterThan(0);
      expect(after.weightUploads - before.weightUploads).toBeLessThanOrEqual(frames);
      expect(after.weightUploads).toBeGreaterThan(before.weightUploads);
      expect([after.uploads, after.requests, after.decodes]).toEqual([before.uploads, before.requests, before.decodes]);
      expect(await dates(page)).toBe('2023-03-01 2023-06-30');
      expect(await shown(page)).toBe('4 of 12');
      await page.evaluate(() => trackheat!.drawing(false));
    });

    test('a range is moved by its middle and by its ends, months staying months', async () => {
      const track = await trackBox(page, '#date-brush');
      await drag(page, track, 4 / 15, 6 / 15);
      expect(await dates(page)).toBe('2023-05-01 2023-08-31');
      await drag(page, track, 4 / 15, 7.1 / 15);
      expect(await dates(page)).toBe('2023-08-01 2023-08-31');
      expect(await shown(page)).toBe('2 of 12');
      await drag(page, track, 1.5 / 15, 1.5 / 15);
      expect(await dates(page)).toBe('2023-02-01 2023-02-28');
      expect(await shown(page)).toBe('0 of 12');
    });

    test('a finger takes an end from farther away than a mouse, and one that scrolls the panel changes nothing', async () => {
      const track = await trackBox(page, '#date-brush');
      const end = at(track, 2 / 15);
      await touch(page, [end + 15, at(track, 4.5 / 15) + 15], [track.middle, track.middle]);
      expect(await dates(page)).toBe('2023-02-01 2023-05-31');
      await touch(page, [at(track, 1.5 / 15), at(track, 1.5 / 15) + 2], [track.middle, track.middle + 80]);
      expect(await dates(page)).toBe('2023-02-01 2023-05-31');
      await drag(page, await trackBox(page, '#date-brush'), 4.99 / 15, 1.5 / 15);
      expect(await dates(page)).toBe('2023-02-01 2023-02-28');
    });

    test('the ends of a range are sliders for the keyboard', async () => {
      await page.focus('#date-brush [role="slider"][aria-label="First day shown"]');
      await page.keyboard.press('ArrowLeft');
      expect(await dates(page)).toBe(' 2023-02-28');
      expect(await shown(page)).toBe('1 of 12');
      await page.keyboard.press('Tab');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Shift+ArrowRight');
      expect(await dates(page)).toBe(' 2023-04-01');
      const end = page.locator(':focus');
      expect(await end.getAttribute('aria-label')).toBe('Last day shown');
      expect(await end.getAttribute('aria-valuetext')).toBe('1 April 2023');
      await page.keyboard.press('End');
      expect(await dates(page)).toBe(' ');
      expect(await shown(page)).toBe('12');
    });

    test('years come one by one, and the histogram goes closer to them', async () => {
      await page.click('#year-before');
      expect(await dates(page)).toBe('2024-01-01 2024-12-31');
      expect(await shown(page)).toBe('1 of 12');
      expect(await page.isDisabled('#year-after')).toBe(true);
      await page.click('#dates-closer');
      const first = page.locator('#date-brush [role="slider"]').first();
      expect(await first.getAttribute('aria-valuemin')).toBe('19631');
      // Out to the first bar, which begins before what was zoomed to: the histogram stays.
      await first.focus();
      for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowLeft');
      expect(await dates(page)).toBe('2023-10-01 ');
      expect(await first.getAttribute('aria-valuemin')).toBe('19631');
      await page.click('#dates-wider');
      await page.selectOption('#year', '2023');
      expect(await shown(page)).toBe('11 of 12');
      await page.click('#dates-all');
      expect(await page.inputValue('#year')).toBe('');
      await page.fill('#from', '2023-11-01');
      expect(await shown(page)).toBe('2 of 12');
      expect(await page.inputValue('#year')).toBe('range');
    });

    test('a date that is typed digit by digit wipes the other end only where it is before it in the end', async () => {
      await page.click('#dates-all');
      await page.fill('#from', '2023-11-01');
      await page.focus('#to');
      await page.keyboard.type('12312023');
      expect(await dates(page)).toBe('2023-11-01 2023-12-31');
      await page.fill('#to', '2023-03-31');
      expect(await dates(page)).toBe(' 2023-03-31');
      await page.click('#dates-all');
    });

    test('dates relative to today are written as dates', async () => {
      const year = new Date().getFullYear();
      // The fixture's activities are older than this year: the preset is there, and cannot be pressed.
      expect(await page.isDisabled('#this-year')).toBe(year > 2024);
      await page.click('#dates-all');
    });

    test('each choice says how many activities it would show', async () => {
      expect(await page.locator('#sports button').allTextContents()).toEqual(['ride11', 'run1']);
      await page.click('#weekdays button:has-text("Mon")');
      expect(await shown(page)).toBe('3 of 12');
      expect(await page.locator('#sports button').allTextContents()).toEqual(['ride2', 'run1']);
      expect(await page.getAttribute('#weekdays button:has-text("Tue")', 'aria-label')).toBe('Tue, 2');
      await page.click('#sports button:has-text("run")');
      expect(await shown(page)).toBe('1 of 12');
      await showAll(page);
      await page.click('#commute button:has-text("Only")');
      expect(await shown(page)).toBe('2 of 12');
      expect(await page.locator('#gear button').allTextContents()).toEqual(['Gravel bike1', '<b>Shoes</b>0']);
      await page.click('#commute button:has-text("Without")');
      await page.click('#gear button:has-text("Shoes")');
      expect(await shown(page)).toBe('4 of 12');
      await linked(page, 'gear=%3Cb%3EShoes%3C%2Fb%3E&commute=no');
      await showAll(page);
    });

    test('times of day are brushed around midnight', async () => {
      const track = await trackBox(page, '#time-brush');
      await drag(page, track, 6.5 / 24, 8.5 / 24);
      await linked(page, 'time=06:00-09:00');
      expect(await shown(page)).toBe('3 of 12');
      await drag(page, track, 7.5 / 24, 0.5 / 24);
      await linked(page, 'time=23:00-02:00');
      await page.fill('#time-start', '16:30');
      await linked(page, 'time=16:30-02:00');
      expect(await shown(page)).toBe('2 of 12');
      // No time at all is no filter: the field says again what is shown.
      await page.fill('#time-end', '16:30');
      expect(await page.inputValue('#time-end')).toBe('02:00');
      await page.locator('#show-all').press('Enter');
      expect(await page.locator('#tab-activities:focus').count()).toBe(1);
      await showAll(page);
    });

    test('names are searched without case and accents, and are text whatever they hold', async () => {
      expect(await found(page)).toHaveLength(10);
      await page.fill('#search', 'UBER');
      expect(await found(page)).toEqual(['Über den Pass']);
      await page.fill('#search', '');
      await page.click('#found-more');
      expect((await found(page)).sort()).toEqual(names.map((name) => name || 'Unnamed ride').sort());
      expect(await page.locator('#page-activities :is(img, script)').count()).toBe(0);
      expect(await page.evaluate('globalThis.wasHacked')).toBe(undefined);
      const isolation = 'getComputedStyle(document.querySelector("#found bdi")).unicodeBidi';
      expect(await page.evaluate(isolation)).toBe('isolate');
    });

    test('activities are shown alone and left out, each to be taken back', async () => {
      await page.fill('#search', 'to work');
      const press = (name: string, n: number) => page.locator(`#found .${name}`).nth(n).click();
      await press('only', 0);
      await press('only', 1);
      expect(await shown(page)).toBe('2 of 12');
      await linked(page, 'only=6,7');
      await press('without', 1);
      await linked(page, 'only=7&without=6');
      expect(await page.locator('#chosen bdi').allTextContents()).toEqual(['To work', 'To work']);
      await page.locator('#chosen button').first().click();
      expect(await shown(page)).toBe('11 of 12');
      // The focus goes on to the next that was chosen, not to the start of the page.
      expect(await page.locator('#chosen button:focus').count()).toBe(1);
      await page.keyboard.press('Enter');
      expect(await shown(page)).toBe('12');
      expect(await page.locator('#search:focus').count()).toBe(1);
    });

    test('a click on a line lists its activities, each of which the map goes to, and home is what is filtered', async () => {
      const {width, height} = size;
      const click = (dx: number) => page.mouse.click(width / 2 + dx, height / 2 - 85);
      const view = async () => /map=([^&]*)/.exec(await page.evaluate<string>('location.hash'))?.[1];
      const here = (text: string) => page.locator('#here-text', {hasText: text}).waitFor();
      await page.emulateMedia({reducedMotion: 'reduce'});
      expect(await page.isVisible('#here')).toBe(false);
      await click(trioLines[1] + 4);
      await here('1 activity here');
      expect(await found(page)).toEqual(['Morning run']);
      await page.fill('#search', 'zzz');
      await here('None of the activities here passes');
      expect(await page.isVisible('#found-none')).toBe(false);
      await page.fill('#search', '');
      await here('1 activity here');
      await click(30);
      await page.locator('#here').waitFor({state: 'hidden'});
      expect(await found(page)).toHaveLength(10);
      const start = await view();
      await page.click('#panel-toggle');
      await page.focus('canvas');
      // Held, as by a slow finger: a question is no answer to itself.
      await page.keyboard.down('Enter');
      await page.keyboard.down('Enter');
      await page.keyboard.up('Enter');
      await here('1 activity here');
      expect(await page.locator('#here-only:focus').count()).toBe(1);
      // What the panel has come to lie on is moved out from below it.
      await expect.poll(view).not.toBe(start);
      expect(page.url()).not.toContain('only=');
      await page.click('#here-only');
      await linked(page, 'only=2');
      await page.focus('canvas');
      await page.keyboard.press('Escape');
      expect(await page.isVisible('#here')).toBe(false);
      await page.keyboard.press('Escape');
      expect(await page.isVisible('#panel')).toBe(false);
      await page.click('#panel-toggle');
      // The one that coarse tiles have: around the antimeridian.
      await page.evaluate(() => trackheat!.style('name=nobody'));
      await page.click('#zoom-home');
      await page.locator('#status', {hasText: 'No activity passes the filter'}).waitFor();
      await page.evaluate(() => trackheat!.style('name=&only=5'));
      expect(await page.textContent('#status')).not.toContain('No activity');
      await page.click('#zoom-home');
      await expect.poll(view).toMatch(/^3\.\d+\/\d+\.\d+\/17\d\./);
      const home = await view();
      await page.click('#zoom-in');
      await expect.poll(view).not.toBe(home);
      await page.locator('#found li', {hasText: 'gnp.tset'}).locator('.go').click();
      await expect.poll(view).toBe(home);
      await page.emulateMedia({reducedMotion: null});
      await move(page, {...positionOf(trio), zoom: 12}, {...defaultStyle, width: 2, glow: 0});
      await page.evaluate(() => trackheat!.drawing(false));
      // A double click zooms, and asks nothing.
      await page.mouse.dblclick(width / 2 + trioLines[1], height / 2 - 85);
      await page.waitForTimeout(700);
      expect(await page.isVisible('#here')).toBe(false);
      await showAll(page);
    });

    test('a search becomes the filter of a link, which another page reads', async () => {
      await page.fill('#search', 'über');
      await page.click('#search-only');
      expect(await shown(page)).toBe('1 of 12');
      await linked(page, 'name=%C3%BCber');
      expect(await page.isVisible('#search-only')).toBe(false);
      await page.evaluate(() => trackheat!.style('name='));
      expect(await page.inputValue('#search')).toBe('');
      expect(await shown(page)).toBe('12');
    });

    test.each([
      ['name=uber&gear=Gravel bike&weekday=tue', 1],
      ['time=07:00-08:00&commute=no', 2],
    ])('the heat of %s is that of activity %i alone', async (text, row) => {
      const look = 'width=2&glow=0&laps=1';
      expect(await readHeat(page, `${text}&${look}`)).toEqual(await readHeat(page, `only=${row}&${look}`));
    });
  });
}

/** Waits until the page's address, which follows a moment later, has a part. */
async function linked(page: Page, part: string): Promise<void> {
  await page.waitForURL(({hash}) => hash.includes(part));
}

async function showAll(page: Page): Promise<void> {
  if (await page.isVisible('#show-all')) await page.click('#show-all');
}

async function shown(page: Page): Promise<string> {
  await page.evaluate(() => trackheat!.frames(2));
  return (await page.textContent('#filter-count')) ?? '';
}

async function dates(page: Page): Promise<string> {
  await page.evaluate(() => trackheat!.frames(2));
  return `${await page.inputValue('#from')} ${await page.inputValue('#to')}`;
}

function found(page: Page): Promise<string[]> {
  return page.locator('#found bdi').allTextContents();
}

type Track = {left: number; width: number; middle: number};

async function trackBox(page: Page, brush: string): Promise<Track> {
  const track = page.locator(`${brush} .track`);
  await track.evaluate((element) => element.scrollIntoView({block: 'center'}));
  const box = await track.boundingBox();
  if (!box) throw new Error(`${brush} is not shown`);
  return {left: box.x, width: box.width, middle: box.y + box.height / 2};
}

function at({left, width}: Track, share: number): number {
  return left + share * width;
}

/** Moves a finger over the page, by places in CSS pixels. */
async function touch(page: Page, [x, toX]: [number, number], [y, toY]: [number, number]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', share?: number) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: share === undefined ? [] : [{x: x + (toX - x) * share, y: y + (toY - y) * share}],
    });
  await send('touchStart', 0);
  for (let i = 1; i <= 8; i++) await send('touchMove', i / 8);
  await send('touchEnd');
  await session.detach();
}

async function drag(page: Page, track: Track, from: number, to: number): Promise<void> {
  await page.mouse.move(at(track, from), track.middle);
  await page.mouse.down();
  await page.mouse.move(at(track, to), track.middle, {steps: 3});
  await page.mouse.up();
}
