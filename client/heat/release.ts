import type {Framebuffer, Texture} from '@luma.gl/core';
import type {Model} from '@luma.gl/engine';
import {WEBGLTexture, WebGLDevice} from '@luma.gl/webgl';

/*
 * luma.gl 9.4.2 leaves some objects to the browser's garbage collection, which knows nothing of the GPU's memory: a model's vertex array,
 * a texture's sampler, and the framebuffer itself, which `Framebuffer.destroy` marks as destroyed before it asks whether it is.
 */

/** Releases a model with its vertex array. */
export function releaseModel(model: Model): void {
  model.vertexArray.destroy();
  model.destroy();
}

/** Releases a texture with its sampler, and with the framebuffer that luma.gl made to read it. */
export function releaseTexture(texture: Texture): void {
  if (texture instanceof WEBGLTexture && texture._framebuffer) releaseFramebuffer(texture._framebuffer);
  texture.sampler.destroy();
  texture.destroy();
}

/** Releases a framebuffer, not its attachments. */
export function releaseFramebuffer(framebuffer: Framebuffer): void {
  const {device, handle} = framebuffer;
  framebuffer.destroy();
  if (device instanceof WebGLDevice) device.gl.deleteFramebuffer(handle as WebGLFramebuffer);
}
