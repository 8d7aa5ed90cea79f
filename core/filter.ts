import {defaultStyle, type HeatStyle} from './style.ts';

/** The keys of a style that choose activities; the others say how they look. */
export const filterKeys = [
  'sport',
  'from',
  'to',
  'weekday',
  'time',
  'gear',
  'commute',
  'name',
  'only',
  'without',
] as const satisfies readonly (keyof HeatStyle)[];

export type FilterKey = (typeof filterKeys)[number];

/** The part of a style that chooses activities. */
export type Filter = Pick<HeatStyle, FilterKey>;

/** The part of a style that chooses activities, alone. */
export function filterOf(style: Filter): Filter {
  const {sport, from, to, weekday, time, gear, commute, name, only, without} = style;
  return {sport, from, to, weekday, time, gear, commute, name, only, without};
}

/** The filter that lets all activities pass. */
export const openFilter: Readonly<Filter> = filterOf(defaultStyle);

/** Whether a filter chooses at all. */
export function isFiltered(filter: Filter): boolean {
  return filterKeys.some((key) => filter[key].length > 0);
}
