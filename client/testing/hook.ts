import {type HeatStyle, parseStyle} from '../../core/style.ts';
import {Pace} from '../heat/pace.ts';
import type {Page} from '../page.ts';
import type {TestHook} from './test-hook.ts';

/** Puts the hook on the page; one that is still draws no heat until it is told to. */
export function installHook({archive, effect, map, change, settingsOf, isLoaded}: Page, isStill: boolean): void {
  const gate = tileGate(archive);
  const setDrawing = frameGate(effect);
  setDrawing(!isStill);
  // How fast the GPU is must not decide what a test sees.
  effect.pace = undefined;
  async function idle(): Promise<void> {
    let composites = -1;
    while (composites !== effect.counters.composites || !isLoaded() || !map.isSettled()) {
      composites = effect.counters.composites;
      // deck.gl asks MapLibre for a frame, which comes with the next but one.
      await frames(4);
    }
  }
  globalThis.trackheat = {
    idle,
    async drawOnce(act) {
      setDrawing(false);
      act();
      await frames(2);
      await idle();
      setDrawing(true);
      effect.onUnfinished();
      await idle();
    },
    drawing: setDrawing,
    setSlow(isSlow) {
      effect.pace = isSlow ? Object.assign(new Pace(), {isDue: () => false}) : undefined;
    },
    frames,
    show: (view) => map.show({...map.view, ...view}),
    style(text) {
      const style = parsed(text);
      const keys = [...new URLSearchParams(text).keys()] as (keyof HeatStyle)[];
      change(Object.fromEntries(keys.map((key) => [key, style[key]])));
    },
    base: (id) => map.setBase(id),
    readHeat: (text) => effect.readHeat(text === undefined ? undefined : settingsOf(parsed(text))),
    readColours: (text) => effect.readColours(text === undefined ? undefined : settingsOf(parsed(text))),
    readShown: () => effect.readShown(),
    heatAt(lng, lat) {
      const {width, height} = effect.frameSize;
      const [x, y] = effect.project(lng, lat);
      return effect.readHeat()[Math.floor(y * height) * width + Math.floor(x * width)];
    },
    toText: (bytes) => btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), '')),
    ...gate,
    sum: () => effect.readHeat().reduce((sum, heat) => sum + heat, 0),
    counters: () => ({...effect.counters, ...archive.counters}),
    loseContext: () => effect.loseContext(),
    destroy: () => map.destroy(),
  };
}

/** Stands between deck.gl and the effect: without drawing, frames leave the heat as it was. */
function frameGate(effect: Page['effect']): (isDrawing: boolean) => void {
  const preRender = effect.preRender.bind(effect);
  let isOpen = true;
  effect.preRender = (options) => {
    if (isOpen) preRender(options);
  };
  return (isDrawing) => {
    isOpen = isDrawing;
  };
}

/** Stands between the archive and the page, so that tiles come one by one. */
function tileGate(archive: Page['archive']): Pick<TestHook, 'hold' | 'release' | 'held'> {
  const readTile = archive.readTile.bind(archive);
  const waiting: (() => void)[] = [];
  let isHeld = false;
  archive.readTile = async (...request) => {
    if (isHeld) await new Promise<void>((resolve) => waiting.push(resolve));
    return readTile(...request);
  };
  return {
    hold() {
      isHeld = true;
    },
    release(tiles) {
      for (const go of waiting.splice(0, tiles)) go();
      if (tiles === Number.POSITIVE_INFINITY) isHeld = false;
    },
    held: () => waiting.length,
  };
}

function parsed(text: string): HeatStyle {
  const {style, faults} = parseStyle(text);
  if (faults.length > 0) throw new Error(faults.join(' '));
  return style;
}

async function frames(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise(requestAnimationFrame);
}
