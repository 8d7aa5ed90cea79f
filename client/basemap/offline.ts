import type {StyleSpecification} from 'maplibre-gl';
import {graticule, graticuleSteps} from './graticule.ts';
import {collection, type Land} from './land.ts';
import {palette} from './palette.ts';

const nothing: Land = {
  land: {type: 'MultiPolygon', coordinates: []},
  coasts: {type: 'MultiLineString', coordinates: []},
  borders: {type: 'MultiLineString', coordinates: []},
};

/**
 * MapLibre style of the base map that needs no network: water, land, borders and graticule, without glyphs and sprites. Without `land` (which
 * {@link loadLand} fetches) there is the graticule alone; then give `land`, `coasts` and `borders` to the sources of these names.
 */
export function offlineStyle({dark, land = nothing}: {dark: boolean; land?: Land}): StyleSpecification {
  const {water, land: ground, coast, border, graticule: grid} = palette(dark);
  return {
    version: 8,
    name: dark ? 'Offline, dark' : 'Offline, light',
    sources: {
      // The data has no more detail than a tile of zoom 8 can hold; nearer views draw that tile larger.
      land: {type: 'geojson', data: collection(land.land), attribution: 'Natural Earth', maxzoom: 8},
      coasts: {type: 'geojson', data: collection(land.coasts), maxzoom: 8},
      borders: {type: 'geojson', data: collection(land.borders), maxzoom: 8},
      graticule: {type: 'geojson', data: graticule(), maxzoom: 12},
    },
    layers: [
      {id: 'water', type: 'background', paint: {'background-color': water}},
      // No outline of its own: it would also follow the cuts at ±180°.
      {id: 'land', type: 'fill', source: 'land', paint: {'fill-color': ground, 'fill-antialias': false}},
      ...graticuleSteps.map(({degrees, minZoom}) => ({
        id: `graticule-${degrees}`,
        type: 'line' as const,
        source: 'graticule',
        minzoom: minZoom,
        filter: ['==', ['get', 'degrees'], degrees] as ['==', ['get', 'degrees'], number],
        paint: {'line-color': grid, 'line-width': 1},
      })),
      {id: 'borders', type: 'line', source: 'borders', paint: {'line-color': border, 'line-width': 1}},
      {id: 'coasts', type: 'line', source: 'coasts', paint: {'line-color': coast, 'line-width': 1}},
    ],
  };
}
