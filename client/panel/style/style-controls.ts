import {formatRamp, rampNames, ramps} from '../../../core/ramps.ts';
import {type Curve, defaultStyle, formatStyle, type HeatStyle} from '../../../core/style.ts';
import {element} from '../../element.ts';
import type {PagePart} from '../../page-context.ts';
import {passFocus} from '../pass-focus.ts';
import {lookOf} from './look-of.ts';
import {rampChoice} from './ramp-choice.ts';
import {slider} from './slider.ts';
import {moreSliderScales, sliderScales} from './slider-scale.ts';

const curves: {curve: Curve; label: string; title: string}[] = [
  {curve: 'log', label: 'Log', title: 'The first few activities count most'},
  {curve: 'sqrt', label: 'Root', title: 'Between log and linear'},
  {curve: 'linear', label: 'Linear', title: 'In proportion to the number of activities'},
  {curve: 'rank', label: 'Rank', title: 'Every colour is used equally'},
];

/** Ramps, sliders and curve, and the way back to the default look, which keeps the filter. `change` changes keys of the style. */
export function createStyleControls(change: (part: Partial<HeatStyle>) => void): PagePart {
  let shown: HeatStyle | undefined;
  const names = rampNames.filter((name) => name !== 'scalar');
  const choices = names.map((name) => rampChoice(name, () => change({ramp: name})));
  let ownRamp = formatRamp(ramps.fire);
  const own = rampChoice('custom', () => change({ramp: ownRamp}), ownRamp);
  // Until there is one.
  own.label.hidden = true;
  element('ramps', HTMLFieldSetElement).append(...choices.map(({label}) => label), own.label);
  const sliders = [...sliderScales, ...moreSliderScales].map((scale) =>
    slider(scale, (value) => change({[scale.key]: value})),
  );
  element('sliders', HTMLDivElement).append(...sliders.slice(0, sliderScales.length).map(({row}) => row));
  element('more-sliders', HTMLDivElement).append(...sliders.slice(sliderScales.length).map(({row}) => row));
  const curveChoices = curves.map(({curve, label, title}) => curveChoice(label, title, () => change({curve})));
  element('curves', HTMLFieldSetElement).append(...curveChoices.map(({label}) => label));
  const reset = element('reset', HTMLButtonElement);
  reset.addEventListener('click', () => {
    change(lookOf(defaultStyle));
    passFocus(reset, choices.find(({input}) => input.checked)?.input ?? null);
  });

  return {
    show(style) {
      if (style.ramp !== shown?.ramp) {
        const isOwn = !Object.hasOwn(ramps, style.ramp);
        if (isOwn) {
          ownRamp = style.ramp;
          own.paint(ownRamp);
          own.label.hidden = false;
        }
        own.input.checked = isOwn;
        choices.forEach(({input}, i) => {
          input.checked = style.ramp === names[i];
        });
      }
      shown = style;
      for (const {key, set} of sliders) set(style[key]);
      curveChoices.forEach(({input}, i) => {
        input.checked = style.curve === curves[i].curve;
      });
      reset.disabled = formatStyle(style) === formatStyle({...style, ...lookOf(defaultStyle)});
    },
  };
}

function curveChoice(
  text: string,
  title: string,
  onPick: () => void,
): {label: HTMLLabelElement; input: HTMLInputElement} {
  const input = Object.assign(document.createElement('input'), {type: 'radio', name: 'curve'});
  input.addEventListener('change', onPick);
  const label = Object.assign(document.createElement('label'), {title});
  label.append(input, text);
  return {label, input};
}
