import {type DefaultProps, Layer, type LayerContext, type LayerProps, type UpdateParameters} from '@deck.gl/core';
import type {TileSegments} from '../tiles/tile-segments.ts';
import {createSegmentModel, type SegmentModel} from './segment-model.ts';

/** A tile as deck.gl's tile layer knows it. */
export type TileHeader = {index: {x: number; y: number; z: number}; isVisible: boolean};

type SegmentsProps = {tile: TileHeader; segments: TileSegments};

/**
 * Keeps one tile's segments on the GPU for as long as the tile layer keeps the tile. Draws nothing on the screen: the heat
 * effect accumulates it off screen.
 */
export class HeatSegmentsLayer extends Layer<SegmentsProps & LayerProps> {
  static override layerName = 'HeatSegmentsLayer';
  static override defaultProps: DefaultProps = {tile: {type: 'object', value: null, compare: false}, segments: null};
  declare state: {segmentModel: SegmentModel | undefined};

  override initializeState(): void {
    this.state = {segmentModel: undefined};
  }

  override updateState({props, oldProps}: UpdateParameters<this>): void {
    if (props.segments === oldProps.segments) return;
    this.state.segmentModel?.destroy();
    this.setState({segmentModel: createSegmentModel(this.context.device, props.segments)});
  }

  override finalizeState(context: LayerContext): void {
    this.state?.segmentModel?.destroy();
    super.finalizeState(context);
  }

  override draw(): void {}
}
