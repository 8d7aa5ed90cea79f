import {clockTime, dayMinutes, formatTimes, parseTimes} from '../../../core/day-times.ts';
import type {Filter} from '../../../core/filter.ts';
import {element} from '../../element.ts';
import type {PageContext} from '../../page-context.ts';
import type {BrushRange} from './brush-range.ts';
import {facetCounts} from './facet-counts.ts';
import {createRangeBrush, type KeyStep} from './range-brush.ts';
import type {TableFacts} from './table-facts.ts';

const hours = Array.from({length: 25}, (_, hour) => hour * 60);
const ticks = [0, 6, 12, 18].map((hour) => ({at: hour / 24, text: `${hour}:00`}));

/** Times of day at which activities start; there only where they are known. */
export function createTimeFilter(context: PageContext, {hasTimes}: TableFacts): {show(filter: Filter): void} {
  element('times-part', HTMLElement).hidden = !hasTimes;
  const {details} = context.archive.table;
  if (!hasTimes || !details) return {show() {}};
  const {table} = context.archive;
  const start = element('time-start', HTMLInputElement);
  const end = element('time-end', HTMLInputElement);
  const take = ({start, end}: BrushRange) => {
    const times = parseTimes(formatTimes({start, end}));
    if (times !== undefined) context.change({time: times && formatTimes(times)});
    else showTimes(context.style);
  };
  const brush = createRangeBrush({
    labels: {group: 'Time of day', start: 'Earliest start', end: 'Latest start'},
    isCircular: true,
    textOf: clockTime,
    step: stepTimes,
    onChange: take,
  });
  element('time-brush', HTMLDivElement).append(brush.element);
  for (const input of [start, end]) {
    input.addEventListener('change', () => {
      // A time that is not given is the end of the day.
      take({start: minuteOf(start.value) ?? 0, end: minuteOf(end.value) || dayMinutes});
    });
  }

  function showTimes({time}: Pick<Filter, 'time'>): BrushRange | undefined {
    const times = parseTimes(time) || undefined;
    start.value = times ? clockTime(times.start) : '';
    end.value = times ? clockTime(times.end % dayMinutes) : '';
    return times;
  }

  return {
    show(filter) {
      const times = showTimes(filter);
      brush.show({
        edges: hours,
        counts: facetCounts(table, context.filtered.failed, 'time', 24, (row) =>
          Math.floor(details.startMinute[row] / 60),
        ),
        range: times ?? {start: 0, end: dayMinutes},
        ticks,
      });
    },
  };
}

/** The range after a step of one of its ends, around the clock: by an hour, a quarter, six hours, or to midnight. Never empty. */
export function stepTimes(range: BrushRange, end: 'start' | 'end', {by, size}: KeyStep): BrushRange {
  const step = {bin: 60, fine: 15, page: 360, all: 0}[size];
  const around = (((range[end] + by * step) % dayMinutes) + dayMinutes) % dayMinutes;
  const value = step > 0 ? around : 0;
  const next = end === 'start' ? {...range, start: value} : {...range, end: value || dayMinutes};
  return next.start % dayMinutes === next.end % dayMinutes && !isWhole(next) ? range : next;
}

function isWhole({start, end}: BrushRange): boolean {
  return start === 0 && end === dayMinutes;
}

function minuteOf(time: string): number | undefined {
  const match = /^(\d\d):(\d\d)/.exec(time);
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}
