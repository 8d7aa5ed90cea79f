import {dateOfDay, dayOfDate, lastDay} from '../../../core/days.ts';
import type {Filter} from '../../../core/filter.ts';
import {element} from '../../element.ts';
import type {PageContext} from '../../page-context.ts';
import {passFocus} from '../pass-focus.ts';
import type {BrushRange} from './brush-range.ts';
import {addUnits, binUnit, countByDates, type Days, dateEdges, startOf} from './date-bins.ts';
import {allDates, type Dates, isSame, lastTwelveMonths, thisYear, yearDates, yearOf} from './date-presets.ts';
import {dateTicks, dayText} from './date-ticks.ts';
import {zoomIn, zoomOut} from './date-window.ts';
import {createRangeBrush, type KeyStep} from './range-brush.ts';
import type {TableFacts} from './table-facts.ts';

/** Dates that are shown: presets, years one by one, a histogram to brush, and two dates. There only where days are known. */
export function createDateFilter(context: PageContext, {days: whole, years}: TableFacts): {show(filter: Filter): void} {
  element('dates-part', HTMLElement).hidden = !whole;
  if (!whole) return {show() {}};
  const {change} = context;
  const {table} = context.archive;
  let window: Days = whole;
  let shown: Dates = allDates;

  const presets = [
    {button: element('dates-all', HTMLButtonElement), dates: () => allDates},
    {button: element('this-year', HTMLButtonElement), dates: () => thisYear(today())},
    {button: element('last-months', HTMLButtonElement), dates: () => lastTwelveMonths(today())},
  ];
  for (const {button, dates} of presets) button.addEventListener('click', () => change(dates()));

  const year = element('year', HTMLSelectElement);
  year.append(new Option('All years', ''), ...years.map((text) => new Option(text, text)), hiddenOption());
  year.addEventListener('change', () => change(year.value ? yearDates(year.value) : allDates));
  const yearBefore = element('year-before', HTMLButtonElement);
  const yearAfter = element('year-after', HTMLButtonElement);
  const stepYear = (by: -1 | 1) => {
    const next = nextYear(years, shown, by);
    if (next) change(yearDates(next));
  };
  yearBefore.addEventListener('click', () => {
    stepYear(-1);
    passFocus(yearBefore, year);
  });
  yearAfter.addEventListener('click', () => {
    stepYear(1);
    passFocus(yearAfter, year);
  });

  const from = element('from', HTMLInputElement);
  const to = element('to', HTMLInputElement);
  for (const input of [from, to]) Object.assign(input, {min: dateOfDay(whole.first), max: dateOfDay(whole.last)});
  // What the other end was before this one was typed: browsers tell of each digit, and 2023 begins as the years 0002 and 0020.
  let before: Dates = allDates;
  for (const input of [from, to]) {
    input.addEventListener('focus', () => {
      before = shown;
    });
    input.addEventListener('blur', () => showDates());
  }
  from.addEventListener('change', () => {
    if (!isBegun(from.value)) change({from: from.value, to: before.to && before.to < from.value ? '' : before.to});
  });
  to.addEventListener('change', () => {
    if (!isBegun(to.value)) change({to: to.value, from: to.value && before.from > to.value ? '' : before.from});
  });

  const closer = element('dates-closer', HTMLButtonElement);
  const wider = element('dates-wider', HTMLButtonElement);
  closer.addEventListener('click', () => {
    window = zoomIn(window, daysOf(shown, whole), whole);
    draw();
    passFocus(closer, wider);
  });
  wider.addEventListener('click', () => {
    window = zoomOut(window, whole);
    draw();
    passFocus(wider, closer);
  });

  const brush = createRangeBrush({
    labels: {group: 'Dates', start: 'First day shown', end: 'Last day shown'},
    isCircular: false,
    textOf: (value, end) => dayText(end === 'start' ? value : value - 1),
    step: (range, end, step) => stepDates(range, end, step, window, whole),
    onChange: (range) => change(datesOf(range, whole)),
  });
  element('date-brush', HTMLDivElement).append(brush.element);

  function draw(): void {
    const chosen = daysOf(shown, whole as Days);
    let edges = dateEdges(window, binUnit(window));
    // Bars begin before the window and end behind it: what is brushed out to them stays in it.
    if (window !== whole && (chosen.first < edges[0] || chosen.last >= edges[edges.length - 1])) {
      window = whole as Days;
      edges = dateEdges(window, binUnit(window));
    }
    const end = edges[edges.length - 1];
    brush.show({
      edges,
      counts: countByDates(table, context.filtered.failed, edges),
      range: {start: shown.from ? chosen.first : edges[0], end: shown.to ? chosen.last + 1 : end},
      ticks: dateTicks({first: edges[0], last: end - 1}),
    });
    closer.disabled = zoomIn(window, chosen, whole as Days) === window;
    wider.disabled = window === whole;
  }

  function showDates(): void {
    from.value = shown.from;
    to.value = shown.to;
  }

  return {
    show({from: first, to: last}) {
      shown = {from: first, to: last};
      showDates();
      year.value = yearOf(shown);
      yearBefore.disabled = !nextYear(years, shown, -1);
      yearAfter.disabled = !nextYear(years, shown, 1);
      for (const {button, dates} of presets) {
        button.ariaPressed = `${isSame(shown, dates())}`;
        button.disabled = dates().from > dateOfDay(whole.last);
      }
      draw();
    },
  };
}

