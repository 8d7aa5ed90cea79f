import {Deck, type LayersList, MapView} from '@deck.gl/core';
import type {Device} from '@luma.gl/core';
import {type BasePicture, copyOf, offScreen} from './base-picture.ts';
import {stateOf} from './deck-view-state.ts';
import type {PageView} from './page-hash.ts';
import {releaseDevice} from './release-device.ts';
import type {Size} from './view.ts';

/** What is drawn off screen. */
export type DeckPicture = {layers: LayersList; view: PageView; size: Size; ratio: number};

/** Frames after which a layer that still wants another one is taken as it is. */
const mostFrames = 120;

/** Draws layers on a map of their own that nobody sees, with `ratio` pixels per CSS pixel. */
export async function drawDeckBase({layers, view, size, ratio}: DeckPicture): Promise<BasePicture> {
  const holder = offScreen(size);
  let picture: HTMLCanvasElement | undefined;
  let isLast = false;
  let device: Device | undefined;
  const deck = new Deck({
    parent: holder,
    deviceProps: {type: 'webgl', createCanvasContext: {pixelSizeSource: 'css-dpr'}},
    useDevicePixels: ratio,
    views: new MapView({id: 'map', repeat: true}),
    controller: false,
    viewState: stateOf(view),
    layers,
    _pickable: false,
    onDeviceInitialized(created) {
      device = created;
    },
    onAfterRender() {
      const canvas = holder.querySelector('canvas');
      if (isLast && canvas) picture = copyOf(canvas);
    },
  });
  const width = Math.round(size.width * ratio);
  for (let i = 0; i < mostFrames; i++) {
    await new Promise(requestAnimationFrame);
    const isDrawn = deck.isInitialized && holder.querySelector('canvas')?.width === width;
    if (isDrawn && !deck.needsRedraw({clearRedrawFlags: false})) break;
  }
  isLast = true;
  if (deck.isInitialized) deck.redraw('picture');
  deck.finalize();
  releaseDevice(device);
  holder.remove();
  return {below: picture ?? document.createElement('canvas')};
}
