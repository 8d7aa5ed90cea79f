import {rampNames} from '../../core/ramps.ts';
import {defaultStyle, type HeatStyle} from '../../core/style.ts';
import {rampChoice} from '../panel/style/ramp-choice.ts';
import {slider} from '../panel/style/slider.ts';
import {element} from './element.ts';
import {sliderScales} from './slider-scale.ts';

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
