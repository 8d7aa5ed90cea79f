import type {ToneScale} from '../../core/tone.ts';
import {element} from '../raster/element.ts';
import {legendTicks} from './legend-ticks.ts';
import {gradient} from './ramp-choice.ts';

/** Shows a ramp with the numbers of activities that its colours stand for. */
export function showLegend(ramp: string, scale: ToneScale): void {
  const legend = element('legend', HTMLDivElement);
  legend.hidden = false;
  const ticks = legendTicks(scale);
  const swatch = document.createElement('div');
  swatch.className = 'swatch';
  swatch.style.backgroundImage = `linear-gradient(to right, ${gradient(ramp)})`;
  const numbers = ticks.map(({heat, at}) => {
    const number = document.createElement('span');
    number.textContent = heat.toLocaleString('en');
    number.style.left = `${(at * 100).toFixed(1)}%`;
    return number;
  });
  legend.replaceChildren(swatch, ...numbers);
  legend.setAttribute('aria-label', `Colours for ${ticks.map(({heat}) => heat).join(', ')} activities`);
}
