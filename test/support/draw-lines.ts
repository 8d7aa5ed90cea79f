import {accumulate} from '../../core/heat/accumulate.ts';
import {createHeatCanvas, type HeatCanvas} from '../../core/heat/canvas.ts';
import {heatKernel} from '../../core/heat/kernel.ts';
import type {LineStyle} from '../../core/heat/line-at.ts';
import {spreadHeat} from '../../core/heat/spread.ts';
import type {ExactLine} from './exact-heat.ts';

/** Tile units per device pixel in which `drawLines` draws: lines snap to a 32nd of a pixel. */
const unitsPerPixel = 32;

/** A canvas with the heat of lines given in device pixels, up to ±1,000 px. */
export function drawLines(lines: ExactLine[], style: LineStyle, ratio = 1, size = 256): HeatCanvas {
  const kernel = heatKernel(style, ratio);
  const canvas = createHeatCanvas(size, size, kernel);
  for (const line of lines) {
    const {x0, y0, x1, y1} = snapped(line);
    const segment = Int16Array.from([x0, y0, x1, y1], (value) => value * unitsPerPixel);
    accumulate(canvas, segment, 0, 1, 1 / unitsPerPixel, 0, 0, line.n);
  }
  spreadHeat(canvas, kernel);
  return canvas;
}

/** The line that `drawLines` draws for a line. */
export function snapped(line: ExactLine): ExactLine {
  const snap = (value: number) => Math.round(value * unitsPerPixel) / unitsPerPixel;
  return {x0: snap(line.x0), y0: snap(line.y0), x1: snap(line.x1), y1: snap(line.y1), n: line.n};
}
