import type {ActivityTable} from '../../../core/activity-table.ts';
import type {Filter} from '../../../core/filter.ts';
import {sports} from '../../../core/sports.ts';
import {formatDistance} from '../../units.ts';
import {activityLabel, activityName} from './activity-name.ts';
import {dayText} from './date-ticks.ts';
import {icon, make} from './make.ts';
import {knownDay} from './search-activities.ts';
import {sportText} from './sport-filter.ts';
import type {ChosenKey} from './toggle-activity.ts';

/** An eye and an eye that is struck through. */
const eye =
  'M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8ZM8 6.3a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4';
const icons = {only: eye, without: `${eye}M3 13.5l10-11`};

/** What is done with an activity in a list. */
export type ItemActions = {toggle(key: ChosenKey, id: number): void; goTo(row: number): void};

/** An activity in a list: a button with name, day, sport and distance that goes there, and one each to show it alone and to leave it out. */
export type ActivityItem = {element: HTMLLIElement; show(filter: Filter): void};

export function createActivityItem(table: ActivityTable, row: number, {toggle, goTo}: ItemActions): ActivityItem {
  const id = table.id[row];
  const title = activityName(table, row);
  const day = knownDay(table, row);
  const distance = table.details?.distance[row] ?? 0;
  const facts = [
    day === undefined ? '' : dayText(day, true),
    distance > 0 ? formatDistance(distance) : '',
    title.className === 'unnamed' && table.details?.name ? '' : sportText(sports[table.sport[row]]),
  ];
  const buttons = (['only', 'without'] as const).map((key) => {
    const label = `${key === 'only' ? 'Only' : 'Without'} ${activityLabel(table, row)}`;
    const button = make('button', {type: 'button', className: key, ariaLabel: label, title: label}, icon(icons[key]));
    button.addEventListener('click', () => toggle(key, id));
    return {key, button};
  });
  const small = make('small', {textContent: facts.filter(Boolean).join(' · ')});
  const text = make('button', {type: 'button', className: 'go', title: 'Show where it is'}, title, small);
  text.addEventListener('click', () => goTo(row));
  return {
    element: make('li', {}, text, ...buttons.map(({button}) => button)),
    show(filter) {
      for (const {key, button} of buttons) button.ariaPressed = `${filter[key].includes(id)}`;
    },
  };
}
