import {WebGLDevice} from '@luma.gl/webgl';
import type {RenderTarget} from './render-targets.ts';

/**
 * The bytes of a target, four a pixel, the southern row first. luma.gl 9.4.2 would make a framebuffer of its own for each
 * texture that is read, which stays on the GPU (see release.ts).
 */
export function readTarget({texture, framebuffer, width, height}: RenderTarget): Uint8Array<ArrayBuffer> {
  const {device} = framebuffer;
  if (!(device instanceof WebGLDevice)) throw new Error('Heat is read on WebGL alone.');
  const {gl} = device;
  const isFloat = texture.format === 'r32float';
  const pixels = isFloat ? new Float32Array(width * height) : new Uint8Array(width * height * 4);
  const before = gl.getParameter(gl.READ_FRAMEBUFFER_BINDING) as WebGLFramebuffer | null;
  gl.bindFramebuffer(gl.READ_FRAMEBUFFER, framebuffer.handle as WebGLFramebuffer);
  gl.readPixels(0, 0, width, height, isFloat ? gl.RED : gl.RGBA, isFloat ? gl.FLOAT : gl.UNSIGNED_BYTE, pixels);
  gl.bindFramebuffer(gl.READ_FRAMEBUFFER, before);
  return new Uint8Array(pixels.buffer);
}
