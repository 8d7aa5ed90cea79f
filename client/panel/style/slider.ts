import {positionOf, type SliderScale, valueAt} from '../../raster/slider-scale.ts';

/** Steps of a slider from end to end. */
const sliderSteps = 100;

/** A labelled slider for one number of a style; `set` shows a number without calling `onMove`. */
export function slider(
  scale: SliderScale,
  onMove: (value: number) => void,
): {row: HTMLDivElement; key: SliderScale['key']; set(value: number): void} {
  const id = `slider-${scale.key}`;
  const input = Object.assign(document.createElement('input'), {type: 'range', id, min: '0', max: `${sliderSteps}`});
  const label = Object.assign(document.createElement('label'), {htmlFor: id, textContent: scale.label});
  const output = Object.assign(document.createElement('output'), {htmlFor: id});
  const row = document.createElement('div');
  row.className = 'slider';
  row.append(label, output, input);
  input.addEventListener('input', () => onMove(valueAt(scale, Number(input.value) / sliderSteps)));
  return {
    row,
    key: scale.key,
    set(value) {
      const text = `${value}${scale.unit}`;
      // Left alone where it was the slider that gave the value: rounding would move it under the finger.
      if (valueAt(scale, Number(input.value) / sliderSteps) !== value) {
        input.value = `${Math.round(positionOf(scale, value) * sliderSteps)}`;
      }
      output.textContent = text;
      input.setAttribute('aria-valuetext', text);
    },
  };
}
