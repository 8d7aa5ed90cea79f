import type {HeatStyle} from '../style.ts';

/** The keys of a style that shape the footprint of a line. */
export type LineKeys = Pick<HeatStyle, 'width' | 'grow' | 'blur' | 'glow'>;

/** The footprint of a line on the screen: lengths in CSS pixels. */
export type LineStyle = Pick<HeatStyle, 'width' | 'blur' | 'glow'>;

/** Zoom (of 512 px tiles) around which lines begin to grow: there recordings of one street, metres apart, come apart on the screen. */
const growFrom = 13.5;

/** Greatest σ of a line on the screen that growth makes, CSS px. */
const widest = 32;

/**
 * How wide a style draws lines at a zoom of 512 px tiles: `width` far out, more close by. With `grow` 0 a line stays as wide on the
 * screen, with 1 on the ground, in between it grows by a factor of 2^grow per zoom. Without, recordings of one street would come
 * apart into strands and lose their heat; with all of it, a single track would become a band.
 */
export function lineAt({width, grow, blur, glow}: LineKeys, zoom: number): LineStyle {
  return {width: Math.max(width, Math.min(widest, width * growth(grow, zoom))), blur, glow};
}

/** By what lines have grown at a zoom of 512 px tiles: 1 far out. */
function growth(grow: number, zoom: number): number {
  return (1 + 2 ** (zoom - growFrom)) ** grow;
}
