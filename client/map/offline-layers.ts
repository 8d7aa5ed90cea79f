import type {LayersList} from '@deck.gl/core';
import {LineLayer, SolidPolygonLayer} from '@deck.gl/layers';
import type {Position} from 'geojson';
import {graticule, graticuleSteps} from '../basemap/graticule.ts';
import type {Land} from '../basemap/land.ts';
import {landOpacity} from '../basemap/land-opacity.ts';
import {palette} from '../basemap/palette.ts';
import {world} from './dim-layer.ts';
import {rgba} from './rgba.ts';

/** The offline base map as deck.gl layers for a zoom: land, graticule, borders and coasts; water is the page's background. */
export function offlineLayers(land: Land | undefined, isDark: boolean, zoom: number): LayersList {
  const colours = palette(isDark);
  const grids = graticuleSteps.map(({degrees, minZoom}) =>
    lines(`graticule-${degrees}`, gridLines(degrees), colours.graticule, zoom >= minZoom ? 1 : 0),
  );
  if (!land) return grids;
  const opacity = landOpacity(zoom);
  return [
    new SolidPolygonLayer<[number, number][]>({
      id: 'ground',
      data: [world],
      getPolygon: (ring) => ring,
      getFillColor: rgba(colours.ground),
      extruded: false,
      opacity: 1 - opacity,
      visible: opacity < 1,
      updateTriggers: {getFillColor: isDark},
    }),
    new SolidPolygonLayer<Position[][]>({
      id: 'land',
      data: land.land.coordinates,
      getPolygon: (rings) => rings as [number, number][][],
      getFillColor: rgba(colours.land),
      extruded: false,
      opacity,
      visible: opacity > 0,
      updateTriggers: {getFillColor: isDark},
    }),
    ...grids,
    lines('borders', land.borders.coordinates, colours.border, opacity),
    lines('coasts', land.coasts.coordinates, colours.coast, opacity),
  ];
}

/** Thin lines, segment by segment: without joints a segment costs a GPU an eighth of what it does in a path. */
function lines(id: string, data: Position[][], colour: string, opacity: number): LineLayer {
  return new LineLayer({
    id,
    data: segmentsOf(data),
    opacity,
    visible: opacity > 0,
    getColor: rgba(colour),
    getWidth: 1,
    widthUnits: 'pixels',
    updateTriggers: {getColor: colour},
  });
}

/** Segments of lines in the form that deck.gl hands to the GPU as it is: both ends, degrees. */
type Segments = {length: number; attributes: Record<'getSourcePosition' | 'getTargetPosition', Ends>};
type Ends = {value: Float64Array; size: 2; offset: number; stride: number};

const made = new WeakMap<Position[][], Segments>();

function segmentsOf(lines: Position[][]): Segments {
  let segments = made.get(lines);
  if (!segments) {
    const ends = lines.flatMap((line) => line.slice(1).flatMap((to, i) => [line[i][0], line[i][1], to[0], to[1]]));
    const value = Float64Array.from(ends);
    const at = (offset: number): Ends => ({value, size: 2, offset, stride: 32});
    segments = {length: ends.length / 4, attributes: {getSourcePosition: at(0), getTargetPosition: at(16)}};
    made.set(lines, segments);
  }
  return segments;
}

const grid = new Map<number, Position[][]>();

/** The lines of one spacing, made once. */
function gridLines(degrees: number): Position[][] {
  if (grid.size === 0) {
    for (const {geometry, properties} of graticule().features) {
      const lines = grid.get(properties.degrees) ?? [];
      // The world repeats, so that this meridian would be drawn twice.
      const isLast = geometry.coordinates.every(([lng]) => lng === 180);
      grid.set(properties.degrees, isLast ? lines : [...lines, geometry.coordinates]);
    }
  }
  return grid.get(degrees) ?? [];
}
