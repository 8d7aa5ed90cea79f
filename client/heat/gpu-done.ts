import type {Device} from '@luma.gl/core';
import {WebGLDevice} from '@luma.gl/webgl';

/** How often the GPU is asked, ms. */
const askMilliseconds = 20;

/**
 * Resolves when the GPU has done all that it was told so far, or is lost. Reading from it before would hold up the page until then:
 * for seconds where there is no GPU and frames are still being drawn. (luma.gl's fence asks for ever where the GPU is lost.)
 */
export async function gpuDone(device: Device): Promise<void> {
  if (!(device instanceof WebGLDevice)) return;
  const {gl} = device;
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  if (!fence) return;
  do await new Promise((resolve) => setTimeout(resolve, askMilliseconds));
  while (gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.UNSIGNALED);
  gl.deleteSync(fence);
}
