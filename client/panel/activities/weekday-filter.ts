import {unknownDay} from '../../../core/activity-table.ts';
import {weekdayOfDay} from '../../../core/days.ts';
import type {Filter} from '../../../core/filter.ts';
import {weekdays} from '../../../core/style.ts';
import {element} from '../../element.ts';
import type {PageContext} from '../../page-context.ts';
import {activitiesText} from './chips.ts';
import {facetCounts} from './facet-counts.ts';
import {make} from './make.ts';
import type {TableFacts} from './table-facts.ts';

const names = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Days of the week that are shown, each below a bar; there only where single days are known. */
export function createWeekdayFilter(context: PageContext, {hasWeekdays}: TableFacts): {show(filter: Filter): void} {
  element('weekdays-part', HTMLElement).hidden = !hasWeekdays;
  if (!hasWeekdays) return {show() {}};
  const {table} = context.archive;
  const days = weekdays.map((day, i) => {
    const bars = {all: make('i', {className: 'all'}), passing: make('i', {className: 'passing'})};
    const picture = make('span', {className: 'bar', ariaHidden: 'true'}, bars.all, bars.passing);
    const button = make('button', {type: 'button', title: names[i]}, picture, names[i].slice(0, 3));
    button.addEventListener('click', () => {
      const {weekday} = context.style;
      const chosen = weekdays.filter((each) => weekday.includes(each) !== (each === day));
      context.change({weekday: chosen.length === weekdays.length ? [] : chosen});
    });
    return {day, button, bars};
  });
  element('weekdays', HTMLFieldSetElement).append(...days.map(({button}) => button));

  return {
    show({weekday}) {
      const {all, passing} = facetCounts(table, context.filtered.failed, 'weekday', weekdays.length, (row) =>
        table.from[row] !== unknownDay && table.from[row] === table.to[row] ? weekdayOfDay(table.from[row]) : -1,
      );
      const top = Math.max(1, ...all);
      days.forEach(({day, button, bars}, i) => {
        button.ariaPressed = `${weekday.includes(day)}`;
        button.ariaLabel = `${names[i].slice(0, 3)}, ${activitiesText(passing[i])}`;
        bars.passing.classList.toggle('shown-bar', weekday.length === 0 || weekday.includes(day));
        bars.all.style.height = `${(100 * all[i]) / top}%`;
        bars.passing.style.height = `${(100 * passing[i]) / top}%`;
      });
    },
  };
}
