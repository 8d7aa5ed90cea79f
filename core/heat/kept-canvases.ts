import {kept} from '../kept.ts';
import {createHeatCanvas, type HeatCanvas} from './canvas.ts';
import type {HeatKernel} from './kernel.ts';

/**
 * Gives canvases for pictures of a size and a kernel, and keeps the `most` that were used last: the next picture with the same
 * size and a like kernel gets the same one.
 */
export function keptCanvases(most: number): (width: number, height: number, kernel: HeatKernel) => HeatCanvas {
  const canvases = new Map<string, HeatCanvas>();
  return (width, height, kernel) => {
    const cells = kernel.parts.map(({cell}) => cell);
    const key = [width, height, kernel.sampling, kernel.margin, kernel.reach, ...cells].join();
    return kept(canvases, key, most, () => createHeatCanvas(width, height, kernel));
  };
}
