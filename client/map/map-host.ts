import type {LayersList} from '@deck.gl/core';
import {maxTileZoom} from '../../core/editor-urls.ts';
import type {HeatEffect} from '../heat/heat-effect.ts';
import type {BasePicture} from './base-picture.ts';
import type {PageView} from './page-hash.ts';

/** A map on the page: deck.gl alone, or within MapLibre. */
export type MapHost = {
  readonly view: PageView;
  /** Replaces the heat's layers. */
  setLayers(makeLayers: MakeLayers): void;
  /** Shows a view, at once or in a short movement. */
  show(view: PageView, isMoving?: boolean): void;
  /** Zooms in or out around the centre. */
  zoomBy(steps: number): void;
  /** Whether the map itself has nothing left to load. */
  isSettled(): boolean;
  /** Draws the base map off screen with `ratio` pixels per CSS pixel, as it is seen now. */
  drawBase(ratio: number): Promise<BasePicture>;
  destroy(): void;
};

/** The heat's layers, to be put before a layer of the base map, or on top. */
export type MakeLayers = (beforeId?: string) => LayersList;

/** What every kind of map needs. */
export type MapHostProps = {
  container: HTMLElement;
  view: PageView;
  effect: HeatEffect;
  makeLayers: MakeLayers;
  onMove(view: PageView): void;
  /** What went wrong, as a sentence; empty where it is well again. */
  onError(message: string): void;
  /** The GPU forgot everything. */
  onLost(): void;
};

/** Largest zoom of the page (512 px tiles): that of the PNG tiles' last one. */
export const maxZoom = maxTileZoom - 1;

/** Whether the person wants less motion. */
export function isCalm(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
