import {createCanvas} from '@napi-rs/canvas';
import type {IndexedPicture} from './render.ts';

/** Quality of the colours, 0 to 100; opacity is always exact. A heat map has soft edges, at which less would be seen. */
const quality = 90;

/** A drawn picture as WebP. */
export function encodeWebp({width, height, scanlines, palette}: IndexedPicture): Uint8Array {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const colors = new Uint32Array(palette.slice().buffer);
  for (let y = 0; y < height; y++) {
    const row = y * (width + 1) + 1;
    for (let x = 0; x < width; x++) pixels[y * width + x] = colors[scanlines[row + x]];
  }
  context.putImageData(image, 0, 0);
  return canvas.toBuffer('image/webp', quality);
}

/** The one fully transparent WebP of a size, made once. */
export function transparentWebp(width: number, height: number): Buffer {
  const key = `${width}x${height}`;
  let webp = transparent.get(key);
  if (!webp) {
    webp = createCanvas(width, height).toBuffer('image/webp');
    transparent.set(key, webp);
  }
  return webp;
}

const transparent = new Map<string, Buffer>();
