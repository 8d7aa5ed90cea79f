import {groundMeters} from '../../../core/mercator.ts';
import {toneScale} from '../../../core/tone.ts';
import {element} from '../../element.ts';
import {drawHeatPicture, pictureFault} from '../../heat/heat-picture.ts';
import {attributionParts, distinctAttributions} from '../../map/attribution.ts';
import {scaleBar} from '../../map/scale-bar.ts';
import {worldPixels} from '../../map/view.ts';
import type {PageContext, PagePart} from '../../page-context.ts';
import {legendTicks} from '../style/legend-ticks.ts';
import {type Caption, captionHeight} from './draw-caption.ts';
import {drawPicture} from './draw-picture.ts';
import {filterTexts} from './filter-texts.ts';
import {pictureName} from './picture-name.ts';

/** Pixels per CSS pixel that a picture can have. */
const ratios = [1, 2, 4];

/** Longest scale bar of a caption, CSS pixels. */
const scalePixels = 110;

/** Time after which the browser has surely taken a file, ms. */
const handoverMilliseconds = 60_000;

/** Saves what the map shows as a PNG: the page's own heat, drawn again at the size that is asked for. */
export function createSavePicture(context: PageContext): PagePart {
  const {effect, map, archive} = context;
  const save = element('picture-save', HTMLButtonElement);
  const note = element('picture-note', HTMLParagraphElement);
  const withBase = element('picture-base', HTMLInputElement);
  const withCaption = element('picture-caption', HTMLInputElement);
  const title = element('picture-title', HTMLInputElement);
  const choices = ratios.map((ratio) => ratioChoice(ratio));
  element('picture-sizes', HTMLFieldSetElement).append(...choices.map(({label}) => label));
  choices[0].input.checked = true;

  save.addEventListener('click', async () => {
    save.disabled = true;
    note.textContent = 'Drawing …';
    note.textContent = await draw(ratios[choices.findIndex(({input}) => input.checked)]).catch(sentenceOf);
    save.disabled = false;
    save.focus();
  });
  withCaption.addEventListener('change', () => {
    title.disabled = !withCaption.checked;
    showSizes();
  });
  addEventListener('resize', showSizes);

  /** Draws and hands over a picture; what came of it, as a sentence. */
  async function draw(ratio: number): Promise<string> {
    const frame = effect.shown;
    if (!frame) return 'There is no heat on the map yet.';
    const limit = pictureFault(frame, effect.settings, ratio);
    if (limit) return `The picture at ${ratio}× ${limit} Take a smaller one, or make the window smaller.`;
    const view = map.view;
    const caption = withCaption.checked ? captionOf() : undefined;
    const attribution = caption ? '' : sourcesOfBase().join(' · ');
    const under = withBase.checked ? {colour: map.ground, dim: map.dim} : undefined;
    // Both begin now: the map may be moved while they are drawn.
    const [heat, base] = await Promise.all([
      drawHeatPicture(context.sources, frame, effect.settings, ratio),
      under && map.drawBase(ratio),
    ]);
    const canvas = drawPicture({heat, ratio, ground: under && {...under, base}, caption, attribution});
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) return 'This browser could not make a PNG of that size.';
    const name = pictureName(view, ratio, new Date());
    handOver(blob, name);
    return `Saved ${name}, ${canvas.width} × ${canvas.height} pixels.`;
  }

  function captionOf(): Caption {
    const {style, filtered} = context;
    const {quantiles, counts} = archive.metadata;
    const {lat, zoom} = map.view;
    const ticks = legendTicks(toneScale(style, quantiles, zoom, filtered.share));
    const passing = Math.round(filtered.passing);
    const shown = passing.toLocaleString('en');
    const of = passing === counts.activities ? '' : ` of ${counts.activities.toLocaleString('en')}`;
    const about = [`${shown}${of} activities`, ...filterTexts(style), new Date().toLocaleDateString('en-CA')];
    return {
      title: title.value.trim() || title.placeholder,
      about: about.join(' · '),
      attribution: [...sourcesOfBase(), 'Made with Trackheat'].join(' · '),
      scale: scaleBar(groundMeters(lat) / worldPixels(zoom), scalePixels),
      ramp: style.ramp,
      ticks,
      colours: {ground: colour('--sheet'), text: colour('--text'), quiet: colour('--quiet')},
    };
  }

  /** Whose the base map is, where the picture has one. */
  function sourcesOfBase(): string[] {
    const htmls = withBase.checked ? map.attribution : [];
    return distinctAttributions(htmls).map((html) =>
      attributionParts(html)
        .map(({text}) => text)
        .join(''),
    );
  }

  /** Shows how many pixels each size has. */
  function showSizes(): void {
    const {clientWidth, clientHeight} = element('map', HTMLDivElement);
    const below = withCaption.checked ? captionHeight : 0;
    choices.forEach(({size}, i) => {
      size.textContent = `${clientWidth * ratios[i]}×${(clientHeight + below) * ratios[i]}`;
    });
  }

  return {show: showSizes};
}

function ratioChoice(ratio: number): {label: HTMLLabelElement; input: HTMLInputElement; size: HTMLElement} {
  const input = Object.assign(document.createElement('input'), {type: 'radio', name: 'picture-size'});
  const size = document.createElement('small');
  const label = document.createElement('label');
  label.append(input, `${ratio}×`, size);
  return {label, input, size};
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Gives a file to the browser's downloads. */
function handOver(blob: Blob, name: string): void {
  const href = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), {href, download: name});
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), handoverMilliseconds);
}

function sentenceOf(error: unknown): string {
  return `The picture could not be drawn: ${error instanceof Error ? error.message : String(error)}`;
}
