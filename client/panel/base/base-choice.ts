import {bases, customBase} from '../../map/bases.ts';
import {element} from '../../raster/element.ts';

/** Lets a person choose the base map; a URL of one's own stays in this browser. */
export function createBaseChoice(onChoose: (id: string) => void): {show(id: string): void} {
  const choice = element('base', HTMLSelectElement);
  const custom = element('custom-base', HTMLDivElement);
  const url = element('custom-url', HTMLInputElement);
  choice.append(...bases.map(({id, label}) => new Option(label, id)), new Option('Own style…', customBase));
  url.value = localStorage.getItem(customBase) ?? '';
  choice.addEventListener('change', () => {
    custom.hidden = choice.value !== customBase;
    if (choice.value !== customBase || url.value) onChoose(choice.value);
    else url.focus();
  });
  url.addEventListener('change', () => {
    if (!url.value || !url.reportValidity()) return;
    localStorage.setItem(customBase, url.value);
    onChoose(customBase);
  });
  return {
    show(id) {
      choice.value = id;
      custom.hidden = id !== customBase;
    },
  };
}
