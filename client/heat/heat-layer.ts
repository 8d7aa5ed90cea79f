import {type DefaultProps, Layer, type LayerProps} from '@deck.gl/core';
import type {RenderPass} from '@luma.gl/core';
import type {HeatEffect} from './heat-effect.ts';
import type {HeatSettings} from './heat-renderer.ts';

type HeatLayerProps = {
  effect: HeatEffect;
  /** What is drawn: a new object is a new frame. */
  settings: HeatSettings;
  /** Where MapLibre puts the layer in its style; undefined for on top. */
  beforeId: string | undefined;
};

/** The heat's place in the stack of layers. */
export class HeatLayer extends Layer<HeatLayerProps & LayerProps> {
  static override layerName = 'HeatLayer';
  static override defaultProps: DefaultProps = {
    effect: {type: 'object', value: null, compare: false},
    settings: {type: 'object', value: null, compare: false},
    beforeId: undefined,
  };

  override initializeState(): void {}

  override updateState(): void {
    this.setNeedsRedraw();
  }

  override draw({renderPass}: {renderPass: RenderPass}): void {
    this.props.effect.composite(renderPass);
  }
}
