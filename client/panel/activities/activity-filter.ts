import {dateOfDay} from '../../../core/days.ts';
import {type Sport, sports} from '../../../core/sports.ts';
import type {PageContext, PagePart} from '../../page-context.ts';
import {element} from '../../raster/element.ts';
import {countSports, dayRange, yearOf, yearsOf} from './table-facts.ts';

/** Sports and dates that are shown; there only where an archive tells activities apart. */
export function createActivityFilter(context: PageContext): PagePart {
  const {change} = context;
  const {table, metadata} = context.archive;
  const counts = countSports(table);
  const chosen = new Set<Sport>();
  const chips = counts.map(({sport, activities}) => {
    const chip = chipOf(sport, activities);
    chip.addEventListener('click', () => {
      if (!chosen.delete(sport)) chosen.add(sport);
      change({sport: sports.filter((name) => chosen.has(name))});
    });
    return {sport, chip};
  });
  if (counts.length > 1) element('sports', HTMLFieldSetElement).append(...chips.map(({chip}) => chip));
  const days = dayRange(table);
  const year = element('year', HTMLSelectElement);
  const from = element('from', HTMLInputElement);
  const to = element('to', HTMLInputElement);
  if (days) {
    for (const input of [from, to]) {
      Object.assign(input, {min: dateOfDay(days.first), max: dateOfDay(days.last)});
    }
    year.append(new Option('All years', ''), ...yearsOf(days).map((text) => new Option(text, text)), hiddenOption());
    year.addEventListener('change', () => {
      change(year.value ? {from: `${year.value}-01-01`, to: `${year.value}-12-31`} : {from: '', to: ''});
    });
    from.addEventListener('change', () => change({from: from.value, ...(to.value < from.value && {to: ''})}));
    to.addEventListener('change', () => change({to: to.value, ...(from.value > to.value && to.value && {from: ''})}));
  }
  element('tab-activities', HTMLButtonElement).hidden = counts.length < 2 && !days;

  return {
    show(style) {
      chosen.clear();
      for (const sport of style.sport) chosen.add(sport);
      for (const {sport, chip} of chips) chip.setAttribute('aria-pressed', `${chosen.has(sport)}`);
      from.value = style.from;
      to.value = style.to;
      year.value = yearOf(style.from, style.to);
      const all = metadata.counts.activities;
      const passing = Math.round(context.filtered.passing);
      const shown = passing.toLocaleString('en');
      element('filter-count', HTMLOutputElement).textContent =
        passing === all ? shown : `${shown} of ${all.toLocaleString('en')}`;
    },
  };
}

/** Stands for dates that are no whole year; it cannot be picked. */
function hiddenOption(): HTMLOptionElement {
  return Object.assign(new Option('Other dates', 'range'), {hidden: true});
}

function chipOf(sport: Sport, activities: number): HTMLButtonElement {
  const chip = Object.assign(document.createElement('button'), {type: 'button'});
  const count = Object.assign(document.createElement('span'), {textContent: ` ${activities.toLocaleString('en')}`});
  chip.append(sport.replace(/(?<=..)-/, ' '), count);
  return chip;
}
