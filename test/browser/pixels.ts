import {createCanvas, loadImage} from '@napi-rs/canvas';

/** RGBA of a PNG, row-major from the north. */
export async function pixelsOf(png: Buffer): Promise<Uint8ClampedArray> {
  const image = await loadImage(png);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, image.width, image.height).data;
}

/** Share of bytes that differ by more than 6 of 255: drivers round differently. */
export function differing(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (Math.abs(a[i] - b[i]) > 6) count++;
  return count / a.length;
}