/** The first and last day of a filter's dates, as far as there are activities. */
function daysOf({from, to}: Dates, whole: Days): Days {
  const first = from ? Math.min(dayOfDate(from), whole.last) : whole.first;
  const last = to ? Math.max(dayOfDate(to), whole.first) : whole.last;
  return {first: Math.max(first, whole.first), last: Math.max(first, Math.min(last, whole.last))};
}

/** The dates of a brushed range; an end that leaves no day out is open. */
function datesOf({start, end}: BrushRange, whole: Days): Dates {
  return {
    from: start > whole.first ? dateOfDay(start) : '',
    to: end <= whole.last ? dateOfDay(Math.min(lastDay, end - 1)) : '',
  };
}

/**
 * The range after a step of one of its ends: to the next bin's border, by a day, by the next larger unit, or all the way. At least a day
 * is left.
 */
export function stepDates(
  range: BrushRange,
  end: 'start' | 'end',
  {by, size}: KeyStep,
  window: Days,
  whole: Days,
): BrushRange {
  const unit = binUnit(window);
  // An open end is shown at the border of its bar, which may lie outside.
  const inside = (day: number) => Math.max(whole.first, Math.min(whole.last + 1, day));
  const value = inside(range[end]);
  let next = by < 0 ? whole.first : whole.last + 1;
  if (size === 'fine') next = value + by;
  else if (size === 'page')
    next = unit === 'year' ? addUnits('year', value, 10 * by) : addUnits(larger[unit], value, by);
  else if (size === 'bin') next = by < 0 ? startOf(unit, value - 1) : addUnits(unit, startOf(unit, value), 1);
  return end === 'start'
    ? {...range, start: Math.max(whole.first, Math.min(next, inside(range.end) - 1))}
    : {...range, end: Math.min(whole.last + 1, Math.max(next, inside(range.start) + 1))};
}

const larger = {month: 'year', day: 'month'} as const;

/** The year before or after the one that is shown; from no year the latest one is a step back. */
function nextYear(years: string[], dates: Dates, by: -1 | 1): string | undefined {
  const at = years.indexOf(yearOf(dates));
  return by < 0 ? years[at + 1] : years[at - 1];
}

/** Whether a date is being typed: its year has fewer than four digits so far. */
function isBegun(date: string): boolean {
  return date !== '' && date < '1000';
}

/** Today's local date. */
function today(): string {
  const now = new Date();
  return dateOfDay(Math.floor((now.getTime() - now.getTimezoneOffset() * 60_000) / 86_400_000));
}

/** Stands for dates that are no whole year; it cannot be picked. */
function hiddenOption(): HTMLOptionElement {
  return Object.assign(new Option('Other dates', 'range'), {hidden: true});
}
