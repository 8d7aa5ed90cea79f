import type {Device} from '@luma.gl/core';
import {WebGLDevice} from '@luma.gl/webgl';

/**
 * Resolves when the GPU has done all that it was told so far, or is lost, with the time (ms, as of `performance.now`) until which it was surely
 * busy; it is asked every few ms. Reading from it before would hold up the page until then: for seconds where there is no GPU and frames
 * are still being drawn. (luma.gl's fence asks for ever where the GPU is lost.)
 */
export async function gpuDone(device: Device, askMilliseconds = 20): Promise<number> {
  let busyUntil = performance.now();
  const gl = device instanceof WebGLDevice ? device.gl : undefined;
  const fence = gl?.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  if (!gl || !fence) return busyUntil;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, askMilliseconds));
    if (gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.UNSIGNALED) break;
    busyUntil = performance.now();
  }
  gl.deleteSync(fence);
  return busyUntil;
}
