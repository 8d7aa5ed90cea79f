import {styleRanges} from '../../../core/style.ts';
import {element} from '../../element.ts';
import type {PageContext, PagePart} from '../../page-context.ts';
import {automaticTop, fitScale, type ScaleFacts} from './fit-scale.ts';

/** Pixels that are looked at to fit the scale: all of most screens. */
const places = 2_000_000;

/** The heat that has the hottest colour: automatic, as it is now, as the view has it, or typed. */
export function createScaleControls(context: PageContext): PagePart {
  const {archive, effect, map, status, change} = context;
  const top = element('top', HTMLInputElement);
  const {min, max} = styleRanges.top;
  Object.assign(top, {min, max});
  const auto = element('scale-auto', HTMLButtonElement);
  const freeze = element('scale-freeze', HTMLButtonElement);
  const facts = (): ScaleFacts => ({
    quantiles: archive.metadata.quantiles,
    zoom: map.view.zoom,
    share: context.filtered.share,
  });
  const showAutomatic = () => {
    const {style} = context;
    top.placeholder = style.curve === 'rank' ? '' : String(Number(automaticTop(style, facts()).toPrecision(3)));
  };
  const show = () => {
    const {style} = context;
    const isAuto = style.top === 'auto';
    // Every colour is used equally there, whatever the hottest is.
    const isRank = style.curve === 'rank';
    showAutomatic();
    top.value = isAuto || isRank ? '' : String(style.top);
    top.title = isRank ? 'The curve Rank has none: it uses every colour equally' : '';
    auto.setAttribute('aria-pressed', `${isAuto && !isRank}`);
    top.disabled = isRank;
    auto.disabled = isRank;
    freeze.disabled = !isAuto || isRank;
  };

  top.addEventListener('change', () => {
    const typed = top.valueAsNumber;
    if (!Number.isNaN(typed)) change({top: Math.max(min, Math.min(max, Number(typed.toFixed(4))))});
    else change({top: top.validity.badInput ? context.style.top : 'auto'});
  });
  auto.addEventListener('click', () => change({top: 'auto'}));
  freeze.addEventListener('click', () => {
    change({top: automaticTop(context.style, facts())});
    auto.focus();
  });
  element('scale-view', HTMLButtonElement).addEventListener('click', () => {
    const heats = effect.sampleHeat(places);
    const fitted = heats && fitScale(heats, context.style, facts());
    const fault = heats ? 'Nothing is lit in this view.' : 'The heat of this view cannot be read.';
    status.set('scale', fitted ? '' : fault);
    if (fitted) change(fitted);
  });
  return {
    show(style) {
      if (style.top !== 'auto') status.set('scale', '');
      show();
    },
    // What is being typed stays.
    moved: showAutomatic,
  };
}
