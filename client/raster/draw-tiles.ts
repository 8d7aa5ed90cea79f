import {projectX, projectY} from '../../core/mercator.ts';
import {type Size, type View, worldPixels} from '../map/view.ts';
import type {TileStore} from './tile-store.ts';
import {tileZoom, visibleTiles} from './visible-tiles.ts';

/** How far up and down to look for pictures that stand in for one not yet loaded. */
const levelsUp = 8;
const levelsDown = 2;

/**
 * Draws the tiles of a view. One that is not there is made up of its children or a part of a larger one, so that nothing flashes, and each
 * pixel shows one picture only, so that heat is never added twice. Edges lie on device pixels, so that none shows.
 */
export function drawTiles(
  context: CanvasRenderingContext2D,
  {view, size, pixelRatio}: {view: View; size: Size; pixelRatio: number},
  tiles: TileStore,
  maxTileZoom: number,
): void {
  const world = worldPixels(view.zoom) * pixelRatio;
  const left = Math.round((size.width / 2) * pixelRatio) - projectX(view.lng) * world;
  const top = Math.round((size.height / 2) * pixelRatio) - projectY(view.lat) * world;
  const stored = (z: number, column: number, y: number) =>
    tiles.get(z, column - 2 ** z * Math.floor(column / 2 ** z), y);

  /** Puts the part of a picture that begins at (x, y) and has `share` of its side where tile (z, column, row) is. */
  function put(picture: ImageBitmap, z: number, column: number, row: number, x = 0, y = 0, share = 1): void {
    const side = world / 2 ** z;
    const [x0, x1] = [Math.round(left + column * side), Math.round(left + (column + 1) * side)];
    const [y0, y1] = [Math.round(top + row * side), Math.round(top + (row + 1) * side)];
    const {width, height} = picture;
    context.drawImage(picture, x * width, y * height, share * width, share * height, x0, y0, x1 - x0, y1 - y0);
  }

  function hasBelow(z: number, column: number, row: number, levels: number): boolean {
    if (stored(z, column, row)) return true;
    return levels > 0 && children(column, row).some(([x, y]) => hasBelow(z + 1, x, y, levels - 1));
  }

  function drawAbove(z: number, column: number, row: number): void {
    for (let up = 1; up <= Math.min(z, levelsUp); up++) {
      const count = 2 ** up;
      const tile = stored(z - up, Math.floor(column / count), Math.floor(row / count));
      if (!tile) continue;
      const x = column / count - Math.floor(column / count);
      const y = row / count - Math.floor(row / count);
      if (tile.picture) put(tile.picture, z, column, row, x, y, 1 / count);
      return;
    }
  }

  function draw(z: number, column: number, row: number, levels: number): void {
    const tile = stored(z, column, row);
    if (tile) {
      if (tile.picture) put(tile.picture, z, column, row);
    } else if (levels > 0 && hasBelow(z, column, row, levels)) {
      for (const [x, y] of children(column, row)) draw(z + 1, x, y, levels - 1);
    } else {
      drawAbove(z, column, row);
    }
  }

  for (const {z, column, y} of visibleTiles(view, size, tileZoom(view.zoom, maxTileZoom)))
    draw(z, column, y, levelsDown);
}

function children(column: number, row: number): [column: number, row: number][] {
  const [x, y] = [2 * column, 2 * row];
  return [
    [x, y],
    [x + 1, y],
    [x, y + 1],
    [x + 1, y + 1],
  ];
}
