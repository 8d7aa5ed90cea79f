import {defaultStyle} from '../../../core/style.ts';
import {positionOf, type SliderScale, valueAt} from './slider-scale.ts';

/** Steps of a slider from end to end, by which arrow keys change the number, too. */
const sliderSteps = 100;

/** A slider on the page; `set` shows a number without calling `onMove`. */
export type Slider = {row: HTMLDivElement; key: SliderScale['key']; set(value: number): void};

/**
 * A slider for one number of a style, with the number itself beside its name, to be typed where it must be exact, and a
 * button back to the default, which a double click on the name or the slider does too.
 */
export function slider(scale: SliderScale, onMove: (value: number) => void): Slider {
  const {key, label: name, unit, min, max} = scale;
  const id = `slider-${key}`;
  const range = Object.assign(document.createElement('input'), {type: 'range', id, min: '0', max: `${sliderSteps}`});
  const label = Object.assign(document.createElement('label'), {htmlFor: id, textContent: name});
  const number = Object.assign(document.createElement('input'), {
    type: 'number',
    min: `${min}`,
    max: `${max}`,
    step: 'any',
    inputMode: 'decimal',
    ariaLabel: `${name}, ${min} to ${max}`,
  });
  const suffix = Object.assign(document.createElement('span'), {className: 'unit', textContent: unit.trim()});
  suffix.classList.toggle('close', unit !== '' && unit === unit.trim());
  const reset = Object.assign(document.createElement('button'), {
    type: 'button',
    className: 'back',
    textContent: '↺',
    ariaLabel: `${name} back to ${defaultStyle[key]}`,
    title: `Back to ${defaultStyle[key]}`,
  });
  const row = document.createElement('div');
  row.className = 'slider';
  row.append(label, reset, number, suffix, range);
  range.addEventListener('input', () => onMove(valueAt(scale, Number(range.value) / sliderSteps)));
  let shown = defaultStyle[key];
  number.addEventListener('change', () => {
    const typed = number.valueAsNumber;
    onMove(Number.isNaN(typed) ? shown : Math.max(min, Math.min(max, Number(typed.toFixed(4)))));
  });
  number.addEventListener('keydown', (event) => {
    const step = {ArrowUp: 1, ArrowDown: -1}[event.key];
    if (!step) return;
    event.preventDefault();
    const position = positionOf(scale, shown) + step / sliderSteps;
    onMove(valueAt(scale, Math.max(0, Math.min(1, position))));
  });
  const back = () => onMove(defaultStyle[key]);
  reset.addEventListener('click', () => {
    back();
    // The button goes away.
    range.focus();
  });
  for (const target of [label, range]) target.addEventListener('dblclick', back);
  return {
    row,
    key,
    set(value) {
      shown = value;
      // Left alone where it was the slider that gave the value: rounding would move it under the finger.
      if (valueAt(scale, Number(range.value) / sliderSteps) !== value) {
        range.value = `${Math.round(positionOf(scale, value) * sliderSteps)}`;
      }
      number.value = `${value}`;
      range.setAttribute('aria-valuetext', `${value}${unit}`);
      reset.classList.toggle('at-default', value === defaultStyle[key]);
    },
  };
}
