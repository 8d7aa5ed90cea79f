import type {WebMercatorViewport} from '@deck.gl/core';
import type {Device, RenderPass, Texture} from '@luma.gl/core';
import {rampTable} from '../../core/ramps.ts';
import type {HeatStyle} from '../../core/style.ts';
import {toneScale} from '../../core/tone.ts';
import {padViewport} from '../map/pad-viewport.ts';
import {accumulate, type DrawnTile} from './accumulate.ts';
import {BlurPasses} from './blur-passes.ts';
import {type BlurPart, type BlurPlan, blurPlan} from './blur-plan.ts';
import {CompositePass, type CompositeUniforms} from './composite-pass.ts';
import type {HeatCounters} from './counters.ts';
import {gpuDone} from './gpu-done.ts';
import type {Pace} from './pace.ts';
import {readTarget} from './read-target.ts';
import {releaseFramebuffer, releaseTexture} from './release.ts';
import {type HeatFormat, type RenderTarget, RenderTargets} from './render-targets.ts';
import {type DrawnTarget, screenInTarget} from './screen-in-target.ts';
import {toneEntries, toneKey, toneTable} from './tone-table.ts';
import {createTable, createWeightTexture} from './weight-texture.ts';

/** All that the heat's picture depends on beside tiles and viewport. */
export type HeatSettings = {
  style: HeatStyle;
  /** Weight of each row by its dense index; replaced, never changed, so that a new array is a new filter. */
  weights: Float32Array;
  /** Share of the activities that pass the filter. */
  share: number;
  /** Quantiles of the archive, by zoom. */
  quantiles: readonly (readonly number[])[];
};

/** A picture's place on the GPU: the blurred targets and what is left to do with them. */
type Blurred = {line: RenderTarget; glow: RenderTarget; plan: BlurPlan};

/** Whether heat is there as it should be, or what has to be tried again by a later frame: an earlier heat is shown, or the GPU was not ready. */
export type Prepared = 'ready' | 'carried' | 'unready';

/** How often the GPU is asked for the end of what is timed, ms. */
const timingMilliseconds = 4;

/** What is to be accumulated: with `ratio` target pixels per CSS pixel, and a margin of CSS pixels. */
type Wanted = {layers: DrawnTile[]; viewport: WebMercatorViewport; ratio: number; margin: number; laps: number};

/** What was accumulated, and of what. */
type Accumulated = DrawnTarget & {key: string; weights: Texture; wantedMargin: number; target: RenderTarget};

/** A texture and what it was made from. */
type Cached<T> = {texture: Texture; from: T};

/**
 * Draws heat in three stages: accumulate all segments in floats, blur for width and glow, and put the colours on the screen. Each
 * stage runs only when what it depends on has changed.
 */
export class HeatRenderer {
  private readonly device: Device;
  private readonly counters: HeatCounters;
  private readonly targets: RenderTargets;
  private readonly blurs: BlurPasses;
  private readonly compositing: CompositePass;
  /** Writes heat itself; made when heat is first read. */
  private reading: CompositePass | undefined;
  private weights: Cached<Float32Array> | undefined;
  private ramp: Cached<string> | undefined;
  private tones: (Cached<string> & {low: number; perOctave: number}) | undefined;
  private accumulated: Accumulated | undefined;
  private blurred: (Blurred & {key: string}) | undefined;
  private screen: number[] = [];
  /** Whether no tile is in sight, or none has come yet: then there is nothing to draw, and no frame waits for it. */
  private isEmpty = true;

  constructor(device: Device, format: HeatFormat, counters: HeatCounters) {
    this.device = device;
    this.counters = counters;
    this.targets = new RenderTargets(device, format);
    this.blurs = new BlurPasses(device);
    this.compositing = new CompositePass(device);
  }

