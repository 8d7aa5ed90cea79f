import type {HeatTile} from '../heat-tile.ts';
import {accumulate} from './accumulate.ts';
import type {HeatCanvas} from './canvas.ts';
import {boxShift} from './segment-boxes.ts';

/** Where a tile lies in a picture, device pixels: its north-western corner and its side. */
export type TilePlace = {left: number; top: number; side: number};

/**
 * Adds a tile's lines to a canvas. `weightOf` gives the weight of a feature (n times filter); those of weight 0 are
 * skipped. `boxes` are the tile's {@link segmentBoxes}.
 */
export function accumulateTile(
  canvas: HeatCanvas,
  tile: HeatTile & {boxes: Int16Array},
  {left, top, side}: TilePlace,
  weightOf: (feature: number) => number,
): void {
  const {segments, features, extent, boxes} = tile;
  const scale = side / extent;
  const visible = visibleBoxes(canvas, boxes, scale, left, top);
  let feature = 0;
  while (feature < features.count) {
    // Features of equal weight, mostly all, go in one piece.
    const weight = weightOf(feature);
    let at = features.start[feature++];
    while (feature < features.count && weightOf(feature) === weight) feature++;
    if (weight === 0) continue;
    const end = features.start[feature];
    while (at < end) {
      const seen = visible[at >> boxShift];
      let next = at;
      while (next < end && visible[next >> boxShift] === seen) next = ((next >> boxShift) + 1) << boxShift;
      next = Math.min(next, end);
      if (seen) accumulate(canvas, segments, at, next, scale, left, top, weight);
      at = next;
    }
  }
}

/** 1 for each box that overlaps the part of the plane from which lines reach the picture. */
function visibleBoxes(
  {width, height, reach, sampling}: HeatCanvas,
  boxes: Int16Array,
  scale: number,
  left: number,
  top: number,
): Uint8Array {
  const around = reach / sampling;
  const west = (-around - left) / scale;
  const north = (-around - top) / scale;
  const east = (width + around - left) / scale;
  const south = (height + around - top) / scale;
  const visible = new Uint8Array(boxes.length >> 2);
  for (let i = 0; i < visible.length; i++) {
    const b = i * 4;
    if (boxes[b] <= east && boxes[b + 1] <= south && boxes[b + 2] >= west && boxes[b + 3] >= north) visible[i] = 1;
  }
  return visible;
}
