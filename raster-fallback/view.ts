import {tilePixels} from '../core/mercator.ts';

/** An XYZ raster tile: `size` CSS pixels a side, `ratio` device pixels per CSS pixel. */
export type TileRequest = {z: number; x: number; y: number; size: number; ratio: number};

/** A part of the world's picture at a zoom, which may be fractional. */
export type RasterView = {
  /** Zoom of 512 px tiles: the world is 512 · 2^zoom CSS pixels wide. */
  zoom: number;
  /** North-western corner, CSS pixels of that world. */
  left: number;
  top: number;
  /** CSS pixels; times `ratio` multiples of 4. */
  width: number;
  height: number;
  /** Device pixels per CSS pixel. */
  ratio: number;
};

/** The view of a raster tile. */
export function tileView({z, x, y, size, ratio}: TileRequest): RasterView {
  return {zoom: z + Math.log2(size / tilePixels), left: x * size, top: y * size, width: size, height: size, ratio};
}

/** Size of a view's picture, device pixels. */
export function viewPixels({width, height, ratio}: RasterView): {width: number; height: number} {
  return {width: Math.round(width * ratio), height: Math.round(height * ratio)};
}
