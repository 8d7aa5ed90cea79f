import {rampTable} from '../../../core/ramps.ts';
import {tickText} from '../style/legend-ticks.ts';

/** What stands below a picture. */
export type Caption = {
  title: string;
  /** What is shown of the library, and when: one line. */
  about: string;
  /** Whose map and tracks they are. */
  attribution: string;
  scale: {label: string; pixels: number};
  ramp: string;
  /** Numbers of activities at shares of the ramp. */
  ticks: readonly {heat: number; at: number}[];
  colours: {ground: string; text: string; quiet: string};
};

/** Height of a caption, CSS pixels. */
export const captionHeight = 72;

const padding = 16;
/** Width of the ramp where there is room, and where there is not. */
const rampWidths = {wide: 180, narrow: 120};

/** Least width of a picture that has room for all. */
const wideFrom = 560;

/** Draws a caption into a strip of `width` CSS pixels, the context's unit. */
export function drawCaption(context: CanvasRenderingContext2D, width: number, caption: Caption): void {
  const {title, about, attribution, scale, colours} = caption;
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, width, captionHeight);
  const right = width - padding;
  const isWide = width >= wideFrom;
  const rampWidth = isWide ? rampWidths.wide : rampWidths.narrow;
  const textWidth = isWide ? right - rampWidth - scale.pixels - 4 * padding : right - rampWidth - 2 * padding;
  const write = (text: string, x: number, y: number, font: string, colour: string, most: number) => {
    context.font = `${font} system-ui, sans-serif`;
    context.fillStyle = colour;
    context.fillText(shortened(context, text, most), x, y);
  };
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  write(title, padding, 26, '600 16px', colours.text, textWidth);
  write(about, padding, 44, '12px', colours.quiet, textWidth);
  write(attribution, padding, 61, '10px', colours.quiet, isWide ? textWidth : width - 2 * padding);
  drawLegend(context, right - rampWidth, rampWidth, caption);
  if (isWide) drawScale(context, right - rampWidth - 2 * padding - scale.pixels, caption);
}

/** Writes whose a map is into the lower right corner of a picture of `width` × `height` CSS pixels, the context's unit. */
export function drawAttribution(context: CanvasRenderingContext2D, width: number, height: number, text: string): void {
  context.font = '10px system-ui, sans-serif';
  context.textAlign = 'right';
  context.textBaseline = 'alphabetic';
  const line = shortened(context, text, width - padding);
  const across = context.measureText(line).width + 8;
  context.fillStyle = 'rgb(255 255 255 / 0.75)';
  context.fillRect(width - across, height - 15, across, 15);
  context.fillStyle = '#222';
  context.fillText(line, width - 4, height - 4);
}

function drawLegend(context: CanvasRenderingContext2D, left: number, width: number, caption: Caption): void {
  const {ramp, ticks, colours} = caption;
  const table = rampTable(ramp);
  for (let x = 0; x < width; x++) {
    const i = 4 * Math.round((x / (width - 1)) * 255);
    context.fillStyle = `rgb(${table[i]} ${table[i + 1]} ${table[i + 2]} / ${table[i + 3] / 255})`;
    context.fillRect(left + x, 18, 1.05, 8);
  }
  context.font = '10px system-ui, sans-serif';
  context.fillStyle = colours.quiet;
  for (const {heat, at} of ticks) {
    context.textAlign = at < 0.08 ? 'left' : at > 0.92 ? 'right' : 'center';
    context.fillText(tickText(heat), left + at * width, 38);
  }
  context.textAlign = 'right';
  context.fillText('activities', left + width, 51);
}

function drawScale(context: CanvasRenderingContext2D, left: number, {scale, colours}: Caption): void {
  const {label, pixels} = scale;
  context.strokeStyle = colours.quiet;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(left, 26 - 5);
  context.lineTo(left, 26);
  context.lineTo(left + pixels, 26);
  context.lineTo(left + pixels, 26 - 5);
  context.stroke();
  context.font = '10px system-ui, sans-serif';
  context.fillStyle = colours.quiet;
  context.textAlign = 'center';
  context.fillText(label, left + pixels / 2, 38);
}

/** A text cut to what fits. */
function shortened(context: CanvasRenderingContext2D, text: string, most: number): string {
  if (context.measureText(text).width <= most) return text;
  let length = text.length;
  while (length > 0 && context.measureText(`${text.slice(0, length)}…`).width > most) length--;
  return `${text.slice(0, length).trimEnd()}…`;
}
