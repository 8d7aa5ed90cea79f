import {type DefaultProps, Layer, type LayerContext, type LayerProps, type UpdateParameters} from '@deck.gl/core';
import type {TileSegments} from '../tiles/tile-segments.ts';
import type {TileIndex} from '../tiles/tiles-in-view.ts';
import type {HeatCounters} from './counters.ts';
import {createSegmentModel, type SegmentModel} from './segment-model.ts';

/** A tile as deck.gl's tile layer knows it: whether it is drawn, and how much its heat counts then. */
export type TileHeader = {index: TileIndex; isVisible: boolean; share: number};

type SegmentsProps = {tile: TileHeader; segments: TileSegments; counters: HeatCounters};

/**
 * Keeps one tile's segments on the GPU for as long as the tile layer keeps the tile. Draws nothing on the screen: the heat
 * effect accumulates it off screen.
 */
export class HeatSegmentsLayer extends Layer<SegmentsProps & LayerProps> {
  static override layerName = 'HeatSegmentsLayer';
  static override defaultProps: DefaultProps = {
    tile: {type: 'object', value: null, compare: false},
    segments: {type: 'object', value: null, compare: false},
    counters: {type: 'object', value: null, compare: false},
  };
  declare state: {segmentModel: SegmentModel | undefined};

  override initializeState(): void {
    this.state = {segmentModel: undefined};
  }

  override updateState({props, oldProps}: UpdateParameters<this>): void {
    if (props.segments === oldProps.segments) return;
    if (this.state.segmentModel) {
      this.state.segmentModel.destroy();
      props.counters.releases++;
    }
    this.setState({segmentModel: createSegmentModel(this.context.device, props.segments)});
    props.counters.uploads++;
  }

  override finalizeState(context: LayerContext): void {
    if (this.state?.segmentModel) {
      this.state.segmentModel.destroy();
      this.props.counters.releases++;
    }
    super.finalizeState(context);
  }

  override draw(): void {}
}
