import type {JSHandle, Page} from 'playwright-core';
import {expect, test} from 'vitest';
import {defaultStyle} from '../../core/style.ts';
import {readHeat} from '../support/browser.ts';
import {fileId, fitFile, record, typedRecordDefinition} from '../support/fit-bytes.ts';
import {lone, type Place, positionOf} from './fixture.ts';
import {counters, move, type Suite} from './suite.ts';

/** Ends of the lines that are dropped, CSS pixels of zoom 12 from the lone line's middle. */
const gpxLine = {x: 90, y: -20};
const fitLine = {x: 90, y: -50};

/** Tests of files that a person drops onto the page or adds by its button. */
export function dropTests(suite: Suite): void {
  test('files that are dropped or added are heat over the archive, ask nobody for anything, and go again', async () => {
    const {page, requests} = suite.main;
    const style = {...defaultStyle, width: 2, glow: 0};
    await page.emulateMedia({reducedMotion: 'reduce'});
    await move(page, {...positionOf(lone), zoom: 12}, style);
    const old = await readHeat(page);
    const before = await counters(page);
    const asked = requests.length;
    await page.evaluate(() => trackheat!.drawing(false));

    const files = await dragged(page, {
      'ride.gpx': rideGpx(),
      '<img src=x onerror="globalThis.wasHacked=1">.gpx': rideGpx().slice(0, -20),
    });
    await page.dispatchEvent('#map', 'dragenter', {dataTransfer: files});
    expect(await page.isVisible('#drop-target')).toBe(true);
    await page.dispatchEvent('#drop-target', 'drop', {dataTransfer: files});
    expect(await page.isVisible('#drop-target')).toBe(false);
    await page.locator('#status', {hasText: '1 file is shown.'}).waitFor();
    expect(await page.textContent('#status')).toMatch(/Not shown: .*<img src=x .*: found no <\/gpx> at the end/);
    expect(await page.textContent('#drop-text')).toMatch(/^1 file · \d/);

    // The button, by keyboard.
    const chooser = page.waitForEvent('filechooser');
    await page.keyboard.press('2');
    await page.focus('#drop-add');
    await page.keyboard.press('Enter');
    await (await chooser).setFiles({name: 'ride.fit', mimeType: '', buffer: Buffer.from(rideFit())});
    await page.locator('#status', {hasText: /^1 file is shown\.$/}).waitFor();
    expect(await page.textContent('#drop-text')).toMatch(/^2 files/);
    await page.evaluate(() => trackheat!.style('sport=run'));
    await page.locator('#status', {hasText: '1 file is read, and hidden by the filter.'}).waitFor();
    await page.evaluate(() => trackheat!.style('sport=all'));
    await page.locator('#status', {hasText: /^1 file is shown\.$/}).waitFor();

    await page.evaluate(() => trackheat!.drawOnce(() => {}));
    for (const {x, y} of [gpxLine, fitLine]) {
      for (const share of [-0.6, 0.3, 0.7]) {
        const place = positionOf(lone, 12, x * share, y * share);
        const heat = await page.evaluate(({lng, lat}) => trackheat!.heatAt(lng, lat), place);
        expect(heat).toBeGreaterThan(0.9);
        expect(heat).toBeLessThan(1.1);
      }
    }
    // What has no place in the table is not what a filter asks for.
    expect((await readHeat(page, 'sport=run&width=2&glow=0')).every((heat) => heat === 0)).toBe(true);
    const {uploads, ...after} = await counters(page);
    expect(uploads).toBeGreaterThan(before.uploads);
    expect([after.requests, after.decodes]).toEqual([before.requests, before.decodes]);
    const parts = requests.slice(asked).filter((url) => !url.startsWith(`${suite.server.url}/assets/`));
    expect(parts).toEqual([]);
    expect(await page.evaluate('globalThis.wasHacked')).toBe(undefined);

    await page.evaluate(() => trackheat!.drawing(false));
    await page.focus('#drop-remove');
    await page.keyboard.press('Enter');
    await move(page, {...positionOf(lone), zoom: 12}, style);
    expect(await page.isVisible('#drop-chip')).toBe(false);
    expect(await page.isVisible('#drop-remove')).toBe(false);
    expect(await page.evaluate('document.activeElement.id')).toBe('drop-add');
    expect(await page.textContent('#status')).toBe('');
    const heat = await readHeat(page);
    expect(heat.every((value, i) => Math.abs(value - old[i]) < 1e-3)).toBe(true);

    await page.keyboard.press('1');
    await page.keyboard.press('Escape');
    await page.emulateMedia({reducedMotion: null});
  });
}

/** What a drag of files over a page carries, by their names. */
function dragged(page: Page, texts: Record<string, string>): Promise<JSHandle> {
  return page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    for (const [name, text] of Object.entries(${JSON.stringify(texts)})) transfer.items.add(new File([text], name));
    return transfer;
  })()`);
}

function rideGpx(): string {
  const points = ends(gpxLine).map(({lng, lat}) => `<trkpt lat="${lat}" lon="${lng}"></trkpt>`);
  return `<?xml version="1.0"?><gpx version="1.1"><trk><trkseg>${points.join('')}</trkseg></trk></gpx>`;
}

function rideFit(): Uint8Array {
  const records = ends(fitLine).map(({lng, lat}, i) => record(i * 3600, lng, lat));
  return fitFile([...fileId(), typedRecordDefinition, ...records]);
}

function ends({x, y}: Place): {lng: number; lat: number}[] {
  return [-1, 1].map((side) => positionOf(lone, 12, side * x, side * y));
}
