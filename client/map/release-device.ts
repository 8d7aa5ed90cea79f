import type {Device} from '@luma.gl/core';

/**
 * Gives a finalized deck.gl map's WebGL context back at once. The device that deck.gl makes ignores `destroy`, since it may be used
 * again, and its watch of the screen's pixel ratio would keep canvas and context for as long as the page is open.
 */
export function releaseDevice(device: Device | undefined): void {
  device?.getDefaultCanvasContext().destroy();
  device?.loseDevice();
}
