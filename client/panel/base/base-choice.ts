import {element} from '../../element.ts';
import {bases, customBase, hostOf, ownBase} from '../../map/bases.ts';
import {trust} from '../../map/confirm-host.ts';
import type {PageMap} from '../../map/page-map.ts';
import {store, stored} from '../../stored.ts';

/** Keys under which this browser keeps what was chosen, for pages that are opened without a link. */
const baseKey = 'base';
const dimKey = 'dim';

/** Base map and dimming that this browser was left with. */
export function rememberedBase(): {base: string; dim: number} {
  const dim = Number(stored(dimKey));
  return {base: stored(baseKey), dim: dim > 0 && dim <= 1 ? dim : 0};
}

/** Lets a person choose the base map and how dark it is; a URL of one's own stays in this browser. */
export function createBaseChoice(map: PageMap, onChange: () => void): {show(): void} {
  const list = element('bases', HTMLFieldSetElement);
  const custom = element('custom-base', HTMLDivElement);
  const url = element('custom-url', HTMLInputElement);
  const fault = element('custom-fault', HTMLParagraphElement);
  const dim = element('dim', HTMLInputElement);
  const dimValue = element('dim-value', HTMLOutputElement);
  const choices = [...bases, {id: customBase, label: 'Custom style or tiles…', about: ''}].map(({id, label, about}) =>
    choice(id, label, about, () => choose(id)),
  );
  list.append(...choices.map(({label}) => label));
  url.value = stored(customBase);

  function choose(id: string): void {
    custom.hidden = id !== customBase;
    const online = id === customBase ? own() : bases.find((base) => base.id === id)?.online;
    if (id === customBase && !online) return url.focus();
    // Whoever chooses a base map here agrees to its host; a link has to ask.
    if (online) trust(hostOf(online));
    store(baseKey, id);
    map.setBase(id);
  }

  /** The person's own base map, where the field has a good URL. */
  function own() {
    const base = url.value ? ownBase(url.value) : undefined;
    fault.textContent = typeof base === 'string' ? base : '';
    return typeof base === 'string' ? undefined : base;
  }

  url.addEventListener('change', () => {
    if (url.value && !own()) return;
    store(customBase, url.value);
    if (url.value) choose(customBase);
    else fault.textContent = '';
  });
  dim.addEventListener('input', () => {
    map.dim = Number(dim.value) / 100;
    store(dimKey, map.dim ? String(map.dim) : '');
    showDim();
    onChange();
  });

  function show(): void {
    for (const {input} of choices) input.checked = input.value === map.wanted;
    custom.hidden = map.wanted !== customBase;
    showDim();
  }

  function showDim(): void {
    dim.value = String(Math.round(map.dim * 100));
    dimValue.textContent = `${dim.value}\u202f%`;
    dim.setAttribute('aria-valuetext', dimValue.textContent);
  }

  return {show};
}

function choice(
  value: string,
  text: string,
  about: string,
  onPick: () => void,
): {label: HTMLLabelElement; input: HTMLInputElement} {
  const input = Object.assign(document.createElement('input'), {type: 'radio', name: 'base', value});
  input.addEventListener('change', onPick);
  const label = document.createElement('label');
  label.append(input, text);
  if (about) label.append(Object.assign(document.createElement('small'), {textContent: about}));
  return {label, input};
}
