import {SolidPolygonLayer} from '@deck.gl/layers';
import {maxLat} from '../../core/mercator.ts';
import {rgba} from './rgba.ts';

/** The whole map as a ring, longitude and latitude. */
export const world: [number, number][] = [
  [-180, -maxLat],
  [180, -maxLat],
  [180, maxLat],
  [-180, maxLat],
];

/** What a base map is darkened with. */
export const dimColour = '#0b1015';

/** A dark pane between base map and heat, 0 to 1 strong: heat is seen best on dark ground. */
export function dimLayer(dim: number, beforeId: string | undefined): SolidPolygonLayer<[number, number][]> {
  // Where MapLibre puts the layer, which deck.gl's types do not know.
  const place = {beforeId};
  return new SolidPolygonLayer<[number, number][]>({
    id: 'dim',
    data: [world],
    getPolygon: (ring) => ring,
    getFillColor: rgba(dimColour),
    extruded: false,
    opacity: dim,
    ...place,
  });
}
