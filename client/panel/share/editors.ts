import {idEditor, josmRemote, josmTms, tileTemplate} from '../../../core/editor-urls.ts';
import {formatStyle} from '../../../core/style.ts';
import {copyField} from '../../copy-field.ts';
import {element} from '../../element.ts';
import type {PageContext, PagePart} from '../../page-context.ts';
import {pageFolder} from '../../page-folder.ts';
import {serverDraws} from '../../tiles/archive-url.ts';
import {openInJosm} from './open-in-josm.ts';

/** Hands the PNG tiles in the style that is shown over to JOSM, iD and other programs. */
export function createEditors(context: PageContext): PagePart & {offer(): Promise<void>} {
  const getStyle = () => formatStyle(context.style);
  const tiles = element('tiles-url', HTMLInputElement);
  const josm = element('josm-url', HTMLInputElement);
  const note = element('josm-note', HTMLParagraphElement);
  const open = element('josm-open', HTMLButtonElement);
  const iD = element('id-open', HTMLAnchorElement);
  copyField(tiles, element('tiles-copy', HTMLButtonElement));
  copyField(josm, element('josm-copy', HTMLButtonElement));
  open.addEventListener('click', async () => {
    open.disabled = true;
    note.textContent = 'Asking JOSM, which may ask you in turn …';
    note.textContent = await openInJosm(josmRemote(pageFolder(), getStyle(), 'Trackheat'));
    open.disabled = false;
    open.focus();
  });

  function showPlace(): void {
    const {lng, lat, zoom} = context.map.view;
    // Zooms of 256 px tiles there.
    const place = {lng, lat, zoom: Math.max(1, Math.round(zoom + 1))};
    iD.href = idEditor(pageFolder(), getStyle(), place);
  }

  return {
    show() {
      tiles.value = tileTemplate(pageFolder(), getStyle()).replace('{zoom}', '{z}');
      josm.value = josmTms(pageFolder(), getStyle());
      element('editors', HTMLAnchorElement).href = `editors${getStyle() && `?${getStyle()}`}`;
      showPlace();
    },
    moved: showPlace,
    /** Shows the part where a server draws PNG tiles. */
    async offer() {
      const {url} = context.archive;
      element('josm', HTMLElement).hidden = !(await serverDraws(url, new URL(location.href)));
    },
  };
}
