import type {Filter} from '../../../core/filter.ts';
import {element} from '../../element.ts';
import type {PageContext} from '../../page-context.ts';
import {activityLabel, activityName} from './activity-name.ts';
import {activitiesText} from './chips.ts';
import {icon, make} from './make.ts';
import {replaceKeepingFocus} from './replace-keeping-focus.ts';
import {type ChosenKey, toggleActivity} from './toggle-activity.ts';

/** Chosen activities that are named one by one. */
const mostNamed = 12;

const labels: Record<ChosenKey, string> = {only: 'Only', without: 'Without'};

const cross = 'M4 4l8 8M12 4l-8 8';

/** What was chosen by hand: the text that names hold, activities shown alone and left out, each to be taken away again. */
export function createChosenActivities(
  context: PageContext,
  rowOfId: ReadonlyMap<number, number>,
): {show(filter: Filter): void} {
  const {table} = context.archive;
  const list = element('chosen', HTMLDivElement);

  function titleOf(id: number): HTMLElement {
    const row = rowOfId.get(id);
    if (row !== undefined) {
      const name = activityName(table, row);
      if (name.className === 'unnamed') name.textContent = activityLabel(table, row);
      return name;
    }
    return make('bdi', {className: 'unnamed', textContent: `Activity ${id}, not in this archive`});
  }

  function group(label: string, ...children: Node[]): HTMLElement {
    return make('div', {className: 'picked'}, make('span', {textContent: label}), ...children);
  }

  function activities(key: ChosenKey, ids: number[]): HTMLElement {
    const chips = ids.slice(0, mostNamed).map((id) => {
      const title = titleOf(id);
      const label = `${title.textContent}: no longer ${key}`;
      return chip(`${key} ${id}`, title, label, () => context.change(toggleActivity(context.style, key, id)));
    });
    const left = ids.length - chips.length;
    const more = left > 0 ? [make('small', {textContent: `and ${activitiesText(left)} more`})] : [];
    const clear = make('button', {type: 'button', className: 'plain', textContent: 'Clear'});
    clear.ariaLabel = `Clear: ${key}`;
    clear.addEventListener('click', () => context.change({[key]: []}));
    return group(labels[key], ...chips, ...more, ...(ids.length > 1 ? [clear] : []));
  }

  return {
    show({name, only, without}) {
      const groups: HTMLElement[] = [];
      const named = make('bdi', {textContent: name});
      if (name)
        groups.push(
          group(
            'Named',
            chip('name', named, `${name}: any name again`, () => context.change({name: ''})),
          ),
        );
      if (only.length > 0) groups.push(activities('only', only));
      if (without.length > 0) groups.push(activities('without', without));
      replaceKeepingFocus(list, groups, element('search', HTMLInputElement));
    },
  };
}

/** Something chosen, with a button that takes it away. */
function chip(key: string, title: Node, label: string, onRemove: () => void): HTMLElement {
  const button = make('button', {type: 'button', ariaLabel: label}, title, icon(cross));
  button.dataset.key = key;
  button.addEventListener('click', onRemove);
  return button;
}
