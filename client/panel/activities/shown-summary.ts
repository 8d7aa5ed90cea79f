import {isFiltered, openFilter} from '../../../core/filter.ts';
import {element} from '../../element.ts';
import type {PageContext} from '../../page-context.ts';
import {formatDistance} from '../../units.ts';
import {passFocus} from '../pass-focus.ts';
import {activitiesText} from './chips.ts';
import {formatHours, sumShown} from './sum-shown.ts';

/** How many activities are shown, how far and how long they went, and a button that shows all. */
export function createShownSummary(context: PageContext): {show(): void} {
  const {table, metadata} = context.archive;
  const count = element('filter-count', HTMLOutputElement);
  const sums = element('shown-sums', HTMLParagraphElement);
  const showAll = element('show-all', HTMLButtonElement);
  showAll.addEventListener('click', () => {
    context.change(openFilter);
    passFocus(showAll, element('tab-activities', HTMLButtonElement));
  });
  return {
    show() {
      const {passing, weights} = context.filtered;
      const [shown, all] = [passing, metadata.counts.activities].map(activitiesText);
      count.textContent = shown === all ? shown : `${shown} of ${all}`;
      const {distance, moving} = sumShown(table, weights);
      const texts = [
        distance === undefined ? '' : formatDistance(distance),
        moving === undefined ? '' : formatHours(moving),
      ];
      sums.textContent = texts.filter(Boolean).join(' · ');
      showAll.disabled = !isFiltered(context.style);
    },
  };
}
