import type {LayersList} from '@deck.gl/core';
import {PathLayer, SolidPolygonLayer} from '@deck.gl/layers';
import type {Position} from 'geojson';
import {graticule, graticuleSteps} from '../basemap/graticule.ts';
import type {Land} from '../basemap/land.ts';
import {palette} from '../basemap/palette.ts';
import {world} from './dim-layer.ts';

type Color = [r: number, g: number, b: number, a: number];

/** Zooms between which land fades away: its coasts are kilometres off, which shows beyond. */
const fading = {from: 7, to: 10};

/** The offline base map as deck.gl layers for a zoom: land, graticule, borders and coasts; water is the page's background. */
export function offlineLayers(land: Land | undefined, isDark: boolean, zoom: number): LayersList {
  const colours = palette(isDark);
  const grids = graticuleSteps.map(({degrees, minZoom}) =>
    lines(`graticule-${degrees}`, gridLines(degrees), colours.graticule, zoom >= minZoom ? 1 : 0),
  );
  if (!land) return grids;
  const opacity = Math.max(0, Math.min(1, (fading.to - zoom) / (fading.to - fading.from)));
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

function lines(id: string, data: Position[][], colour: string, opacity: number): PathLayer<Position[]> {
  return new PathLayer<Position[]>({
    id,
    data,
    opacity,
    visible: opacity > 0,
    getPath: (line) => line as [number, number][],
    getColor: rgba(colour),
    getWidth: 1,
    widthUnits: 'pixels',
    updateTriggers: {getColor: colour},
  });
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

/** A colour `#rrggbb` or `#rrggbbaa` in bytes. */
export function rgba(hex: string): Color {
  const value = Number.parseInt(hex.slice(1).padEnd(8, 'f'), 16);
  return [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}
