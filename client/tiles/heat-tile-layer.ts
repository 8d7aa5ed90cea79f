import {type DefaultProps, type Viewport, WebMercatorViewport} from '@deck.gl/core';
import {TileLayer, _Tileset2D as Tileset2D, type _Tileset2DProps as Tileset2DProps} from '@deck.gl/geo-layers';
import {defaultMaxZoom} from '../../core/schema.ts';
import {tileZooms, type ZoomShare} from '../../core/tile-zooms.ts';
import type {HeatCounters} from '../heat/counters.ts';
import {HeatSegmentsLayer, type TileHeader} from '../heat/heat-segments-layer.ts';
import {padViewport} from '../map/pad-viewport.ts';
import {type SharedTile, shareTiles} from './share-tiles.ts';
import type {TileSegments} from './tile-segments.ts';
import type {TileIndex} from './tiles-in-view.ts';

/** What the tiles of the heat need beside what deck.gl's tile layer takes. */
type HeatTileProps = {
  counters: HeatCounters;
  /** How far beyond the screen tiles are needed, CSS pixels: a glow reaches in from there. */
  margin: number;
  /** Where MapLibre puts the layer in its style; undefined for on top. */
  beforeId: string | undefined;
};

type UpdateOptions = Parameters<Tileset2D['update']>[1];

type IndicesOptions = Parameters<Tileset2D['getTileIndices']>[0];

type SubLayerProps = {id: string; data: TileSegments | null; tile: TileHeader; counters: HeatCounters};

function renderTile({id, data, tile, counters}: SubLayerProps): HeatSegmentsLayer | null {
  return data?.count ? new HeatSegmentsLayer({id, tile, counters, segments: data, data: []}) : null;
}

/** Selects tiles of both zooms that a view is mixed of, for a viewport grown by a margin. */
class MixedTileset extends Tileset2D {
  override setOptions(options: Tileset2DProps): void {
    super.setOptions({...options, refinementStrategy: (tiles) => this.share(tiles)});
  }

  override update(viewport: Viewport, options?: UpdateOptions): number {
    const {margin} = this.opts as unknown as HeatTileProps;
    const isMap = viewport instanceof WebMercatorViewport;
    return super.update(isMap ? padViewport(viewport, margin) : viewport, options);
  }

  override getTileIndices(options: IndicesOptions): TileIndex[] {
    const {viewport, minZoom = 0, maxZoom = defaultMaxZoom} = options;
    this.zooms = tileZooms(viewport.zoom, minZoom, maxZoom);
    return this.zooms.flatMap(({z}) => super.getTileIndices({...options, minZoom: z, maxZoom: z}));
  }

  /** Declared only: the constructor of deck.gl's class calls methods of this one before fields would be set. */
  private declare zooms: ZoomShare[];

  private share(tiles: SharedTile[]): void {
    shareTiles(tiles, this.zooms);
  }
}

/** deck.gl's tile layer with a margin around the screen; each tile's segments wait on the GPU for the heat effect. */
export class HeatTileLayer extends TileLayer<TileSegments | null, HeatTileProps> {
  static override layerName = 'HeatTileLayer';
  static override defaultProps: DefaultProps = {
    TilesetClass: {type: 'function', value: MixedTileset},
    counters: {type: 'object', value: null, compare: false},
    margin: 0,
    beforeId: undefined,
    tileSize: 512,
    maxRequests: 24,
    renderSubLayers: {type: 'function', value: renderTile},
  };

  override _getTilesetOptions(): ReturnType<TileLayer['_getTilesetOptions']> {
    return Object.assign(super._getTilesetOptions(), {margin: this.props.margin});
  }
}
