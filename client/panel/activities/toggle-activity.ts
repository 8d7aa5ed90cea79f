import type {Filter} from '../../../core/filter.ts';

/** The two lists of activities chosen by hand. */
export type ChosenKey = 'only' | 'without';

/** The lists after an activity was put into one of them, which takes it out of the other, or taken out again. */
export function toggleActivity({only, without}: Filter, key: ChosenKey, id: number): Pick<Filter, ChosenKey> {
  const lists = {only, without};
  const isChosen = lists[key].includes(id);
  const others = {only: remove(only, id), without: remove(without, id)};
  return isChosen ? others : {...others, [key]: [...lists[key], id].sort((a, b) => a - b)};
}

function remove(ids: number[], id: number): number[] {
  return ids.includes(id) ? ids.filter((each) => each !== id) : ids;
}
