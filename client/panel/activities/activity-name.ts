import type {ActivityTable} from '../../../core/activity-table.ts';
import {sports} from '../../../core/sports.ts';
import {dayText} from './date-ticks.ts';
import {make} from './make.ts';
import {knownDay} from './search-activities.ts';
import {sportText} from './sport-filter.ts';

/** The name of an activity as text that keeps its direction to itself, or what stands for a name. */
export function activityName(table: ActivityTable, row: number): HTMLElement {
  const name = table.details?.name?.[row];
  if (name) return make('bdi', {textContent: name, title: name});
  const number = `Activity ${table.id[row]}`;
  const textContent = table.details?.name ? `Unnamed ${sportText(sports[table.sport[row]])}` : number;
  return make('bdi', {className: 'unnamed', textContent});
}

/** An activity in words that tell it from others of its name. */
export function activityLabel(table: ActivityTable, row: number): string {
  const day = knownDay(table, row);
  return `${activityName(table, row).textContent}${day === undefined ? '' : `, ${dayText(day, true)}`}`;
}
