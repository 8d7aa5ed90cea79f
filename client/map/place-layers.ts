import type {LayerContext, LayersList} from '@deck.gl/core';
import {ScatterplotLayer} from '@deck.gl/layers';
import type {FoundPlace} from './locate.ts';

/** A layer that also releases its vertex array, which luma.gl 9.4.2 leaves to the browser. */
class PlaceLayer extends ScatterplotLayer<FoundPlace> {
  static override layerName = 'PlaceLayer';

  override finalizeState(context: LayerContext): void {
    this.state.model?.vertexArray.destroy();
    super.finalizeState(context);
  }
}

/** Where the person is: a dot, and the circle within which the device believes to be. */
export function placeLayers(place: FoundPlace): LayersList {
  const common = {data: [place], getPosition: ({lng, lat}: FoundPlace): [number, number] => [lng, lat]};
  return [
    new PlaceLayer({
      ...common,
      id: 'place-accuracy',
      getRadius: ({accuracy}) => accuracy,
      radiusUnits: 'meters',
      getFillColor: [74, 144, 255, 40],
      getLineColor: [74, 144, 255, 150],
      stroked: true,
      lineWidthUnits: 'pixels',
      getLineWidth: 1,
    }),
    new PlaceLayer({
      ...common,
      id: 'place-dot',
      getRadius: 7,
      radiusUnits: 'pixels',
      getFillColor: [45, 125, 255],
      getLineColor: [255, 255, 255],
      stroked: true,
      lineWidthUnits: 'pixels',
      getLineWidth: 2.5,
    }),
  ];
}
