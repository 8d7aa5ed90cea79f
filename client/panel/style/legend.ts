import {isFiltered} from '../../../core/filter.ts';
import {quantileFloor} from '../../../core/metadata.ts';
import {toneScale} from '../../../core/tone.ts';
import {element} from '../../element.ts';
import type {PageContext, PagePart} from '../../page-context.ts';
import {legendTicks, tickText} from './legend-ticks.ts';
import {gradient} from './ramp-choice.ts';
import {toneHistogram} from './tone-histogram.ts';

/** How long nothing must have been drawn before the heat in sight is looked at, ms. */
const idleMilliseconds = 250;

/** Places at which it is looked at; a quick look first, and a close one where that finds nothing. */
const places = {quick: 25_000, close: 1_000_000};

const bins = 44;

/** What is said where a filter shows activities that are all out of sight. */
const elsewhereText = 'What the filter shows lies elsewhere: the frame button, or H, goes there.';

/**
 * The ramp with the numbers of activities that its colours stand for in the view, and behind it how often each colour
 * occurs there. Away where nothing is lit.
 */
export function createLegend(context: PageContext): PagePart {
  const {effect, archive, map, status} = context;
  const legend = element('legend', HTMLDivElement);
  const swatch = box('swatch');
  const histogram = box('histogram');
  const numbers = box('numbers');
  const unit = box('unit');
  unit.textContent = 'activities';
  legend.append(histogram, swatch, numbers, unit);
  let ramp = '';
  let idle = 0;
  legend.hidden = false;

  function scale() {
    const {style, filtered} = context;
    return toneScale(style, archive.metadata.quantiles, map.view.zoom, filtered.share);
  }

  function update(): void {
    if (ramp !== context.style.ramp) {
      ramp = context.style.ramp;
      swatch.style.backgroundImage = `linear-gradient(to right, ${gradient(ramp)})`;
      histogram.style.backgroundImage = `linear-gradient(to right, ${gradient(ramp, true)})`;
    }
    const ticks = legendTicks(scale());
    numbers.replaceChildren(
      ...ticks.map(({heat, at}) => {
        const number = document.createElement('span');
        number.textContent = tickText(heat);
        if (at === 1) number.className = 'full';
        number.style.left = `${(at * 100).toFixed(1)}%`;
        return number;
      }),
    );
    legend.setAttribute('aria-label', `Colours for ${ticks.map(({heat}) => heat).join(', ')} activities`);
  }

  function look(): void {
    const shares = seen(places.quick) ?? seen(places.close);
    legend.hidden = shares === undefined;
    const {style, filtered} = context;
    const isLoading = element('map', HTMLDivElement).ariaBusy === 'true';
    const isThere = () => effect.sampleHeat(places.close)?.some((heat) => heat >= quantileFloor) ?? true;
    const isElsewhere = !shares && !isLoading && isFiltered(style) && filtered.passing > 0 && !isThere();
    status.set('elsewhere', isElsewhere ? elsewhereText : '');
    if (!shares) return;
    const tops = Array.from(shares, (share, i) => {
      // The root, so that few but hot pixels show beside the many of single passes.
      const y = `${(100 - 100 * Math.sqrt(share)).toFixed(1)}%`;
      return `${((i / bins) * 100).toFixed(2)}% ${y}, ${(((i + 1) / bins) * 100).toFixed(2)}% ${y}`;
    });
    histogram.style.clipPath = `polygon(0% 100%, ${tops.join(', ')}, 100% 100%)`;
  }

  function seen(count: number): Float64Array | undefined {
    const heats = effect.sampleHeat(count);
    // Where heat cannot be read the ramp is shown alone.
    return heats ? toneHistogram(heats, scale(), bins) : new Float64Array(bins);
  }

  async function lookWhenDrawn(): Promise<void> {
    const asked = idle;
    await effect.drawn();
    // Unless another frame has come meanwhile.
    if (asked === idle) look();
  }

  effect.onDrawn = () => {
    clearTimeout(idle);
    idle = window.setTimeout(lookWhenDrawn, idleMilliseconds);
  };
  return {show: update, moved: update};
}

function box(className: string): HTMLDivElement {
  return Object.assign(document.createElement('div'), {className});
}
