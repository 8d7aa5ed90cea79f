import {toneScale} from '../../../core/tone.ts';
import type {PageContext, PagePart} from '../../page-context.ts';
import {element} from '../../raster/element.ts';
import {legendTicks} from './legend-ticks.ts';
import {gradient} from './ramp-choice.ts';

/** The ramp with the numbers of activities that its colours stand for in the view. */
export function createLegend(context: PageContext): PagePart {
  const legend = element('legend', HTMLDivElement);
  const swatch = document.createElement('div');
  swatch.className = 'swatch';

  function update(): void {
    const {style, filtered, archive, map} = context;
    const scale = toneScale(style, archive.metadata.quantiles, map.view.zoom, filtered.share);
    const ticks = legendTicks(scale);
    swatch.style.backgroundImage = `linear-gradient(to right, ${gradient(style.ramp)})`;
    const numbers = ticks.map(({heat, at}) => {
      const number = document.createElement('span');
      number.textContent = heat.toLocaleString('en');
      number.style.left = `${(at * 100).toFixed(1)}%`;
      return number;
    });
    legend.replaceChildren(swatch, ...numbers);
    legend.setAttribute('aria-label', `Colours for ${ticks.map(({heat}) => heat).join(', ')} activities`);
    legend.hidden = false;
  }

  return {show: update, moved: update};
}
