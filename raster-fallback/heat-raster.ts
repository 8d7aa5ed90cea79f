import {accumulateTile} from '../core/heat/accumulate-tile.ts';
import type {HeatCanvas} from '../core/heat/canvas.ts';
import {keptCanvases} from '../core/heat/kept-canvases.ts';
import type {HeatKernel} from '../core/heat/kernel.ts';
import {spreadHeat} from '../core/heat/spread.ts';
import type {LoadedTile} from './decode-tile.ts';
import type {PlacedTile} from './place-tiles.ts';

/** How much each line of a tile counts. */
export type LineWeights = {
  /** Weight of each row of the activity table (dense index); undefined where all count in full. */
  rows: Float32Array | undefined;
  /** Weight of repeated passes. */
  laps: number;
};

/**
 * The heat, before tone, of a picture of `width` × `height` device pixels, on a canvas that is good until the next
 * call; undefined where no line comes near.
 */
export function heatRaster(
  tiles: {tile: LoadedTile; place: PlacedTile}[],
  width: number,
  height: number,
  kernel: HeatKernel,
  weights: LineWeights,
): HeatCanvas | undefined {
  const canvas = canvasFor(width, height, kernel);
  for (const {tile, place} of tiles) accumulateTile(canvas, tile, place, weightOf(tile, place.share, weights));
  if (!canvas.patches.includes(1)) return undefined;
  spreadHeat(canvas, kernel);
  return canvas;
}

function weightOf(
  {features, rows}: LoadedTile,
  share: number,
  {rows: rowWeights, laps}: LineWeights,
): (feature: number) => number {
  const {n, again} = features;
  const repeated = share * laps;
  if (!rowWeights) return (feature) => n[feature] * (again[feature] ? repeated : share);
  return (feature) => {
    const row = rows[feature];
    if (row < 0) return 0;
    return n[feature] * rowWeights[row] * (again[feature] ? repeated : share);
  };
}

/** One style at two pixel ratios, and a few neighbours. */
const canvasFor = keptCanvases(4);
