import type {Page} from 'playwright-core';
import {expect, test} from 'vitest';
import {defaultStyle} from '../../core/style.ts';
import {readColours, readHeat} from '../support/browser.ts';
import {corner, positionOf} from './fixture.ts';
import {counters, move, type Suite} from './suite.ts';

/** Tests of the panel's first tab: ramps and their editor, named styles, the scale, numbers; and of the legend. */
export function styleTests(suite: Suite): void {
  test('the legend shows how often each colour occurs, and goes where nothing is lit; a filter says so', async () => {
    const {page} = suite.main;
    await move(page, {...positionOf(corner, 12, 4000, 0), zoom: 12}, {...defaultStyle, sport: ['ride']});
    await page.locator('#legend').waitFor({state: 'hidden'});
    await page.locator('#status', {hasText: 'lies elsewhere'}).waitFor();
    await move(page, {...positionOf(corner, 12), zoom: 12}, {...defaultStyle, top: 20});
    await page.locator('#legend').waitFor();
    // Single passes are what most of it is: the fullest bin is in the colder half, and something is hot. It is looked at when
    // all is at rest.
    const fullest = async () => (await histogram(page)).indexOf(100);
    const hottest = async () => Math.max(...(await histogram(page)).slice(30));
    await expect.poll(hottest, {timeout: 5000}).toBeGreaterThan(0);
    expect(await page.textContent('#status')).toBe('');
    await expect.poll(fullest, {timeout: 5000}).toBeLessThan(22);
    expect(await histogram(page)).toHaveLength(44);
    expect(await page.getAttribute('#legend', 'aria-label')).toMatch(/^Colours for 1, .* activities$/);
    const before = await counters(page);
    await page.evaluate(() => trackheat!.frames(30));
    expect(await counters(page)).toEqual(before);
    // The tests that follow look at numbers and at what would be drawn.
    await page.evaluate(() => {
      trackheat!.drawing(false);
      trackheat!.style('top=auto');
    });
  });

  test('the scale is frozen as it is, and fitted to what is in sight', async () => {
    const {page} = suite.main;
    const auto = await readColours(page);
    const [frozen, fitted, exposure, back] = await inFirstTab(
      page,
      `press('#scale-freeze');
      const frozen = valueOf('#top');
      press('#scale-view');
      const fitted = valueOf('#top');
      trackheat.style('curve=rank');
      press('#scale-view');
      const exposure = valueOf('.slider:has(#slider-exposure) [type=number]');
      const isOff = ['#top', '#scale-auto', '#scale-freeze'].every((id) => find(id).disabled);
      trackheat.style('curve=log');
      press('#scale-auto');
      return [frozen, fitted, exposure, isOff + valueOf('#top') + find('#scale-auto').ariaPressed];`,
    );
    expect(Number(frozen)).toBeGreaterThan(1);
    expect(differing(await readColours(page, `top=${frozen}`), auto)).toBeLessThan(0.001);
    const lit = (await readHeat(page)).filter((heat) => heat >= 0.05).sort();
    expect(Math.abs(Number(fitted) / lit[Math.floor(lit.length * 0.999)] - 1)).toBeLessThan(0.01);
    expect(Number(exposure)).not.toBe(1);
    expect(back).toBe('truetrue');
  });

  test('numbers are typed, and go back to their default by button and double click', async () => {
    const {page} = suite.main;
    const said = await inFirstTab(
      page,
      `const number = find('.slider:has(#slider-width) [type=number]');
      const type = (value) => {
        write(number, value, 'change');
        return find('#slider-width').ariaValueText;
      };
      const arrow = (key) => {
        number.dispatchEvent(new KeyboardEvent('keydown', {key}));
        return number.value;
      };
      const typed = [type('3.37'), type(''), type('99'), number.value, arrow('ArrowDown'), arrow('ArrowUp')];
      press('.slider:has(#slider-width) .back');
      const back = [number.value, document.activeElement.id];
      write(find('#slider-glow'), 70, 'input');
      const moved = find('#slider-glow').ariaValueText;
      find('label[for=slider-glow]').dispatchEvent(new MouseEvent('dblclick', {bubbles: true}));
      const top = find('#top');
      write(top, '25', 'input');
      trackheat.show({zoom: 11});
      const kept = top.value;
      write(top, '', 'change');
      return [...typed, ...back, moved, find('#slider-glow').ariaValueText, kept];`,
    );
    expect(said).toEqual([
      ...['3.37\u202fpx', '3.37\u202fpx', '12\u202fpx', '12', '11.7', '12'],
      ...['1.2', 'slider-width', '1.96', '0.15', '25'],
    ]);
  });

  test('the ramp editor moves, adds and removes stops by keys, adds them by a click, and takes text', async () => {
    const {page} = suite.main;
    const [texts, clicked, faults, own, colours] = await inFirstTab<[string[], string, string[], string, string]>(
      page,
      `press('#ramp-edit');
      const text = find('#ramp-text');
      write(text, '0:00000000, 0.5:ff6a00cc, 1:ffffff', 'input');
      document.querySelectorAll('.stop')[1].focus();
      const keys = [['ArrowLeft'], ['ArrowRight', true], ['Enter'], ['Delete'], ['Home']];
      const texts = keys.map(([key, shiftKey]) => {
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key, shiftKey, bubbles: true}));
        return text.value;
      });
      const {left, width} = find('#ramp-bar').getBoundingClientRect();
      find('#ramp-add').dispatchEvent(new MouseEvent('click', {clientX: left + width / 4, detail: 1}));
      const clicked = text.value;
      const faults = ['0:000000,0.5:nothing', '0:00000000,0.5:ffffff,1:808080'].map((stops) => {
        write(text, stops, 'input');
        return find('#ramp-fault').textContent;
      });
      const colours = trackheat.toText(trackheat.readColours());
      const own = find('#ramps :checked').value;
      press('#ramp-edit');
      return [texts, clicked, faults, own, colours];`,
    );
    expect(texts).toEqual([
      '0:00000000,0.49:ff6a00cc,1:ffffff',
      '0:00000000,0.54:ff6a00cc,1:ffffff',
      '0:00000000,0.54:ff6a00cc,0.77:ffb47fe5,1:ffffff',
      '0:00000000,0.54:ff6a00cc,1:ffffff',
      '0:00000000,0.54:ff6a00cc,0.545:ffffff',
    ]);
    expect(clicked).toMatch(/^0:00000000,0\.2[45]\d?:[0-9a-f]{8},0\.54:ff6a00cc,0\.545:ffffff$/);
    expect(faults[0]).toContain("'0.5:nothing'");
    expect(faults[1]).toContain('more heat may look like less');
    expect(own).toBe('custom');
    const asked = await readColours(page, 'ramp=0:00000000,0.5:ffffff,1:808080');
    expect(Buffer.from(colours, 'base64').equals(asked)).toBe(true);
  });

  test('styles are saved in the browser, applied without touching the filter, copied for a server and deleted', async () => {
    const {page} = suite.main;
    const [notes, stored, json, ramps, uploads] = await inFirstTab<[string[], string, string, string[], number]>(
      page,
      `const setItem = Storage.prototype.setItem;
      const note = () => find('#look-note').textContent;
      const save = (name) => {
        find('#look-name').value = name;
        press('#look-save');
        return note();
      };
      const apply = (value) => {
        write(find('#named'), value, 'change');
        return find('#ramps :checked').value + ' ' + valueOf('#slider-width');
      };
      trackheat.style('ramp=cool&width=2&gamma=1.5');
      press('#looks-toggle');
      const notes = ['two wörds', 'heat', 'night', 'night'].map(save);
      const stored = localStorage.getItem('styles');
      const json = valueOf('#looks-json');
      const ramps = [apply('built-in heat'), apply('saved night')];
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
      notes.push(save('one-more'));
      Storage.prototype.setItem = setItem;
      press('#look-delete');
      notes.push(note(), localStorage.getItem('styles'));
      press('#looks-toggle');
      return [notes, stored, json, ramps, trackheat.counters().weightUploads];`,
    );
    expect(notes[0]).toContain('expected a name');
    expect(notes[1]).toContain('built-in');
    expect(notes.slice(2)).toEqual([
      "'night' was saved.",
      "'night' was replaced.",
      expect.stringContaining('no room'),
      "'night' was deleted.",
      '{}',
    ]);
    expect(JSON.parse(stored)).toEqual({night: 'ramp=cool&width=2&gamma=1.5'});
    expect(JSON.parse(json)).toEqual(JSON.parse(stored));
    expect(ramps).toEqual([expect.stringMatching(/^fire /), expect.stringMatching(/^cool /)]);
    expect(ramps[0]).not.toBe(ramps[1].replace('cool', 'fire'));
    expect((await counters(page)).weightUploads).toBe(uploads);
    await page.evaluate(() => trackheat!.drawing(true));
  });
}

