import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import type {Page} from 'playwright-core';
import {expect, test} from 'vitest';
import {defaultStyle} from '../../core/style.ts';
import type {TestPage} from '../support/browser.ts';
import {antimeridian, antimeridianEnd, corner, positionOf} from './fixture.ts';
import {differing, pixelsOf} from './pixels.ts';
import {size} from './reference.ts';
import {move, type Suite} from './suite.ts';

/** The middle of the page, without anything that is written. */
const clip = {x: 240, y: 70, width: 370, height: 290};

const reviewed = new URL('./reviewed/', import.meta.url);

/**
 * Tests that compare the default style with pictures that somebody has looked at and found good. After a change of the looks make
 * them anew with `TRACKHEAT_REVIEW=1 npx vitest run test/browser`, look at each, and commit them.
 */
export function lookTests(suite: Suite): void {
  let opened: TestPage;

  test('the default style on the offline base map looks as reviewed, dark and light', async () => {
    const {lng, lat} = positionOf(corner, 12);
    opened = await suite.open(`#map=12/${lat}/${lng}&base=offline`, {colorScheme: 'dark'});
    await compare(opened.page, 'default-dark.png');
    await opened.page.emulateMedia({colorScheme: 'light'});
    await compare(opened.page, 'default-light.png');
  });

  test('heat lies on the offline base map in each copy of the world', async () => {
    const {page} = opened;
    await move(page, {...positionOf(antimeridian), zoom: 10}, {...defaultStyle, width: 4, glow: 0});
    const {width, height} = size;
    const pixels = await pixelsOf(await page.screenshot());
    for (const side of [-1, 1]) {
      const [dx, dy] = [100 * side, (100 * side * antimeridianEnd.y) / antimeridianEnd.x];
      const at = (below: number) => {
        const pixel = Math.floor(height / 2 + dy + below) * width + width / 2 + dx;
        return [...pixels.subarray(4 * pixel, 4 * pixel + 3)];
      };
      expect(Math.hypot(...at(0).map((channel, i) => channel - at(40)[i])), `side ${side}`).toBeGreaterThan(50);
    }
    await suite.close(opened);
  });
}

/** Waits until the page looks like a reviewed picture, or makes that picture. */
async function compare(page: Page, name: string): Promise<void> {
  const file = new URL(name, reviewed);
  if (process.env.TRACKHEAT_REVIEW) {
    // The coasts come a moment later than the heat.
    await page.waitForTimeout(2000);
    mkdirSync(reviewed, {recursive: true});
    writeFileSync(file, await page.screenshot({clip}));
  }
  const wanted = await pixelsOf(readFileSync(file));
  const difference = async () => differing(await pixelsOf(await page.screenshot({clip})), wanted);
  await expect.poll(difference, {timeout: 10_000}).toBeLessThan(0.01);
}
