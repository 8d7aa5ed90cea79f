import type {Effect, EffectContext, PreRenderOptions} from '@deck.gl/core';
import {WebMercatorViewport} from '@deck.gl/core';
import {createCounters} from './counters.ts';
import {heatFormat} from './heat-format.ts';
import {HeatRenderer, type HeatSettings} from './heat-renderer.ts';
import {HeatSegmentsLayer} from './heat-segments-layer.ts';

/**
 * Joins the heat renderer to deck.gl: before the layers of a frame are drawn it brings the off-screen stages up to date.
 * Lives as long as the page and moves with it from one deck.gl instance to the next.
 */
export class HeatEffect implements Effect {
  readonly id = 'heat';
  readonly props = {};
  readonly counters = createCounters();
  settings: HeatSettings;
  renderer: HeatRenderer | undefined;
  /** Called when a frame could not be finished and has to be drawn again. */
  onUnfinished: () => void = () => {};
  /** Whether the frame under way still waits for its heat: repeated worlds would draw it more than once. */
  private isWaiting = false;
  private context: EffectContext | undefined;

  constructor(settings: HeatSettings) {
    this.settings = settings;
  }

  setup(context: EffectContext): void {
    this.context = context;
    this.renderer = new HeatRenderer(context.device, heatFormat(context.device), this.counters);
  }

  preRender({layers, viewports, isPicking}: PreRenderOptions): void {
    const viewport = viewports[0];
    if (isPicking || !this.renderer || !this.context || !(viewport instanceof WebMercatorViewport)) return;
    const tiles = layers.filter((layer): layer is HeatSegmentsLayer => layer instanceof HeatSegmentsLayer);
    const ratio = this.context.device.getDefaultCanvasContext().cssToDeviceRatio();
    if (!this.renderer.prepare(tiles, viewport, ratio, this.settings)) this.onUnfinished();
    this.isWaiting = true;
  }

  /** Draws the heat once per frame, at its layer's place in the stack. */
  composite(renderPass: Parameters<HeatRenderer['composite']>[0]): void {
    if (!this.isWaiting || !this.renderer) return;
    this.isWaiting = false;
    if (!this.renderer.composite(renderPass, this.settings.style.opacity)) this.onUnfinished();
  }

  cleanup(): void {
    this.renderer?.destroy();
    this.renderer = undefined;
    this.context = undefined;
  }
}
