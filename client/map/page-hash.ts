import {parseStyleQuery} from '../../core/named-styles.ts';
import {formatStyle, type HeatStyle} from '../../core/style.ts';
import {bases, isBaseId} from './bases.ts';
import type {View} from './view.ts';
import {formatHash, parseHash} from './view-hash.ts';

/** What the map shows: centre, zoom, and how the camera is turned and tilted, degrees. */
export type PageView = View & {bearing: number; pitch: number};

/** Steepest look at the map, degrees: beyond it the horizon comes into sight. */
export const maxPitch = 60;

/** All that a link to the page carries. */
export type PageState = {
  /** Undefined where the link says nothing. */
  view: PageView | undefined;
  style: HeatStyle;
  /** Id of a base map; empty for the default. */
  base: string;
  /** How much darker the base map is drawn, 0..1. */
  dim: number;
};

/**
 * Reads a URL's hash: `#map=zoom/lat/lng` with bearing and pitch where they are not 0, then the style's text form, in which
 * `style=NAME` stands for a built-in one, then `base` and `dim`.
 * Faults are sentences about what was left out.
 */
export function parsePageHash(hash: string): PageState & {faults: string[]} {
  const params = new URLSearchParams(hash.replace(/^#/, ''));
  const map = params.get('map') ?? '';
  const base = params.get('base') ?? '';
  const dim = params.get('dim') ?? '0';
  for (const key of ['map', 'base', 'dim']) params.delete(key);
  const {style, faults} = parseStyleQuery(params);
  const view = parseView(map);
  if (map && !view) faults.push(`map: '${map}', expected zoom/lat/lng`);
  const isKnown = base === '' || isBaseId(base);
  if (!isKnown) faults.push(`base: '${base}', expected one of ${bases.map(({id}) => id).join(', ')}`);
  const isShare = /^(0(\.\d+)?|1)$/.test(dim);
  if (!isShare) faults.push(`dim: '${dim}', expected 0 to 1`);
  return {view, style, base: isKnown ? base : '', dim: isShare ? Number(dim) : 0, faults};
}

/** The hash that {@link parsePageHash} reads back. */
export function formatPageHash({view, style, base, dim}: PageState & {view: PageView}): string {
  const {bearing, pitch} = view;
  const turned = pitch || bearing ? `/${rounded(bearing)}` : '';
  const tilted = pitch ? `/${rounded(pitch)}` : '';
  const parts = [
    `${formatHash(view)}${turned}${tilted}`,
    formatStyle(style),
    base && `base=${base}`,
    dim && `dim=${dim}`,
  ];
  return parts.filter(Boolean).join('&');
}

function parseView(text: string): PageView | undefined {
  const [place, turned] = /^((?:[^/]+\/){2}[^/]+)((?:\/[^/]+){0,2})$/.exec(text)?.slice(1) ?? [];
  const view = place && parseHash(`#map=${place}`);
  if (!view) return undefined;
  const [bearing = 0, pitch = 0] = turned.split('/').slice(1).map(Number);
  if (!(Math.abs(bearing) <= 360 && pitch >= 0 && pitch <= maxPitch)) return undefined;
  return {...view, bearing, pitch};
}

function rounded(degrees: number): string {
  return String(Number(degrees.toFixed(2)));
}
