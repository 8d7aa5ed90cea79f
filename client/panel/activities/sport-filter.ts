import type {Filter} from '../../../core/filter.ts';
import {sportIndex, sports} from '../../../core/sports.ts';
import {element} from '../../element.ts';
import type {PageContext} from '../../page-context.ts';
import {createChips} from './chips.ts';
import {facetCounts} from './facet-counts.ts';
import {make} from './make.ts';
import type {TableFacts} from './table-facts.ts';

/** Sports that are shown; there only where an archive has several. */
export function createSportFilter(context: PageContext, facts: TableFacts): {show(filter: Filter): void} {
  element('sports-part', HTMLElement).hidden = facts.sports.length < 2;
  if (facts.sports.length < 2) return {show() {}};
  const {table} = context.archive;
  const places = new Map(facts.sports.map((sport, place) => [sportIndex(sport), place]));
  const chips = createChips(
    element('sports', HTMLFieldSetElement),
    facts.sports,
    (sport) => make('b', {textContent: sportText(sport)}),
    (chosen) => context.change({sport: sports.filter((sport) => chosen.includes(sport))}),
  );
  return {
    show({sport}) {
      const {failed} = context.filtered;
      const size = facts.sports.length;
      chips.show(
        sport,
        facetCounts(table, failed, 'sport', size, (row) => places.get(table.sport[row]) ?? -1),
      );
    },
  };
}

/** A sport as people write it: `mountain bike`, but `e-bike`. */
export function sportText(sport: string): string {
  return sport.replace(/(?<=..)-/, ' ');
}
