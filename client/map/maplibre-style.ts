import type {StyleSpecification} from 'maplibre-gl';
import type {PageView} from './page-hash.ts';

/** Id of the first layer of labels, below which the heat lies; undefined where there is none. */
export function firstLabel({layers}: StyleSpecification): string | undefined {
  return layers.find(({type}) => type === 'symbol')?.id;
}

/** The style with only the layers below its first label, or only those from there on. */
export function partOf(style: StyleSpecification, part: 'below' | 'above'): StyleSpecification {
  const ids = style.layers.map(({id}) => id);
  const first = ids.indexOf(firstLabel(style) ?? '');
  const split = first < 0 ? ids.length : first;
  return {...style, layers: part === 'below' ? style.layers.slice(0, split) : style.layers.slice(split)};
}

/** A view as MapLibre takes it. */
export function cameraOf({lng, lat, zoom, bearing, pitch}: PageView) {
  return {center: [lng, lat] as [number, number], zoom, bearing, pitch};
}
