import {copyField} from '../../copy-field.ts';
import {element} from '../../element.ts';
import {parsePageHash} from '../../map/page-hash.ts';
import type {PageContext, PagePart} from '../../page-context.ts';

/** The link to what is shown, to copy. */
export function createLink(context: PageContext): PagePart {
  const field = element('link-url', HTMLInputElement);
  const show = () => {
    field.value = context.link;
  };
  const copy = element('link-copy', HTMLButtonElement);
  copy.addEventListener('click', () => {
    // The map takes the link's own view, less than a pixel away: who opens it sees the identical picture.
    const {view} = parsePageHash(new URL(context.link).hash);
    if (view) context.map.show(view);
    // The address lies behind by some tenths of a second; what is copied must not.
    show();
  });
  copyField(field, copy);
  return {show};
}