  /**
   * Brings the off-screen stages up to date for a viewport with `ratio` device pixels per CSS pixel. What is there is carried along with the
   * ground where the `pace` does not let a slow GPU add heat up anew.
   */
  prepare(
    layers: DrawnTile[],
    viewport: WebMercatorViewport,
    ratio: number,
    settings: HeatSettings,
    pace?: Pace,
  ): Prepared {
    const shown = layers.filter(({props}) => props.tile.isVisible);
    this.isEmpty = shown.length === 0;
    if (this.isEmpty) return 'ready';
    const {style} = settings;
    const fitted = this.fitRatio(viewport, ratio, style);
    const plan = blurPlan(style, viewport.zoom, fitted);
    this.updateTables(settings, viewport.zoom);
    const wanted: Wanted = {layers: shown, viewport, ratio: fitted, margin: plan.margin, laps: style.laps};
    const isDue = pace?.isDue(viewport, performance.now()) ?? true;
    let isReady = true;
    if (!this.isAccumulated(wanted)) {
      if (!isDue && this.blurred && this.accumulated) {
        this.screen = screenInTarget(viewport, this.accumulated);
        return 'carried';
      }
      isReady = this.accumulate(wanted);
      if (pace) this.time(pace);
    }
    if (this.accumulated) this.screen = screenInTarget(viewport, this.accumulated);
    return this.blur(plan) && isReady ? 'ready' : 'unready';
  }

  /** Draws the colours into a pass as large as the screen; false where what there is to draw is not ready yet. */
  composite(renderPass: RenderPass, opacity: number): boolean {
    if (this.isEmpty) return true;
    if (!this.draw(this.compositing, renderPass, opacity)) return false;
    this.counters.composites++;
    return true;
  }

  /**
   * Heat before tone at `width` × `height` places spread evenly over the screen, row-major from the north. Waits for the GPU:
   * for tests, and for what is looked up on demand.
   */
  readHeat(width: number, height: number): Float32Array {
    if (this.isEmpty) return new Float32Array(width * height);
    this.reading ??= new CompositePass(this.device, {isRaw: true});
    const bytes = this.read(this.reading, 'r32float', width, height, 1);
    return new Float32Array(bytes.buffer);
  }

  /** Premultiplied RGBA of each device pixel of the screen, row-major from the north. Slow: for tests. */
  readColours(width: number, height: number, opacity: number): Uint8Array {
    return this.read(this.compositing, 'rgba8unorm', width, height, opacity);
  }

  /** Releases everything on the GPU. */
  destroy(): void {
    this.targets.keep(new Set());
    this.blurs.destroy();
    this.compositing.destroy();
    this.reading?.destroy();
    for (const cached of [this.weights, this.ramp, this.tones]) {
      if (cached) releaseTexture(cached.texture);
    }
  }

  /** Draws into a texture of its own and reads it, four bytes a pixel, the northern row first. */
  private read(
    pass: CompositePass,
    format: 'r32float' | 'rgba8unorm',
    width: number,
    height: number,
    opacity: number,
  ): Uint8Array {
    const texture = this.device.createTexture({format, width, height});
    const framebuffer = this.device.createFramebuffer({width, height, colorAttachments: [texture]});
    const renderPass = this.device.beginRenderPass({framebuffer, clearColor: [0, 0, 0, 0], clearDepth: false});
    this.draw(pass, renderPass, opacity);
    renderPass.end();
    const upward = readTarget({texture, framebuffer, width, height});
    releaseFramebuffer(framebuffer);
    releaseTexture(texture);
    const bytes = new Uint8Array(upward.length);
    const row = width * 4;
    for (let y = 0; y < height; y++) bytes.set(upward.subarray((height - 1 - y) * row, (height - y) * row), y * row);
    return bytes;
  }

  private draw(pass: CompositePass, renderPass: RenderPass, opacity: number): boolean {
    const {blurred, tones, ramp} = this;
    if (this.isEmpty || !blurred || !tones || !ramp) return false;
    const {line, glow, plan} = blurred;
    const uniforms: CompositeUniforms = {
      screen: this.screen,
      cells: [plan.line.cell, plan.glow?.cell ?? 1],
      gains: [plan.line.gain, plan.glow?.gain ?? 0],
      toneLow: tones.low,
      tonePerOctave: tones.perOctave,
      opacity,
    };
    return pass.draw(renderPass, uniforms, {
      line: line.texture,
      glow: glow.texture,
      tones: tones.texture,
      ramp: ramp.texture,
    });
  }

  /** The ratio at which the target with its margin fits into the GPU's largest texture. */
  private fitRatio(viewport: WebMercatorViewport, ratio: number, style: HeatStyle): number {
    const {width, height, zoom} = viewport;
    const largest = this.device.limits.maxTextureDimension2D;
    let fitted = ratio;
    // A margin at a lower ratio can be a step wider.
    for (let i = 0; i < 3; i++) {
      const {margin} = blurPlan(style, zoom, fitted);
      fitted = Math.min(fitted, largest / (Math.max(width, height) + 2 * margin));
    }
    return fitted;
  }