/**
 * Runs steps in the page with the first tab open on a place with heat, in the default style, and leaves it so.
 */
async function inFirstTab<T = string[]>(page: Page, steps: string): Promise<T> {
  await page.click('#panel-toggle');
  await page.click('#tab-style');
  const result = await page.evaluate<T>(`(() => {
    const find = (selector) => document.querySelector(selector);
    const valueOf = (selector) => find(selector).value;
    const press = (selector) => find(selector).click();
    const write = (field, value, event) => {
      field.focus();
      field.value = value;
      field.dispatchEvent(new Event(event, {bubbles: true}));
    };
    try {
      ${steps}
    } finally {
      press('#reset');
    }
  })()`);
  await page.click('#panel-toggle');
  return result;
}

/** Heights of the legend's histogram, per cent; empty where it shows none. */
async function histogram(page: Page): Promise<number[]> {
  const path = await page.evaluate<string>("document.querySelector('.histogram').style.clipPath");
  const points = [...path.matchAll(/([\d.]+)% ([\d.]+)%/g)].map(([, , y]) => 100 - Number(y));
  return points.slice(1, -1).filter((_, i) => i % 2 === 0);
}

/** Share of bytes that differ by more than one grey level. */
function differing(a: Uint8Array, b: Uint8Array): number {
  return a.filter((value, i) => Math.abs(value - b[i]) > 1).length / a.length;
}
