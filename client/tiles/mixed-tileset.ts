import {type Viewport, WebMercatorViewport} from '@deck.gl/core';
import {_Tileset2D as Tileset2D, type _Tileset2DProps as Tileset2DProps} from '@deck.gl/geo-layers';
import type {LineKeys} from '../../core/heat/line-at.ts';
import {defaultMaxZoom} from '../../core/schema.ts';
import {tileZooms, type ZoomShare} from '../../core/tile-zooms.ts';
import {type BlurPlan, blurPlan} from '../heat/blur-plan.ts';
import {padViewport} from '../map/pad-viewport.ts';
import {shareTiles} from './share-tiles.ts';
import type {TileIndex} from './tiles-in-view.ts';

/** Margin of a tilted view at most, as a share of its height: at a pitch of 60° its upper edge is then 83° from straight down. */
const tiltedShare = 0.15;

/** What the tileset needs beside what deck.gl's does. */
export type MixedTilesetProps = {
  /** How lines are drawn: tiles are needed as far beyond the screen as their heat reaches in. */
  line: LineKeys;
  /** Device pixels per CSS pixel. */
  ratio: number;
};

type UpdateOptions = Parameters<Tileset2D['update']>[1];

type IndicesOptions = Parameters<Tileset2D['getTileIndices']>[0];

/** deck.gl's tileset with the tiles of both zooms that a view is mixed of, their shares, and a margin around the screen. */
export class MixedTileset extends Tileset2D {
  private zooms: ZoomShare[] = [];

  override setOptions(options: Tileset2DProps): void {
    super.setOptions({...options, refinementStrategy: (tiles) => shareTiles(tiles, this.zooms)});
  }

  override update(viewport: Viewport, options?: UpdateOptions): number {
    const {line, ratio} = this.opts as unknown as MixedTilesetProps;
    const isMap = viewport instanceof WebMercatorViewport;
    const padded = isMap ? padViewport(viewport, marginOf(viewport, blurPlan(line, viewport.zoom, ratio))) : viewport;
    const frame = super.update(padded, options);
    // deck.gl lets the rest go only where many are under way.
    for (const tile of this.tiles) if (tile.isLoading && !tile.isSelected) tile.abort();
    return frame;
  }

  /**
   * The tiles of the coarser zoom, and all of the finer one in them: were it only those that the view touches, each that a
   * movement brings into a coarser tile would take the mix from all of it until it is there.
   */
  override getTileIndices(options: IndicesOptions): TileIndex[] {
    const {viewport, minZoom = 0, maxZoom = defaultMaxZoom} = options;
    this.zooms = tileZooms(viewport.zoom, minZoom, maxZoom);
    const [{z}, finer] = this.zooms;
    const coarse = super.getTileIndices({...options, minZoom: z, maxZoom: z});
    return finer ? [...coarse, ...coarse.flatMap(quarters)] : coarse;
  }
}

/**
 * How far beyond the screen tiles are needed, CSS px. A tilted view that was padded by more would look at the horizon, and at all
 * tiles up to it.
 */
function marginOf({pitch, height}: WebMercatorViewport, {margin}: BlurPlan): number {
  return pitch > 0 ? Math.min(margin, tiltedShare * height) : margin;
}

function quarters({x, y, z}: TileIndex): TileIndex[] {
  return [0, 1, 2, 3].map((i) => ({x: 2 * x + (i & 1), y: 2 * y + (i >> 1), z: z + 1}));
}
