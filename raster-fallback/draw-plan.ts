import {createHash} from 'node:crypto';
import type {ActivityTable} from '../core/activity-table.ts';
import {type Filter, isFiltered} from '../core/filter.ts';
import {firstGroupRow} from '../core/group-row.ts';
import {type HeatKernel, heatKernel} from '../core/heat/kernel.ts';
import {lineAt} from '../core/heat/line-at.ts';
import {type ToneTable, toneTable} from '../core/heat/tone-table.ts';
import {kept} from '../core/kept.ts';
import type {TrackheatMetadata} from '../core/metadata.ts';
import {rampTable} from '../core/ramps.ts';
import {passingShare, rowWeights} from '../core/row-weights.ts';
import {formatStyle, type HeatStyle} from '../core/style.ts';
import {type ToneScale, toneScale} from '../core/tone.ts';
import type {LineWeights} from './heat-raster.ts';
import type {RasterView} from './view.ts';

/** What drawing needs of an archive beside its tiles; an open archive is one. */
export type DrawFacts = {table: ActivityTable; metadata: Pick<TrackheatMetadata, 'quantiles'>};

/** A style in the numbers of one zoom of one archive, as far as they decide what a picture looks like. */
export type ScalePlan = {
  kernel: HeatKernel;
  weights: LineWeights;
  scale: ToneScale;
  style: HeatStyle;
  /** Equal for all archives and zooms that draw the same tiles alike. */
  key: string;
};

/** The same with the tables that drawing needs. */
export type DrawPlan = Pick<ScalePlan, 'kernel' | 'weights' | 'scale'> & {
  table: ToneTable;
  /** 256 straight RGBA colours, opacity included. */
  palette: Uint8Array;
};

/** The scale of a style for a view; plans are kept, since all tiles of a zoom share one. */
export function scalePlan(facts: DrawFacts, {zoom, ratio}: RasterView, style: HeatStyle): ScalePlan {
  const text = formatStyle(style);
  return kept(plansOf(scalePlansOf, facts), `${zoom} ${ratio} ${text}`, 256, () => {
    const {table, metadata} = facts;
    const rows = isFiltered(style) ? rowWeights(table, style) : undefined;
    const scale = toneScale(style, metadata.quantiles, zoom, rows ? passingShare(table, rows) : 1);
    const kernel = heatKernel(lineAt(style, zoom), ratio);
    const key = `${text} ${drawnKey(style, kernel, scale)} ${rows ? weightsKey(table, rows, style) : ''}`;
    return {kernel, weights: {rows, laps: style.laps}, scale, style, key};
  });
}

/** The numbers and colours that a style stands for: the same words may stand for others in another version of the program. */
function drawnKey({ramp, opacity, laps}: HeatStyle, kernel: HeatKernel, {top, ranks, ...scale}: ToneScale): string {
  const heats = scale.curve === 'rank' ? ranks : top;
  return createHash('sha1')
    .update(JSON.stringify([kernel, scale, heats, opacity, laps]))
    .update(rampTable(ramp, paletteBend))
    .digest('base64url');
}

/**
 * Bends the palette's 256 tones so that the coldest thirtieth of the scale has a fifteenth of them: ramps rise steeply in opacity
 * there, and evenly spaced tones would leave contours around a glow on a light ground. More would make the pictures larger.
 */
export const paletteBend = 1.3;

/** The plan of a style for a view, ready for drawing. */
export function drawPlan(facts: DrawFacts, view: RasterView, style: HeatStyle): DrawPlan {
  const {kernel, weights, scale, key} = scalePlan(facts, view, style);
  return kept(plansOf(drawPlansOf, facts), `${view.zoom} ${view.ratio} ${key}`, 64, () => {
    const palette = rampTable(style.ramp, paletteBend);
    for (let i = 3; i < palette.length; i += 4) palette[i] = Math.round(palette[i] * style.opacity);
    return {kernel, weights, scale, table: toneTable(scale, paletteBend), palette};
  });
}

/**
 * What the weights are of rows for which a tile's bytes do not tell: of those that stand for many activities, since they change with
 * activities that are not in the tile, and of all where the filter asks for what only the table knows.
 */
function weightsKey({count, id}: ActivityTable, weights: Float32Array, filter: Filter): string {
  const {time, gear, commute, name} = filter;
  const asksTable = time !== '' || gear.length > 0 || commute !== '' || name !== '';
  const hash = createHash('sha1');
  let found = false;
  for (let i = 0; i < count; i++) {
    const isTold = !asksTable && id[i] < firstGroupRow && weights[i] === 1;
    if (weights[i] === 0 || isTold) continue;
    hash.update(`${id[i]} ${weights[i]} `);
    found = true;
  }
  return found ? hash.digest('base64url') : '';
}

const scalePlansOf = new WeakMap<DrawFacts, Map<string, ScalePlan>>();
const drawPlansOf = new WeakMap<DrawFacts, Map<string, DrawPlan>>();

/** The plans that are kept for an archive. */
function plansOf<T>(of: WeakMap<DrawFacts, Map<string, T>>, facts: DrawFacts): Map<string, T> {
  const plans = of.get(facts) ?? new Map<string, T>();
  of.set(facts, plans);
  return plans;
}
