import type {WebMercatorViewport} from '@deck.gl/core';
import {projectX, projectY} from '../../core/mercator.ts';
import {worldPixels} from '../map/view.ts';
import {againBit} from '../tiles/tile-segments.ts';
import type {DrawnTile} from './accumulate.ts';

/** How far from a line it is still meant, CSS pixels. */
const reachPixels = 6;

/** Rows (dense indices) of the lines that are drawn at a place of the screen, CSS pixels from the upper left corner of the map. */
export function rowsAt(tiles: readonly DrawnTile[], viewport: WebMercatorViewport, x: number, y: number): Set<number> {
  const [lng, lat] = viewport.unproject([x, y]);
  const worldX = projectX(lng) - Math.floor(projectX(lng));
  const worldY = projectY(lat);
  const found = new Set<number>();
  for (const {tile, segments} of tiles.map(({props}) => props)) {
    if (!tile.isVisible) continue;
    const {count, extent, ends, rows} = segments;
    const units = 2 ** tile.index.z * extent;
    const [px, py] = [worldX * units - tile.index.x * extent, worldY * units - tile.index.y * extent];
    const reach = (reachPixels * units) / worldPixels(viewport.zoom);
    if (Math.min(px, py) < -reach || Math.max(px, py) > extent + reach) continue;
    for (let i = 0; i < 4 * count; i += 4) {
      if (isNear(px, py, reach, ends[i], ends[i + 1], ends[i + 2], ends[i + 3])) found.add(rows[i / 2] % againBit);
    }
  }
  return found;
}

function isNear(x: number, y: number, reach: number, x0: number, y0: number, x1: number, y1: number): boolean {
  if (x < Math.min(x0, x1) - reach || x > Math.max(x0, x1) + reach) return false;
  if (y < Math.min(y0, y1) - reach || y > Math.max(y0, y1) + reach) return false;
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  const share = length > 0 ? Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / length)) : 0;
  return Math.hypot(x - x0 - share * dx, y - y0 - share * dy) <= reach;
}
