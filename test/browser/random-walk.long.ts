import type {CDPSession, Page} from 'playwright-core';
import {describe, expect, test} from 'vitest';
import {chromiumPath, glObjects, idle} from '../support/browser.ts';
import {seededRandom} from '../support/tracks.ts';
import {corner, positionOf} from './fixture.ts';
import {startSuite} from './suite.ts';

const minute = 60_000;
const minutes = Number(process.env.TRACKHEAT_WALK_MINUTES ?? 10);

/** What a page holds after it has come to rest and its garbage was collected. */
type Holding = {objects: number; heapBytes: number; nodes: number};

describe.skipIf(!chromiumPath)('a long walk', () => {
  const suite = startSuite();

  test(`${minutes} minutes of random pans, zooms, styles and filters leave nothing behind`, {
    timeout: (minutes + 3) * minute,
  }, async () => {
    const {page} = suite.main;
    const session = await page.context().newCDPSession(page);
    const random = seededRandom(1010);
    const begin = performance.now();
    let steps = 0;
    let afterFirst: Holding | undefined;
    while (performance.now() - begin < minutes * minute) {
      await walk(page, random);
      steps++;
      if (!afterFirst && performance.now() - begin > minute) afterFirst = await holding(page, session);
    }
    const last = await holding(page, session);
    console.log(`${steps} steps; after a minute ${JSON.stringify(afterFirst)}, at the end ${JSON.stringify(last)}`);
    expect(steps).toBeGreaterThan(minutes * 20);
    expect(last.objects).toBeLessThanOrEqual((afterFirst?.objects ?? 0) * 1.2);
    expect(last.heapBytes).toBeLessThanOrEqual((afterFirst?.heapBytes ?? 0) * 1.2);
    expect(last.nodes).toBeLessThanOrEqual((afterFirst?.nodes ?? 0) * 1.2);
    await suite.close(suite.main);
  });
});

const styles = [
  'ramp=cool&width=3',
  'blur=30&glow=1',
  'glow=0',
  'ramp=0:00000000,0.5:ff6a00cc,1:ffffff',
  'curve=rank',
  'curve=log&top=40',
  'sport=ride',
  'sport=all&from=2023-01-01',
  'from=&to=2023-06-30',
  'to=',
];

/** A few seconds of somebody who plays with the page. */
async function walk(page: Page, random: () => number): Promise<void> {
  const pick = <T>(values: T[]) => values[Math.floor(random() * values.length)];
  const zoom = pick([2, 5, 8, 9, 11.6, 12.3, 13, 14.5, 15, 17]);
  const view = {...positionOf(corner, zoom, (random() - 0.5) * 900, (random() - 0.5) * 600), zoom};
  const style = pick(styles);
  await page.evaluate(
    ([view, style]) => {
      trackheat!.show(view);
      trackheat!.style(style);
    },
    [view, style] as const,
  );
  await page.mouse.move(300, 200);
  await page.mouse.down();
  await page.mouse.move(300 + (random() - 0.5) * 300, 200 + (random() - 0.5) * 200, {steps: 4});
  await page.mouse.up();
  await page.mouse.wheel(0, (random() - 0.5) * 400);
  await idle(page);
}

/** What the page holds at a fixed view. */
async function holding(page: Page, session: CDPSession): Promise<Holding> {
  await page.evaluate((view) => trackheat!.show(view), {...positionOf(corner, 12), zoom: 12});
  await idle(page);
  await session.send('HeapProfiler.collectGarbage');
  const {usedSize} = await session.send('Runtime.getHeapUsage');
  const {nodes} = await session.send('Memory.getDOMCounters');
  const kinds = await glObjects(page);
  return {objects: Object.values(kinds).reduce((sum, count) => sum + count, 0), heapBytes: usedSize, nodes};
}
