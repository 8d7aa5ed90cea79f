import type {WebMercatorViewport} from '@deck.gl/core';
import type {Device} from '@luma.gl/core';
import {padViewport} from '../map/pad-viewport.ts';
import type {TileSource} from '../tiles/tile-source.ts';
import {tilesInView} from '../tiles/tiles-in-view.ts';
import type {DrawnTile} from './accumulate.ts';
import {blurPlan} from './blur-plan.ts';
import {createCounters} from './counters.ts';
import type {ShownFrame} from './heat-effect.ts';
import {heatFormat} from './heat-format.ts';
import {HeatRenderer, type HeatSettings} from './heat-renderer.ts';
import {pictureLimit} from './picture-limit.ts';
import {createSegmentModel} from './segment-model.ts';

/** A picture of the heat alone: premultiplied RGBA, row-major from the north. */
export type HeatPicture = {width: number; height: number; colours: Uint8Array};

/** Frames after which a GPU that is not ready is given up. */
const mostFrames = 120;

/** Why a picture of a frame with `ratio` pixels per CSS pixel cannot be drawn; empty where it can. */
export function pictureFault({device, viewport}: ShownFrame, {style}: HeatSettings, ratio: number): string {
  const {margin} = blurPlan(style, viewport.zoom, ratio);
  return pictureLimit(viewport, ratio, margin, device.limits.maxTextureDimension2D);
}

/**
 * The heat of a frame drawn with `ratio` pixels per CSS pixel, off screen and without a trace on it. Finer pictures take
 * the tiles of a deeper zoom, as far as there is one: of one alone, since nothing is to go on smoothly from them to others.
 */
export async function drawHeatPicture(
  sources: readonly TileSource[],
  frame: ShownFrame,
  settings: HeatSettings,
  ratio: number,
): Promise<HeatPicture> {
  const {device, viewport, tiles} = frame;
  const {margin} = blurPlan(settings.style, viewport.zoom, ratio);
  const maxZoom = Math.max(...sources.map(({maxZoom}) => maxZoom));
  const zoom = Math.min(maxZoom, Math.round(viewport.zoom) + Math.floor(Math.log2(ratio)));
  const padded = padViewport(viewport, margin);
  const load = (source: TileSource, i: number) => loadTiles(device, source, padded, zoom, `picture-${i}`);
  const finer = zoom > viewport.zoom && ratio >= 2 ? (await Promise.all(sources.map(load))).flat() : undefined;
  const renderer = new HeatRenderer(device, heatFormat(device), createCounters());
  try {
    for (let i = 0; renderer.prepare(finer ?? tiles, viewport, ratio, settings) !== 'ready'; i++) {
      if (i === mostFrames) throw new Error('The graphics card did not draw the picture.');
      await new Promise(requestAnimationFrame);
    }
    const width = Math.round(viewport.width * ratio);
    const height = Math.round(viewport.height * ratio);
    return {width, height, colours: renderer.readColours(width, height, settings.style.opacity)};
  } finally {
    renderer.destroy();
    for (const {state} of finer ?? []) state.segmentModel?.destroy();
  }
}

/** The tiles of a source and a zoom that a viewport touches. */
async function loadTiles(
  device: Device,
  source: TileSource,
  viewport: WebMercatorViewport,
  zoom: number,
  name: string,
): Promise<DrawnTile[]> {
  const loaded = await Promise.all(
    tilesInView(source, viewport, zoom).map(async (index) => {
      return {index, segments: await source.readTile(index.z, index.x, index.y)};
    }),
  );
  return loaded.flatMap(({index, segments}) => {
    if (!segments?.count) return [];
    const props = {tile: {index, share: 1, isVisible: true}, segments};
    return [
      {
        id: `${name}-${index.z}-${index.x}-${index.y}`,
        props,
        state: {segmentModel: createSegmentModel(device, segments)},
      },
    ];
  });
}
