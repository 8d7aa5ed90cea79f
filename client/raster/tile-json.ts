import {maxTileZoom} from '../../core/editor-urls.ts';
import type {Bounds, View} from '../map/view.ts';

/** What the page takes from the server's TileJSON of the PNG tiles (256 px zooms). */
export type TileJson = {
  bounds: Bounds | undefined;
  /** Zoom as in {@link View}: of 512 px tiles. */
  center: View | undefined;
  maxTileZoom: number;
  attribution: string;
};

/** Reads a TileJSON document; what is missing or not as the specification wants it is left out. */
export function readTileJson(json: unknown): TileJson {
  const {bounds, center, maxzoom, attribution} = isObject(json) ? json : {};
  const box = numbers(bounds, 4);
  const place = numbers(center, 3);
  return {
    bounds: box && [box[0], box[1], box[2], box[3]],
    center: place && {lng: place[0], lat: place[1], zoom: place[2] - 1},
    maxTileZoom: typeof maxzoom === 'number' && maxzoom >= 0 ? Math.min(maxTileZoom, Math.floor(maxzoom)) : maxTileZoom,
    attribution: typeof attribution === 'string' ? attribution : '',
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function numbers(value: unknown, length: number): number[] | undefined {
  const isGood = Array.isArray(value) && value.length === length && value.every(Number.isFinite);
  return isGood ? value : undefined;
}
