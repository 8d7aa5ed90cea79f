import {filterKeys} from '../../../core/filter.ts';
import type {HeatStyle} from '../../../core/style.ts';

/** The keys of a style that say how it looks: changing them leaves the filter, and what it cost, alone. */
export function lookOf(style: HeatStyle): Partial<HeatStyle> {
  const look: Partial<HeatStyle> = {...style};
  for (const key of filterKeys) delete look[key];
  return look;
}
