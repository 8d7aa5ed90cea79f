import {projectX, projectY} from '../../core/mercator.ts';
import type {HeatStyle} from '../../core/style.ts';
import {tileId} from '../../core/tile-id.ts';
import {tileZooms} from '../../core/tile-zooms.ts';
import type {HeatArchive} from '../archive.ts';
import {type DecodedTile, decodeTile} from '../decode-tile.ts';
import {scalePlan} from '../draw-plan.ts';
import {tileView} from '../view.ts';

/** Raster tiles that are wanted: their zooms, size and ratio as in a URL, and a box in degrees. */
export type TileSelection = {
  minZoom: number;
  maxZoom: number;
  size: number;
  ratio: number;
  bounds: [west: number, south: number, east: number, north: number];
};

/** A zoom of raster tiles with what is needed to see which of them a line reaches. */
type Target = {
  zoom: number;
  /** Raster tiles along a side of a heat tile. */
  perTile: number;
  /** How far heat reaches from a line, raster tiles. */
  reach: number;
  /** Columns and rows of raster tiles wanted, last ones included. */
  box: {west: number; east: number; north: number; south: number};
  weightOf(tile: DecodedTile, feature: number): number;
  ids: Set<number>;
};

/**
 * The ids of all raster tiles of a selection in which a style can show heat, rising. What lies between lines is left out at
 * all zooms, so that deep zooms cost what their lines cost and not their area.
 */
export async function occupiedTiles(
  archive: HeatArchive,
  selection: TileSelection,
  style: HeatStyle,
): Promise<Float64Array> {
  const targets = new Map<number, Target[]>();
  for (let zoom = selection.minZoom; zoom <= selection.maxZoom; zoom++) {
    const {heat, target} = targetOf(archive, selection, style, zoom);
    targets.set(heat, [...(targets.get(heat) ?? []), target]);
  }
  const deepest = Math.max(...targets.keys());
  await descend(0, 0, 0);
  const ids = [...targets.values()].flat().map(({ids}) => Float64Array.from(ids).sort());
  // Ids of a zoom are above those of all zooms before it.
  const all = new Float64Array(ids.reduce((sum, {length}) => sum + length, 0));
  let at = 0;
  for (const part of ids) {
    all.set(part, at);
    at += part.length;
  }
  return all;

  /** Visits the heat tiles that can matter: a tile without lines has none below it. */
  async function descend(z: number, x: number, y: number): Promise<void> {
    const here = targets.get(z) ?? [];
    if (!mayMatter(selection, z, x, y)) return;
    if (z >= archive.header.minZoom) {
      const stored = await archive.storedTile(z, x, y);
      if (!stored) return;
      if (here.length > 0) {
        const tile = decodeTile(stored);
        for (const target of here) markTile(target, tile, x, y);
      }
    }
    if (z === deepest) return;
    for (let i = 0; i < 4; i++) await descend(z + 1, x * 2 + (i & 1), y * 2 + (i >> 1));
  }
}

function targetOf(
  archive: HeatArchive,
  {size, ratio, bounds: [west, south, east, north]}: TileSelection,
  style: HeatStyle,
  zoom: number,
): {heat: number; target: Target} {
  const view = tileView({z: zoom, x: 0, y: 0, size, ratio});
  const {kernel, weights} = scalePlan(archive, view, style);
  // Raster tiles are of whole zooms, so that one zoom of heat is all they are drawn from.
  const [{z: heat}] = tileZooms(view.zoom, archive.header.minZoom, archive.header.maxZoom);
  const count = 2 ** zoom;
  const last = (place: number) => Math.min(count - 1, Math.max(0, Math.ceil(place * count) - 1));
  const first = (place: number) => Math.min(count - 1, Math.floor(place * count));
  const index = weights.rows && new Map(Array.from(archive.table.id, (id, i) => [id, weights.rows?.[i] ?? 0]));
  return {
    heat,
    target: {
      zoom,
      perTile: 2 ** (zoom - heat),
      reach: kernel.reach / (size * ratio),
      box: {
        west: first(projectX(west)),
        east: last(projectX(east)),
        north: first(projectY(north)),
        south: last(projectY(south)),
      },
      weightOf: ({features: {n, id, again}}, feature) =>
        n[feature] * (index ? (index.get(id[feature]) ?? 0) : 1) * (again[feature] ? weights.laps : 1),
      ids: new Set(),
    },
  };
}

/** Whether lines of a heat tile can reach what is wanted; heat reaches less than a tile beyond its own. */
function mayMatter({bounds: [west, south, east, north]}: TileSelection, z: number, x: number, y: number): boolean {
  const count = 2 ** z;
  // Around the whole world there is nothing to be left out, and what is beyond one edge comes back at the other.
  const columns = [x - count, x, x + count];
  const inside = columns.some((column) => column + 2 > projectX(west) * count && column - 1 < projectX(east) * count);
  return inside && y + 2 > projectY(north) * count && y - 1 < projectY(south) * count;
}

/** Notes the raster tiles that the lines of a heat tile reach. */
function markTile(target: Target, tile: DecodedTile, tileX: number, tileY: number): void {
  const {zoom, perTile, reach, box, weightOf, ids} = target;
  const {segments, features, extent} = tile;
  const count = 2 ** zoom;
  const scale = perTile / extent;
  const left = tileX * perTile;
  const top = tileY * perTile;
  // The box that was marked last: most segments are much shorter than a tile.
  const marked = {west: 0, north: 0, east: -1, south: -1};
  for (let feature = 0; feature < features.count; feature++) {
    if (weightOf(tile, feature) <= 0) continue;
    for (let at = features.start[feature] * 4; at < features.start[feature + 1] * 4; at += 4) {
      markSegment(segments[at], segments[at + 1], segments[at + 2], segments[at + 3]);
    }
  }

  /** In steps of half a tile at most: a long segment does not mark its whole box. */
  function markSegment(x0: number, y0: number, x1: number, y1: number): void {
    const steps = Math.max(1, Math.ceil(2 * scale * Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))));
    for (let step = 0; step < steps; step++) {
      const ax = (x0 + ((x1 - x0) * step) / steps) * scale;
      const ay = (y0 + ((y1 - y0) * step) / steps) * scale;
      const bx = (x0 + ((x1 - x0) * (step + 1)) / steps) * scale;
      const by = (y0 + ((y1 - y0) * (step + 1)) / steps) * scale;
      const west = Math.floor(Math.min(ax, bx) - reach);
      const east = Math.floor(Math.max(ax, bx) + reach);
      const north = Math.floor(Math.min(ay, by) - reach);
      const south = Math.floor(Math.max(ay, by) + reach);
      const same = west === marked.west && east === marked.east && north === marked.north && south === marked.south;
      if (same) continue;
      Object.assign(marked, {west, east, north, south});
      for (let y = top + north; y <= top + south; y++) {
        if (y < box.north || y > box.south) continue;
        for (let column = left + west; column <= left + east; column++) {
          const x = ((column % count) + count) % count;
          if (x >= box.west && x <= box.east) ids.add(tileId(zoom, x, y));
        }
      }
    }
  }
}