  private updateTables({style, weights, share, quantiles}: HeatSettings, zoom: number): void {
    if (this.weights?.from !== weights) {
      if (this.weights) releaseTexture(this.weights.texture);
      this.weights = {texture: createWeightTexture(this.device, weights), from: weights};
      this.counters.weightUploads++;
    }
    if (this.ramp?.from !== style.ramp) {
      if (this.ramp) releaseTexture(this.ramp.texture);
      const props = {id: 'heat-ramp', format: 'rgba8unorm', width: 256, height: 1} as const;
      this.ramp = {texture: createTable(this.device, props, rampTable(style.ramp), true), from: style.ramp};
    }
    const scale = toneScale(style, quantiles, zoom, share);
    const key = toneKey(scale);
    if (this.tones?.from !== key) {
      const {entries, low, perOctave} = toneTable(scale);
      const props = {id: 'heat-tones', format: 'r32float', width: toneEntries, height: 1} as const;
      const texture = this.tones?.texture ?? createTable(this.device, props, entries);
      if (this.tones) texture.writeData(entries);
      this.tones = {texture, from: key, low, perOctave};
    }
  }

  /** Whether what was accumulated is what is wanted. */
  private isAccumulated(wanted: Wanted): boolean {
    const last = this.accumulated;
    if (last?.key !== keyOf(wanted) || last.weights !== this.weights?.texture) return false;
    return last.wantedMargin >= wanted.margin && last.viewport.equals(wanted.viewport);
  }

  private accumulate(wanted: Wanted): boolean {
    const {layers, viewport, ratio, margin: wantedMargin, laps} = wanted;
    const width = Math.round(viewport.width * ratio);
    const height = Math.round(viewport.height * ratio);
    const margin = Math.floor(wantedMargin * ratio);
    const target = this.targets.get('accumulated', width + 2 * margin, height + 2 * margin);
    // Made by updateTables, which comes first.
    const weights = this.weights!.texture;
    const padded = padViewport(viewport, margin / ratio);
    const isReady = accumulate(this.device, target, {layers, viewport, padded, weights, laps});
    const made = {key: keyOf(wanted), weights, viewport, margin, wantedMargin, width, height, target};
    this.accumulated = isReady ? made : undefined;
    this.blurred = undefined;
    this.counters.accumulations++;
    return isReady;
  }

  /** Times the accumulation that the GPU was just told to do, unless it is at an earlier one still. */
  private async time(pace: Pace): Promise<void> {
    if (pace.isTiming) return;
    pace.begin(performance.now());
    const busyUntil = await gpuDone(this.device, timingMilliseconds);
    pace.end(performance.now(), busyUntil);
  }

  private blur(plan: BlurPlan): boolean {
    if (!this.accumulated) return false;
    const {target} = this.accumulated;
    const key = [plan.line, plan.glow].map((part) => part && [part.cell, ...(part.taps?.weights ?? [])]).join('|');
    if (this.blurred?.key === key) {
      this.blurred.plan = plan;
      return true;
    }
    const used = new Set(['accumulated']);
    let isReady = true;
    const get = (name: string, {width, height}: RenderTarget, shrunk: number) => {
      used.add(name);
      return this.targets.get(name, Math.ceil(width / shrunk), Math.ceil(height / shrunk));
    };
    const levels = [target];
    const blurPart = (name: string, {cell, taps}: BlurPart) => {
      const level = Math.log2(cell);
      for (let i = levels.length; i <= level; i++) {
        const half = get(`level-${i}`, levels[i - 1], 2);
        if (!this.blurs.halve(levels[i - 1], half)) isReady = false;
        levels.push(half);
      }
      if (!taps) return levels[level];
      const blurred = get(name, levels[level], 1);
      if (!this.blurs.blur(levels[level], get(`between-${level}`, levels[level], 1), blurred, taps)) isReady = false;
      return blurred;
    };
    const line = blurPart('line', plan.line);
    const glow = plan.glow ? blurPart('glow', plan.glow) : line;
    this.targets.keep(used);
    this.blurred = isReady ? {line, glow, plan, key} : undefined;
    this.counters.blurs++;
    return isReady;
  }
}

/** What tells two accumulations for the same viewport and weights apart. */
function keyOf({layers, ratio, laps}: Wanted): string {
  return [ratio, laps, ...layers.map(({id, props}) => `${id} ${props.tile.share}`)].join();
}
