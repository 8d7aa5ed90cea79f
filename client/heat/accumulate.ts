import type {WebMercatorViewport} from '@deck.gl/core';
import type {Device, Texture} from '@luma.gl/core';
import {Matrix4} from '@math.gl/core';
import {tilePixels} from '../../core/mercator.ts';
import type {TileSegments} from '../tiles/tile-segments.ts';
import type {TileHeader} from './heat-segments-layer.ts';
import type {RenderTarget} from './render-targets.ts';
import type {SegmentModel} from './segment-model.ts';

/** A tile's segments on the GPU, as a layer of the map or on their own. */
export type DrawnTile = {
  id: string;
  props: {tile: TileHeader; segments: TileSegments};
  state: {segmentModel: SegmentModel | undefined};
};

/** What is accumulated, and how. */
export type Accumulation = {
  layers: DrawnTile[];
  /** The screen's viewport, and the one that the target covers: with its margin. */
  viewport: WebMercatorViewport;
  padded: WebMercatorViewport;
  weights: Texture;
  laps: number;
};

/**
 * Clears the target and adds up the footprints of all segments of all tiles, by the tiles' shares, in each copy of the world that the target
 * shows; false where the GPU is not ready yet.
 */
export function accumulate(
  device: Device,
  target: RenderTarget,
  {layers, viewport, padded, weights, laps}: Accumulation,
): boolean {
  const {framebuffer, width, height} = target;
  const renderPass = device.beginRenderPass({
    framebuffer,
    parameters: {viewport: [0, 0, width, height]},
    clearColor: [0, 0, 0, 0],
    clearDepth: false,
    clearStencil: false,
  });
  // In doubles up to here: at zoom 20 a tile is far larger than the screen.
  const worldToClip = new Matrix4()
    .scale([viewport.width / padded.width, viewport.height / padded.height, 1])
    .multiplyRight(viewport.viewProjectionMatrix);
  const [west, , east] = padded.getBounds();
  const isRepeated = viewport.subViewports !== null;
  const firstWorld = isRepeated ? Math.floor(west / 360 + 0.5) : 0;
  const lastWorld = isRepeated ? Math.floor(east / 360 + 0.5) : 0;
  let isReady = true;
  for (const {props, state} of layers) {
    const {index, share} = props.tile;
    const {x, y, z} = index;
    const tiles = 2 ** z;
    const side = tilePixels / tiles;
    const unit = side / props.segments.extent;
    for (let world = firstWorld; world <= lastWorld; world++) {
      if (x + 1 < (west / 360 + 0.5 - world) * tiles || x > (east / 360 + 0.5 - world) * tiles) continue;
      // deck.gl's world has 512 units a side and y growing northwards.
      const tileToClip = worldToClip
        .clone()
        .translate([world * tilePixels + x * side, tilePixels - y * side, 0])
        .scale([unit, -unit, 1]);
      const halfSize: [number, number] = [width / 2, height / 2];
      const uniforms = {tileToClip: [...tileToClip], halfSize, share, laps};
      if (!state.segmentModel?.draw(renderPass, uniforms, weights)) isReady = false;
    }
  }
  renderPass.end();
  return isReady;
}
