import type {Effect, EffectContext, PreRenderOptions} from '@deck.gl/core';
import {WebMercatorViewport} from '@deck.gl/core';
import type {Device} from '@luma.gl/core';
import {createCounters} from './counters.ts';
import {gpuDone} from './gpu-done.ts';
import {heatFormat} from './heat-format.ts';
import {HeatRenderer, type HeatSettings} from './heat-renderer.ts';
import {HeatSegmentsLayer} from './heat-segments-layer.ts';
import {Pace} from './pace.ts';

/** How often a map at rest asks for the heat that a slow GPU still owes it, ms. */
const laterMilliseconds = 50;

/** The tiles of a frame, where they were seen from, and at how many device pixels per CSS pixel. */
export type ShownFrame = {device: Device; tiles: HeatSegmentsLayer[]; viewport: WebMercatorViewport; ratio: number};

/**
 * Joins the heat renderer to deck.gl: before the layers of a frame are drawn it brings the off-screen stages up to date.
 * Lives as long as the page and moves with it from one deck.gl instance to the next.
 */
export class HeatEffect implements Effect {
  readonly id = 'heat';
  readonly props = {};
  readonly counters = createCounters();
  settings: HeatSettings;
  /** When a slow GPU adds up heat anew; without it every frame does. */
  pace: Pace | undefined = new Pace();
  /** Called when a frame could not be finished and has to be drawn again. */
  onUnfinished: () => void = () => {};
  /** Called after each frame that shows heat, or that there is none. */
  onDrawn: () => void = () => {};
  /** Copies of the world that are still to be drawn in the frame under way. */
  private copies = 0;
  private renderer: HeatRenderer | undefined;
  private device: Device | undefined;
  /** Whether the frame under way shows heat that is to be added up anew. Until that is drawn, a frame is asked for again. */
  private isCarried = false;
  private later: ReturnType<typeof setTimeout> | undefined;
  /** What the last frame showed. */
  private frame: {tiles: HeatSegmentsLayer[]; viewport: WebMercatorViewport; ratio: number} | undefined;

  constructor(settings: HeatSettings) {
    this.settings = settings;
  }

  setup({device}: EffectContext): void {
    this.device = device;
    this.renderer = new HeatRenderer(device, heatFormat(device), this.counters);
  }

  preRender({layers, viewports, isPicking}: PreRenderOptions): void {
    const viewport = viewports[0];
    if (isPicking || !this.renderer || !this.device || !(viewport instanceof WebMercatorViewport)) return;
    const tiles = layers.filter((layer): layer is HeatSegmentsLayer => layer instanceof HeatSegmentsLayer);
    const ratio = this.device.getDefaultCanvasContext().cssToDeviceRatio();
    this.frame = {tiles, viewport, ratio};
    const prepared = this.renderer.prepare(tiles, viewport, ratio, this.settings, this.pace);
    if (prepared === 'unready') this.onUnfinished();
    this.isCarried = prepared === 'carried';
    if (this.isCarried) this.askLater();
    this.copies = viewport.subViewports?.length ?? 1;
  }

  /**
   * Draws the heat once per frame, at its layer's place in the stack. deck.gl draws the whole stack for each copy of the world that is in sight:
   * the heat, which is that of all copies, comes with the last, or the base map of the next would lie on it.
   */
  composite(renderPass: Parameters<HeatRenderer['composite']>[0]): void {
    this.copies--;
    if (this.copies !== 0 || !this.renderer) return;
    if (!this.renderer.composite(renderPass, this.settings.style.opacity)) return this.onUnfinished();
    if (!this.isCarried) clearTimeout(this.later);
    this.onDrawn();
  }

  /** Resolves when the GPU has drawn all frames so far. */
  async drawn(): Promise<void> {
    if (this.device) await gpuDone(this.device);
  }

  /**
   * Heat before tone at about so many places spread evenly over the last frame; undefined where there is none yet, or where
   * the GPU gives no floats back. Waits for the GPU, so not for every frame.
   */
  sampleHeat(places: number): Float32Array | undefined {
    if (!this.renderer || !this.frame || this.device?.isLost) return undefined;
    if (!this.device?.features.has('float32-renderable-webgl')) return undefined;
    const {width, height} = this.frame.viewport;
    const scale = Math.min(1, Math.sqrt(places / (width * height)));
    const {renderer} = this.prepareRead(this.settings);
    return renderer.readHeat(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  }

  /** Heat before tone of the device pixels of the last frame, row-major from the north. Slow: for tests. */
  readHeat(settings = this.settings): Float32Array {
    const {renderer, width, height} = this.prepareRead(settings);
    return renderer.readHeat(width, height);
  }

  /** The heat's colours of the device pixels of the last frame over nothing, row-major from the north. Slow: for tests. */
  readColours(settings = this.settings): Uint8Array {
    const {renderer, width, height} = this.prepareRead(settings);
    return renderer.readColours(width, height, settings.style.opacity);
  }

  /** The colours of the device pixels of the last frame as they were put on the screen, in whatever way. Slow: for tests. */
  readShown(): Uint8Array {
    const {width, height} = this.frameSize;
    return this.renderer?.readColours(width, height, this.settings.style.opacity) ?? new Uint8Array();
  }

  /** Where a place lies in the last frame, shares of its width from the west and of its height from the north. */
  project(lng: number, lat: number): [x: number, y: number] {
    if (!this.frame) throw new Error('A place was asked for before the first frame.');
    const {viewport} = this.frame;
    const [x, y] = viewport.project([lng, lat]);
    return [x / viewport.width, y / viewport.height];
  }

  /** What the last frame showed, and where; undefined before the first. */
  get shown(): ShownFrame | undefined {
    return this.device && this.frame && {...this.frame, device: this.device};
  }

  /** Size of the last frame, device pixels. */
  get frameSize(): {width: number; height: number} {
    const [width, height] = this.device?.getDefaultCanvasContext().getDrawingBufferSize() ?? [0, 0];
    return {width, height};
  }

  /** Loses the map's WebGL context as a crash of the graphics driver would: for tests. */
  loseContext(): void {
    this.device?.loseDevice();
  }

  cleanup(): void {
    clearTimeout(this.later);
    this.renderer?.destroy();
    this.renderer = undefined;
  }

  /** Asks for the frame that a slow GPU owes; a map that moves has its next one before. */
  private askLater(): void {
    clearTimeout(this.later);
    this.later = setTimeout(() => this.onUnfinished(), laterMilliseconds);
  }

  /** The last frame's off-screen stages with other settings. */
  private prepareRead(settings: HeatSettings): {renderer: HeatRenderer; width: number; height: number} {
    if (!this.renderer || !this.frame) throw new Error('The heat was read before its first frame.');
    const {tiles, viewport, ratio} = this.frame;
    this.renderer.prepare(tiles, viewport, ratio, settings);
    return {renderer: this.renderer, ...this.frameSize};
  }
}
