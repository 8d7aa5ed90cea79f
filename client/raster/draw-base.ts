import type {Position} from 'geojson';
import {projectX, projectY, unprojectX, unprojectY} from '../../core/mercator.ts';
import {graticuleSteps} from '../basemap/graticule.ts';
import type {Land} from '../basemap/land.ts';
import {landOpacity} from '../basemap/land-opacity.ts';
import type {Palette} from '../basemap/palette.ts';
import {type Size, type View, worldPixels} from '../map/view.ts';

/** A line or ring in world coordinates (unit square), x and y in turn, with its box. */
type Shape = {points: Float64Array; west: number; north: number; east: number; south: number};

/** The offline base map's land, projected once. */
export type BaseShapes = {land: Shape[]; coasts: Shape[]; borders: Shape[]};

/** Land in degrees as shapes in world coordinates. */
export function projectLand({land, coasts, borders}: Land): BaseShapes {
  return {
    land: land.coordinates.flat().map(project),
    coasts: coasts.coordinates.map(project),
    borders: borders.coordinates.map(project),
  };
}

/** Draws water, land, graticule, borders and coasts; the context's unit is the CSS pixel. */
export function drawBase(
  context: CanvasRenderingContext2D,
  {view, size}: {view: View; size: Size},
  colours: Palette,
  shapes: BaseShapes | undefined,
): void {
  context.fillStyle = colours.water;
  context.fillRect(0, 0, size.width, size.height);
  context.lineWidth = 1;
  const opacity = landOpacity(view.zoom);
  const land = opacity > 0 ? shapes : undefined;
  if (shapes) {
    context.globalAlpha = 1 - opacity;
    context.fillStyle = colours.ground;
    context.fillRect(0, 0, size.width, size.height);
  }
  context.globalAlpha = opacity;
  if (land) {
    trace(context, view, size, land.land);
    context.fillStyle = colours.land;
    context.fill('evenodd');
  }
  context.globalAlpha = 1;
  traceGraticule(context, view, size);
  context.strokeStyle = colours.graticule;
  context.stroke();
  if (!land) return;
  context.globalAlpha = opacity;
  for (const [lines, colour] of [
    [land.borders, colours.border],
    [land.coasts, colours.coast],
  ] as const) {
    trace(context, view, size, lines);
    context.strokeStyle = colour;
    context.stroke();
  }
  context.globalAlpha = 1;
}

function project(line: Position[]): Shape {
  const points = new Float64Array(line.length * 2);
  let [west, north, east, south] = [1, 1, 0, 0];
  line.forEach(([lng, lat], i) => {
    const [x, y] = [projectX(lng), projectY(lat)];
    points[2 * i] = x;
    points[2 * i + 1] = y;
    west = Math.min(west, x);
    east = Math.max(east, x);
    north = Math.min(north, y);
    south = Math.max(south, y);
  });
  return {points, west, north, east, south};
}

/** Begins a path of all shapes that the view touches, in each copy of the world. */
function trace(context: CanvasRenderingContext2D, view: View, {width, height}: Size, shapes: Shape[]): void {
  const world = worldPixels(view.zoom);
  const top = height / 2 - projectY(view.lat) * world;
  context.beginPath();
  const firstLeft = width / 2 - projectX(view.lng) * world;
  const first = Math.floor(-firstLeft / world);
  const last = Math.floor((width - firstLeft) / world);
  for (let copy = first; copy <= last; copy++) {
    const left = firstLeft + copy * world;
    for (const shape of shapes) {
      if (left + shape.east * world < 0 || left + shape.west * world > width) continue;
      if (top + shape.south * world < 0 || top + shape.north * world > height) continue;
      traceShape(context, shape.points, world, left, top, width, height);
    }
  }
}

/**
 * Adds one shape to the path. Left out are points within half a pixel of the last one, and those whose neighbours lie beyond the same edge
 * of the view as they do: that changes nothing inside it and keeps a continent's ring short when a street is looked at.
 */
function traceShape(
  context: CanvasRenderingContext2D,
  points: Float64Array,
  world: number,
  left: number,
  top: number,
  width: number,
  height: number,
): void {
  const side = (x: number, y: number) =>
    (x < -2 ? 1 : 0) | (x > width + 2 ? 2 : 0) | (y < -2 ? 4 : 0) | (y > height + 2 ? 8 : 0);
  let x = left + points[0] * world;
  let y = top + points[1] * world;
  context.moveTo(x, y);
  let [drawnX, drawnY] = [x, y];
  let sides = side(x, y);
  let sidesBefore = 0;
  for (let i = 2; i < points.length; i += 2) {
    const nextX = left + points[i] * world;
    const nextY = top + points[i + 1] * world;
    const nextSides = side(nextX, nextY);
    const isFar = Math.abs(x - drawnX) + Math.abs(y - drawnY) > 0.5;
    if (isFar && (sides & sidesBefore & nextSides) === 0) {
      context.lineTo(x, y);
      [drawnX, drawnY] = [x, y];
      sidesBefore = sides;
    }
    [x, y, sides] = [nextX, nextY, nextSides];
  }
  context.lineTo(x, y);
}

/** Begins a path of the meridians and parallels in view. */
function traceGraticule(context: CanvasRenderingContext2D, view: View, {width, height}: Size): void {
  const world = worldPixels(view.zoom);
  const [centerX, centerY] = [projectX(view.lng), projectY(view.lat)];
  const west = unprojectX(centerX - width / 2 / world);
  const east = unprojectX(centerX + width / 2 / world);
  const north = unprojectY(centerY - height / 2 / world);
  const south = unprojectY(centerY + height / 2 / world);
  context.beginPath();
  for (const {degrees} of graticuleSteps.filter(({minZoom}) => view.zoom >= minZoom)) {
    for (let i = Math.ceil(west / degrees); i * degrees <= east; i++) {
      const x = Math.round((projectX(i * degrees) - centerX) * world + width / 2) + 0.5;
      context.moveTo(x, 0);
      context.lineTo(x, height);
    }
    for (let i = Math.ceil(Math.max(-85, south) / degrees); i * degrees <= Math.min(85, north); i++) {
      const y = Math.round((projectY(i * degrees) - centerY) * world + height / 2) + 0.5;
      context.moveTo(0, y);
      context.lineTo(width, y);
    }
  }
}
