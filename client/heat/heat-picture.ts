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
  return pictureLimit(viewport, ratio, blurPlan(style, ratio).margin, device.limits.maxTextureDimension2D);
}

/**
 * The heat of a frame drawn with `ratio` pixels per CSS pixel, off screen and without a trace on it. Finer pictures take
 * the tiles of deeper zooms, as far as there are some.
 */
export async function drawHeatPicture(
  sources: readonly TileSource[],
  frame: ShownFrame,
  settings: HeatSettings,
  ratio: number,
): Promise<HeatPicture> {
  const {device, viewport, tiles} = frame;
  const {margin} = blurPlan(settings.style, ratio);
  const maxZoom = Math.max(...sources.map(({maxZoom}) => maxZoom));
  const deeper = viewport.zoom < maxZoom ? Math.floor(Math.log2(ratio)) : 0;
  const padded = padViewport(viewport, margin);
  const load = (source: TileSource, i: number) => loadTiles(device, source, padded, deeper, `picture-${i}`);
  const finer = deeper > 0 ? (await Promise.all(sources.map(load))).flat() : undefined;
  const renderer = new HeatRenderer(device, heatFormat(device), createCounters());
  try {
    for (let i = 0; !renderer.prepare(finer ?? tiles, viewport, ratio, settings); i++) {
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

/** The tiles of a source that a viewport touches, some zooms deeper than the map would take. */
async function loadTiles(
  device: Device,
  source: TileSource,
  viewport: WebMercatorViewport,
  deeper: number,
  name: string,
): Promise<DrawnTile[]> {
  const loaded = await Promise.all(
    tilesInView(source, viewport, deeper).map(async ({share, ...index}) => {
      return {index, share, segments: await source.readTile(index.z, index.x, index.y)};
    }),
  );
  return loaded.flatMap(({index, share, segments}) => {
    if (!segments?.count) return [];
    const props = {tile: {index, share, isVisible: true}, segments};
    return [
      {
        id: `${name}-${index.z}-${index.x}-${index.y}`,
        props,
        state: {segmentModel: createSegmentModel(device, segments)},
      },
    ];
  });
}
