import type {Filter} from '../../../core/filter.ts';
import {element} from '../../element.ts';
import type {PageContext} from '../../page-context.ts';
import {make} from './make.ts';
import type {TableFacts} from './table-facts.ts';

const choices = [
  {commute: '', label: 'All'},
  {commute: 'yes', label: 'Only'},
  {commute: 'no', label: 'Without'},
] as const;

/** Commutes alone, or none; there only where an archive has both kinds of activities. */
export function createCommuteFilter(context: PageContext, {hasCommutes}: TableFacts): {show(filter: Filter): void} {
  element('commute-part', HTMLElement).hidden = !hasCommutes;
  const buttons = choices.map(({commute, label}) => {
    const button = make('button', {type: 'button', textContent: label});
    button.addEventListener('click', () => context.change({commute}));
    return button;
  });
  element('commute', HTMLFieldSetElement).append(...buttons);
  return {
    show({commute}) {
      choices.forEach((choice, i) => {
        buttons[i].ariaPressed = `${choice.commute === commute}`;
      });
    },
  };
}
