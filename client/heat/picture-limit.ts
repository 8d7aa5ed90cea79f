import type {Size} from '../map/view.ts';

/** Pixels of the largest picture: it takes about 20 bytes each, on the GPU and beside it. */
const mostPixels = 40e6;

/**
 * Why a picture of so many CSS pixels cannot be drawn with `ratio` pixels each and a margin around, by a GPU whose largest
 * texture has `largest` pixels a side; empty where it can.
 */
export function pictureLimit({width, height}: Size, ratio: number, margin: number, largest: number): string {
  const side = Math.ceil((Math.max(width, height) + 2 * margin) * ratio);
  if (side > largest) return `needs ${side} pixels in a row with its margins, and this graphics card draws ${largest}.`;
  const pixels = width * height * ratio ** 2;
  if (pixels <= mostPixels) return '';
  return `has ${Math.round(pixels / 1e6)} million pixels, and a browser holds ${mostPixels / 1e6} at ease.`;
}
