import {createCanvas, GlobalFonts, type SKRSContext2D} from '@napi-rs/canvas';
import {groundMeters, tilePixels, unprojectY} from '../../core/mercator.ts';
import type {ToneScale} from '../../core/tone.ts';
import {paletteBend} from '../draw-plan.ts';
import {type RasterView, viewPixels} from '../view.ts';
import {over} from './compose.ts';
import {heatTicks} from './heat-ticks.ts';
import {scaleLength} from './scale-length.ts';

/** Draws what lies over the heat onto a band (straight RGBA) of a poster that begins at the row `top`. */
export type Furniture = (band: Uint8Array, width: number, rows: number, top: number) => void;

/** What a poster says about itself. */
export type FurnitureOptions = {
  title: string;
  attribution: string;
  scaleBar: boolean;
  legend: boolean;
  background: [number, number, number] | undefined;
};

type Palette = {scale: ToneScale; palette: Uint8Array};

/** Whether this machine has a font to write with. */
export function hasFonts(): boolean {
  return GlobalFonts.families.length > 0;
}

/**
 * Title and attribution at the lower left, legend and scale bar at the lower right, sized by the poster's shorter side. Only
 * the bands in which something lies are drawn on.
 */
export function posterFurniture(view: RasterView, colors: Palette, options: FurnitureOptions): Furniture {
  const {width, height} = viewPixels(view);
  const unit = Math.min(width, height) / 100;
  const ink = inkOf(options.background);
  const first = height - Math.ceil(14 * unit);
  return (band, bandWidth, rows, top) => {
    if (top + rows <= first) return;
    const canvas = createCanvas(bandWidth, rows);
    const context = canvas.getContext('2d');
    context.translate(0, -top);
    const pen: Pen = {context, ink, unit, right: width - 4 * unit};
    drawWords(pen, options, height);
    let bottom = height - 4 * unit;
    if (options.scaleBar) bottom = drawScaleBar(pen, view, bottom);
    if (options.legend) drawLegend(pen, colors, bottom);
    const {data} = context.getImageData(0, 0, bandWidth, rows);
    for (let at = 0; at < band.length; at += 4) over(band, at, data, at);
  };
}

type Ink = {text: string; halo: string};

/** What to draw with: `unit` is a hundredth of the poster's shorter side, `right` the right edge of what is drawn. */
type Pen = {context: SKRSContext2D; ink: Ink; unit: number; right: number};

/** Text that is seen on a background, and the background itself around it, which keeps it apart from the heat. */
function inkOf(background: [number, number, number] | undefined): Ink {
  const [red, green, blue] = background ?? [255, 255, 255];
  const isLight = 0.2126 * red + 0.7152 * green + 0.0722 * blue > 128;
  return {text: isLight ? '#1f2a33' : '#e6ebef', halo: `rgb(${red},${green},${blue})`};
}

function drawWords(pen: Pen, {title, attribution}: FurnitureOptions, height: number): void {
  const {unit, right} = pen;
  const left = 4 * unit;
  const most = right - left - 34 * unit;
  if (attribution) write(pen, attribution, left, height - 4 * unit, 1.4, 'left', most);
  if (title) write(pen, title, left, height - (attribution ? 7 : 4) * unit, 4, 'left', most);
}

/** Draws the scale bar at `bottom`; gives the height that is free above it. */
function drawScaleBar(pen: Pen, view: RasterView, bottom: number): number {
  const {context, ink, unit, right} = pen;
  const world = tilePixels * 2 ** view.zoom;
  const middle = unprojectY((view.top + view.height / 2) / world);
  const metersPerPixel = groundMeters(middle) / (world * view.ratio);
  const {meters, label} = scaleLength(22 * unit * metersPerPixel);
  const length = meters / metersPerPixel;
  context.beginPath();
  context.moveTo(right - length, bottom - 0.8 * unit);
  context.lineTo(right - length, bottom);
  context.lineTo(right, bottom);
  context.lineTo(right, bottom - 0.8 * unit);
  for (const [color, width] of [
    [ink.halo, 0.7],
    [ink.text, 0.18],
  ] as const) {
    context.strokeStyle = color;
    context.lineWidth = width * unit;
    context.stroke();
  }
  write(pen, label, right - length / 2, bottom - 0.6 * unit, 1.4, 'center');
  return bottom - 3.6 * unit;
}

/** Draws the ramp, with numbers of activities below it. */
function drawLegend(pen: Pen, {scale, palette}: Palette, bottom: number): void {
  const {context, ink, unit, right} = pen;
  const length = 28 * unit;
  const left = right - length;
  const bar = 1.2 * unit;
  const top = bottom - 3 * unit;
  context.fillStyle = ink.halo;
  context.fillRect(left - 0.3 * unit, top - 0.3 * unit, length + 0.6 * unit, bar + 0.6 * unit);
  // Along the bar tones rise evenly, which the palette's entries do not.
  const begin = (entry: number) => Math.round(left + (entry / 256) ** paletteBend * length);
  for (let entry = 0; entry < 256; entry++) {
    const [red, green, blue, alpha] = palette.subarray(entry * 4, entry * 4 + 4);
    context.fillStyle = `rgba(${red},${green},${blue},${alpha / 255})`;
    context.fillRect(begin(entry), top, begin(entry + 1) - begin(entry), bar);
  }
  for (const {heat, tone} of heatTicks(scale, 0.09)) {
    write(pen, heat.toLocaleString('en'), left + tone * length, bottom, 1.3, 'center');
  }
  write(pen, 'activities', right, top - 0.8 * unit, 1.3, 'right');
}

/** Writes a text of a size in units, inside a halo. */
function write(
  {context, ink, unit}: Pen,
  text: string,
  x: number,
  y: number,
  size: number,
  align: 'left' | 'center' | 'right',
  most?: number,
): void {
  Object.assign(context, {
    font: `${size > 2 ? '600 ' : ''}${size * unit}px sans-serif`,
    textAlign: align,
    lineJoin: 'round',
    lineWidth: (0.4 + size / 10) * unit,
    strokeStyle: ink.halo,
    fillStyle: ink.text,
  });
  context.strokeText(text, x, y, most);
  context.fillText(text, x, y, most);
}
