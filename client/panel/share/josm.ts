import {josmRemote, josmTms} from '../../../core/editor-urls.ts';
import {formatStyle} from '../../../core/style.ts';
import type {PageContext, PagePart} from '../../page-context.ts';
import {copyField} from '../../raster/copy-field.ts';
import {element} from '../../raster/element.ts';
import {pageFolder} from '../../raster/page-folder.ts';

/** Lets a person copy the imagery URL for JOSM or hand it over at once. */
export function createJosmPart(context: PageContext): PagePart & {offer(): Promise<void>} {
  const getStyle = () => formatStyle(context.style);
  const field = element('josm-url', HTMLInputElement);
  const note = element('josm-note', HTMLParagraphElement);
  const open = element('josm-open', HTMLButtonElement);
  copyField(field, element('josm-copy', HTMLButtonElement));
  open.addEventListener('click', async () => {
    open.disabled = true;
    note.textContent = await openInJosm(josmRemote(pageFolder(), getStyle(), 'Trackheat'));
    open.disabled = false;
  });
  return {
    show() {
      field.value = josmTms(pageFolder(), getStyle());
      element('editors', HTMLAnchorElement).href = `editors${getStyle() && `?${getStyle()}`}`;
    },
    /** Shows the part where a server draws PNG tiles; plain storage cannot. */
    async offer() {
      const answer = await fetch('raster.json').catch(() => undefined);
      element('josm', HTMLElement).hidden = !answer?.ok;
    },
  };
}

/** Asks JOSM to add imagery; a sentence about what came of it. */
async function openInJosm(url: string): Promise<string> {
  try {
    // Whether JOSM took it cannot be read from another origin in all its versions, only that it answered.
    await fetch(url, {mode: 'no-cors'});
    return 'Sent to JOSM.';
  } catch {
    return 'JOSM did not answer. Start it, and switch on remote control in its preferences.';
  }
}
