import {filterOf} from '../../../core/filter.ts';
import {builtInStyles} from '../../../core/named-styles.ts';
import {defaultStyle, formatStyle, type HeatStyle, parseStyle} from '../../../core/style.ts';
import {element} from '../../element.ts';
import type {PageContext, PagePart} from '../../page-context.ts';
import {passFocus} from '../pass-focus.ts';
import {lookOf} from './look-of.ts';
import {keepLook, readLooks, type SavedLooks, stylesJson} from './saved-looks.ts';

/** Styles by name: built-in ones and the person's own, to apply, save, delete and take to a server. */
export function createNamedLooks(context: PageContext): PagePart {
  const list = element('named', HTMLSelectElement);
  const saved = element('saved-looks', HTMLOptGroupElement);
  const toggle = element('looks-toggle', HTMLButtonElement);
  const editor = element('looks', HTMLDivElement);
  const name = element('look-name', HTMLInputElement);
  const remove = element('look-delete', HTMLButtonElement);
  const copy = element('looks-copy', HTMLButtonElement);
  const json = element('looks-json', HTMLTextAreaElement);
  const note = element('look-note', HTMLParagraphElement);
  let looks: SavedLooks = {};
  let shown = '';

  element('built-in-looks', HTMLOptGroupElement).append(
    ...Object.entries(builtInStyles).map(([name, {title, about}]) =>
      Object.assign(document.createElement('option'), {value: `built-in ${name}`, textContent: title, title: about}),
    ),
  );

  function load(): void {
    const read = readLooks();
    looks = read.looks;
    note.textContent = read.fault;
    saved.replaceChildren(
      ...Object.keys(looks).map((name) =>
        Object.assign(document.createElement('option'), {value: `saved ${name}`, textContent: name}),
      ),
    );
    saved.hidden = Object.keys(looks).length === 0;
    copy.disabled = saved.hidden;
    json.value = stylesJson(looks);
    json.hidden = true;
    choose();
  }

  /** Shows which style the one on the map is, if any: the last one chosen where there are several. */
  function choose(): void {
    const matching = [...list.options].filter(({value}) => value && textOf(value) === shown).map(({value}) => value);
    if (!matching.includes(list.value)) list.value = matching.at(-1) ?? '';
    remove.disabled = !list.value.startsWith('saved ');
  }

  function textOf(value: string): string {
    const [, kind, name] = /^(built-in|saved) (.*)$/.exec(value) ?? [];
    if (kind === 'saved') return looks[name];
    return builtInStyles[name as keyof typeof builtInStyles].text;
  }

  /** Saves or deletes; whether that was done. */
  function keep(name: string, text: string | undefined, done: string): boolean {
    const fault = keepLook(name, text);
    load();
    note.textContent = fault || done;
    return !fault;
  }

  list.addEventListener('change', () => {
    if (list.value) context.change(lookOf(parseStyle(textOf(list.value)).style));
  });
  toggle.addEventListener('click', () => {
    editor.hidden = !editor.hidden;
    toggle.setAttribute('aria-expanded', `${!editor.hidden}`);
    if (!editor.hidden) name.focus();
  });
  const save = () => {
    const wanted = name.value.trim().replace(/\s+/g, '-');
    if (!wanted) {
      note.textContent = 'A style needs a name.';
      name.focus();
      return;
    }
    const done = Object.hasOwn(looks, wanted) ? `'${wanted}' was replaced.` : `'${wanted}' was saved.`;
    if (!keep(wanted, shown, done)) return name.focus();
    name.value = '';
    list.value = [...list.options].some(({value}) => value === `saved ${wanted}`) ? `saved ${wanted}` : list.value;
    choose();
  };
  element('look-save', HTMLButtonElement).addEventListener('click', save);
  name.addEventListener('keydown', (event) => event.key === 'Enter' && save());
  remove.addEventListener('click', () => {
    const name = list.value.replace('saved ', '');
    keep(name, undefined, `'${name}' was deleted.`);
    passFocus(remove, list);
  });
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(json.value);
      note.textContent = 'Copied. A server takes it as styles.json in its data folder.';
    } catch {
      // Not there on plain http from another machine.
      json.hidden = false;
      json.select();
      note.textContent = 'Selected: press Ctrl+C.';
    }
  });
  // Another tab of the page.
  window.addEventListener('storage', load);
  load();

  return {
    show(style) {
      shown = lookText(style);
      choose();
    },
  };
}

/** The text form of a style without its filter: a look goes with any activities. */
function lookText(style: HeatStyle): string {
  return formatStyle({...style, ...filterOf(defaultStyle)});
}
