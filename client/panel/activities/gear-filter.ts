import type {Filter} from '../../../core/filter.ts';
import {element} from '../../element.ts';
import type {PageContext} from '../../page-context.ts';
import {createChips} from './chips.ts';
import {facetCounts} from './facet-counts.ts';
import {make} from './make.ts';
import type {TableFacts} from './table-facts.ts';

/** Gear that is shown; there only where an archive names some. */
export function createGearFilter(context: PageContext, {gear}: TableFacts): {show(filter: Filter): void} {
  element('gear-part', HTMLElement).hidden = gear.length === 0;
  const {details} = context.archive.table;
  if (gear.length === 0 || !details) return {show() {}};
  const places = new Map(gear.map((name, place) => [name, place]));
  const chips = createChips(
    element('gear', HTMLFieldSetElement),
    gear,
    (name) => make('bdi', {textContent: name, title: name}),
    (chosen) => context.change({gear: chosen.sort()}),
  );
  return {
    show(filter) {
      const {failed} = context.filtered;
      chips.show(
        filter.gear,
        facetCounts(context.archive.table, failed, 'gear', gear.length, (row) => places.get(details.gear[row]) ?? -1),
      );
    },
  };
}
