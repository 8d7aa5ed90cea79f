import {rampNames, rampTable} from '../../core/ramps.ts';
import {defaultStyle, type HeatStyle} from '../../core/style.ts';
import {element} from './element.ts';
import {positionOf, type SliderScale, sliderScales, valueAt} from './slider-scale.ts';

/** Steps of a slider from end to end. */
const sliderSteps = 100;

/** Fills the style panel and keeps it in step with `style`, which it changes; calls `onChange` after each change. */
export function createStylePanel(style: HeatStyle, onChange: () => void): void {
  const ramps = element('ramps', HTMLFieldSetElement);
  const names = rampNames.filter((name) => name !== 'scalar');
  const choices = names.map((name) => rampChoice(name, () => change({ramp: name})));
  ramps.append(...choices.map(({label}) => label));
  const sliders = sliderScales.map((scale) => slider(scale, (value) => change({[scale.key]: value})));
  element('sliders', HTMLDivElement).append(...sliders.map(({row}) => row));
  const reset = element('reset', HTMLButtonElement);
  const {ramp, width, blur, glow, exposure} = defaultStyle;
  reset.addEventListener('click', () => change({ramp, width, blur, glow, exposure}));

  function change(part: Partial<HeatStyle>): void {
    Object.assign(style, part);
    show();
    onChange();
  }

  function show(): void {
    choices.forEach(({input}, i) => {
      input.checked = style.ramp === names[i];
    });
    for (const {set, key} of sliders) set(style[key]);
    const isDefault = style.ramp === ramp && sliderScales.every(({key}) => style[key] === defaultStyle[key]);
    reset.disabled = isDefault;
  }

  show();
}

function rampChoice(name: string, onPick: () => void): {label: HTMLLabelElement; input: HTMLInputElement} {
  const input = Object.assign(document.createElement('input'), {type: 'radio', name: 'ramp', value: name});
  input.addEventListener('change', onPick);
  const swatch = document.createElement('span');
  swatch.className = 'swatch';
  swatch.style.backgroundImage = `linear-gradient(to right, ${gradient(name)})`;
  const label = document.createElement('label');
  label.append(input, swatch, name);
  return {label, input};
}

/** A ramp as the stops of a CSS gradient. */
function gradient(ramp: string): string {
  const table = rampTable(ramp);
  const stops = Array.from({length: 18}, (_, i) => {
    const [r, g, b, a] = table.subarray(i * 60, i * 60 + 4);
    return `rgb(${r} ${g} ${b} / ${(a / 255).toFixed(2)})`;
  });
  return stops.join(', ');
}

function slider(
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
