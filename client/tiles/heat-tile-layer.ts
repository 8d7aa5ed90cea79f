import type {DefaultProps} from '@deck.gl/core';
import {TileLayer} from '@deck.gl/geo-layers';
import {defaultStyle} from '../../core/style.ts';
import type {HeatCounters} from '../heat/counters.ts';
import {HeatSegmentsLayer, type TileHeader} from '../heat/heat-segments-layer.ts';
import {MixedTileset, type MixedTilesetProps} from './mixed-tileset.ts';
import type {TileSegments} from './tile-segments.ts';

/** What the tiles of the heat need beside what deck.gl's tile layer takes. */
type HeatTileProps = MixedTilesetProps & {
  counters: HeatCounters;
  /** Where MapLibre puts the layer in its style; undefined for on top. */
  beforeId: string | undefined;
};

type SubLayerProps = {id: string; data: TileSegments | null; tile: TileHeader; counters: HeatCounters};

function renderTile({id, data, tile, counters}: SubLayerProps): HeatSegmentsLayer | null {
  return data?.count ? new HeatSegmentsLayer({id, tile, counters, segments: data, data: []}) : null;
}

/** deck.gl's tile layer with tiles of two zooms mixed; each tile's segments wait on the GPU for the heat effect. */
export class HeatTileLayer extends TileLayer<TileSegments | null, HeatTileProps> {
  static override layerName = 'HeatTileLayer';
  static override defaultProps: DefaultProps = {
    TilesetClass: {type: 'function', value: MixedTileset},
    counters: {type: 'object', value: null, compare: false},
    line: {type: 'object', value: defaultStyle, compare: 1},
    ratio: 1,
    beforeId: undefined,
    tileSize: 512,
    maxRequests: 24,
    renderSubLayers: {type: 'function', value: renderTile},
  };

  override _getTilesetOptions(): ReturnType<TileLayer['_getTilesetOptions']> {
    const {line, ratio} = this.props;
    return Object.assign(super._getTilesetOptions(), {line, ratio});
  }
}
