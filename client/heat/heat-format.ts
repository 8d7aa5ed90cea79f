import type {Device} from '@luma.gl/core';
import type {HeatFormat} from './render-targets.ts';

/** Floats where the GPU can draw into them, add in them and read between them, else half floats. */
export function heatFormat(device: Device): HeatFormat {
  const needed = ['float32-renderable-webgl', 'texture-blend-float-webgl', 'float32-filterable'] as const;
  if (needed.every((feature) => device.features.has(feature))) return 'r32float';
  // Asking for it switches the extension on.
  device.features.has('float16-renderable-webgl');
  return 'r16float';
}

/** Whether the browser has WebGL2 with render targets that heat can be accumulated in; a sentence where it has not. */
export function missingFeature(): string | undefined {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) return 'This browser has no WebGL2.';
  const canDraw = gl.getExtension('EXT_color_buffer_float') ?? gl.getExtension('EXT_color_buffer_half_float');
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return canDraw ? undefined : 'This graphics card cannot draw into float textures.';
}
