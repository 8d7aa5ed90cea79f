import type {BinCounts} from './date-bins.ts';
import {make} from './make.ts';

/** A choice among several, each a button with the number of its activities. */
export type Chips<T> = {
  /** Shows which are chosen, and how many activities each would show. */
  show(chosen: readonly T[], counts: BinCounts): void;
};

/** Fills an element with a chip for each value; several can be chosen, none means all. */
export function createChips<T>(
  container: HTMLElement,
  values: readonly T[],
  labelOf: (value: T) => Node | string,
  onChange: (chosen: T[]) => void,
): Chips<T> {
  let chosen: readonly T[] = [];
  const chips = values.map((value) => {
    const count = make('span');
    const chip = make('button', {type: 'button'}, labelOf(value), count);
    chip.addEventListener('click', () => {
      onChange(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
    });
    return {value, chip, count};
  });
  container.append(...chips.map(({chip}) => chip));

  return {
    show(now, {all, passing}) {
      chosen = now;
      chips.forEach(({value, chip, count}, i) => {
        chip.ariaPressed = `${now.includes(value)}`;
        chip.classList.toggle('none', passing[i] === 0);
        count.textContent = activitiesText(passing[i]);
        // Chips keep their places while counts change.
        count.style.minWidth = `${activitiesText(all[i]).length}ch`;
      });
    },
  };
}

/** A number of activities, whole also where periods count in part. */
export function activitiesText(activities: number): string {
  return Math.round(activities).toLocaleString('en');
}
