import type {HeatPicture} from '../../heat/heat-picture.ts';
import type {BasePicture} from '../../map/base-picture.ts';
import {dimColour} from '../../map/dim-layer.ts';
import {type Caption, captionHeight, drawAttribution, drawCaption} from './draw-caption.ts';

/** All that a picture is put together from. */
export type PictureParts = {
  heat: HeatPicture;
  ratio: number;
  /** What lies under the heat; undefined for a transparent picture. */
  ground: {colour: string; base: BasePicture | undefined; dim: number} | undefined;
  /** Undefined for a picture without one. */
  caption: Caption | undefined;
  /** Whose the base map is, where no caption says so. */
  attribution: string;
};

/** Puts base map, heat, labels and caption on one canvas. */
export function drawPicture({heat, ratio, ground, caption, attribution}: PictureParts): HTMLCanvasElement {
  const {width, height} = heat;
  const below = caption ? Math.round(captionHeight * ratio) : 0;
  const canvas = Object.assign(document.createElement('canvas'), {width, height: height + below});
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser has no canvas.');
  if (ground) {
    const {colour, base, dim} = ground;
    context.fillStyle = colour;
    context.fillRect(0, 0, width, height);
    if (base) context.drawImage(base.below, 0, 0, width, height);
    context.globalAlpha = dim;
    context.fillStyle = dimColour;
    context.fillRect(0, 0, width, height);
    context.globalAlpha = 1;
    context.drawImage(heatCanvas(heat), 0, 0);
    if (base?.above) context.drawImage(base.above, 0, 0, width, height);
  } else context.putImageData(imageOf(heat), 0, 0);
  if (caption) {
    context.setTransform(ratio, 0, 0, ratio, 0, height);
    drawCaption(context, width / ratio, caption);
  } else if (attribution) {
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawAttribution(context, width / ratio, height / ratio, attribution);
  }
  return canvas;
}

function heatCanvas(heat: HeatPicture): HTMLCanvasElement {
  const {width, height} = heat;
  const canvas = Object.assign(document.createElement('canvas'), {width, height});
  canvas.getContext('2d')?.putImageData(imageOf(heat), 0, 0);
  return canvas;
}

/** The heat with straight alpha, as canvases take it. */
function imageOf({width, height, colours}: HeatPicture): ImageData {
  const image = new ImageData(width, height);
  const {data} = image;
  for (let i = 0; i < data.length; i += 4) {
    const alpha = colours[i + 3];
    if (alpha === 0) continue;
    // Rounded by the array, which is clamped.
    data[i] = (colours[i] * 255) / alpha;
    data[i + 1] = (colours[i + 1] * 255) / alpha;
    data[i + 2] = (colours[i + 2] * 255) / alpha;
    data[i + 3] = alpha;
  }
  return image;
}
