import {Map as MapLibreMap, type StyleSpecification} from 'maplibre-gl';
import {type BasePicture, copyOf, offScreen} from './base-picture.ts';
import {maxZoom} from './map-host.ts';
import {cameraOf, partOf} from './maplibre-style.ts';
import {maxPitch, type PageView} from './page-hash.ts';
import type {Size} from './view.ts';

/** What is drawn off screen. */
export type MapLibrePicture = {style: StyleSpecification; view: PageView; size: Size; ratio: number};

/** Time after which what has not come is left out, ms. */
const patience = 20_000;

/** Largest side of a canvas that the browsers of the day draw into, pixels. */
const largestCanvas = 16_384;

/** Draws a style on a map of its own that nobody sees: once what lies below the heat, and once the labels. */
export async function drawMapLibreBase(picture: MapLibrePicture): Promise<BasePicture> {
  const below = await drawPart(partOf(picture.style, 'below'), picture);
  const labels = partOf(picture.style, 'above');
  return labels.layers.length > 0 ? {below, above: await drawPart(labels, picture)} : {below};
}

async function drawPart(style: StyleSpecification, {view, size, ratio}: MapLibrePicture): Promise<HTMLCanvasElement> {
  const holder = offScreen(size);
  const map = new MapLibreMap({
    container: holder,
    style,
    ...cameraOf(view),
    maxZoom,
    maxPitch,
    pixelRatio: ratio,
    maxCanvasSize: [largestCanvas, largestCanvas],
    attributionControl: false,
    fadeDuration: 0,
    interactive: false,
    // The picture is taken when the map has come to rest, which is after its last frame.
    canvasContextAttributes: {preserveDrawingBuffer: true},
  });
  // The page's own map, of the same tiles, has said what failed.
  map.on('error', () => {});
  await Promise.race([
    new Promise((resolve) => map.once('idle', resolve)),
    new Promise((resolve) => setTimeout(resolve, patience)),
  ]);
  const copy = copyOf(map.getCanvas());
  map.remove();
  holder.remove();
  return copy;
}
