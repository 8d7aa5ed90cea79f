import type {Device, Framebuffer, Texture} from '@luma.gl/core';
import {releaseFramebuffer, releaseTexture} from './release.ts';

/** A texture that heat is drawn into and read from. */
export type RenderTarget = {texture: Texture; framebuffer: Framebuffer; width: number; height: number};

/** Formats that heat can be accumulated in: the half floats stop counting single activities at 2048. */
export type HeatFormat = 'r32float' | 'r16float';

/** The render targets of the heat by name; each is made anew when its size changes. */
export class RenderTargets {
  private readonly device: Device;
  private readonly format: HeatFormat;
  private readonly targets = new Map<string, RenderTarget>();

  constructor(device: Device, format: HeatFormat) {
    this.device = device;
    this.format = format;
  }

  get(name: string, width: number, height: number): RenderTarget {
    const old = this.targets.get(name);
    if (old?.width === width && old.height === height) return old;
    if (old) release(old);
    const texture = this.device.createTexture({
      id: `heat-${name}`,
      format: this.format,
      width,
      height,
      sampler: {
        minFilter: 'linear',
        magFilter: 'linear',
        addressModeU: 'clamp-to-edge',
        addressModeV: 'clamp-to-edge',
      },
    });
    const framebuffer = this.device.createFramebuffer({id: `heat-${name}`, width, height, colorAttachments: [texture]});
    const target = {texture, framebuffer, width, height};
    this.targets.set(name, target);
    return target;
  }

  /** Releases all targets but those named. */
  keep(names: Set<string>): void {
    for (const [name, target] of this.targets) {
      if (names.has(name)) continue;
      release(target);
      this.targets.delete(name);
    }
  }
}

function release({texture, framebuffer}: RenderTarget): void {
  releaseFramebuffer(framebuffer);
  releaseTexture(texture);
}
