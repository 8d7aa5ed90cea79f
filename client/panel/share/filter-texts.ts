import type {Filter} from '../../../core/filter.ts';

/** What a filter lets pass, in a few words for each of its keys that asks for something. */
export function filterTexts({sport, from, to, weekday, time, gear, commute, name, only, without}: Filter): string[] {
  const texts = [
    sport.join(', '),
    [from && `from ${from}`, to && `to ${to}`].filter(Boolean).join(' '),
    weekday.map((day) => day[0].toUpperCase() + day.slice(1)).join(', '),
    time.replace('-', '–'),
    gear.join(', '),
    commute && (commute === 'yes' ? 'commutes' : 'no commutes'),
    name && `“${name}”`,
    only.length > 0 && 'chosen ones alone',
    without.length > 0 && `${without.length} left out`,
  ];
  return texts.filter((text) => typeof text === 'string' && text !== '') as string[];
}
