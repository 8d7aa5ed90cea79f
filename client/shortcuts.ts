import {element} from './element.ts';
import {store, stored} from './stored.ts';

/** Key under which this browser keeps that single keys shall do nothing. */
const offKey = 'keys-off';

/** Buttons by the key that presses them. */
const buttons: Record<string, string> = {
  '+': 'zoom-in',
  '=': 'zoom-in',
  '-': 'zoom-out',
  h: 'zoom-home',
  l: 'locate',
  n: 'north',
  s: 'panel-toggle',
  '1': 'tab-style',
  '2': 'tab-activities',
  '3': 'tab-base',
  '4': 'tab-share',
};

/**
 * Lets single keys press the page's buttons wherever the focus is, but never while a person types, with a modifier, or
 * where they were switched off in the list of keys, which `?` opens.
 */
export function createShortcuts(): void {
  const help = element('keys', HTMLDialogElement);
  const isOn = element('keys-on', HTMLInputElement);
  isOn.checked = !stored(offKey);
  isOn.addEventListener('change', () => store(offKey, isOn.checked ? '' : '1'));
  const open = () => help.open || help.showModal();
  element('keys-open', HTMLButtonElement).addEventListener('click', open);
  document.addEventListener('keydown', (event) => {
    const {key, ctrlKey, metaKey, altKey, target, defaultPrevented} = event;
    if (ctrlKey || metaKey || altKey || defaultPrevented || !isOn.checked) return;
    if (document.querySelector('dialog[open]') || isTyping(target)) return;
    if (key === '?') open();
    else if (!press(key.toLowerCase())) return;
    event.preventDefault();
  });
  // With the focus on it the map zooms by its keys whatever is switched off, and by the page's steps: of its own, those that come
  // while one is under way are lost.
  const map = element('map', HTMLDivElement);
  const zoom = (event: KeyboardEvent) => {
    const {key, ctrlKey, metaKey, altKey} = event;
    if (ctrlKey || metaKey || altKey || !/^[-+=]$/.test(key)) return;
    press(key);
    event.preventDefault();
    event.stopPropagation();
  };
  map.addEventListener('keydown', zoom, {capture: true});
}

function press(key: string): boolean {
  const button = Object.hasOwn(buttons, key) ? element(buttons[key], HTMLButtonElement) : undefined;
  if (!button || button.hidden) return false;
  const toggle = element('panel-toggle', HTMLButtonElement);
  const isTab = button.role === 'tab';
  const opens = (isTab || button === toggle) && toggle.ariaExpanded !== 'true';
  if (isTab && opens) toggle.click();
  const wasInPanel = element('panel', HTMLFormElement).contains(document.activeElement);
  button.click();
  if (isTab) button.focus();
  else if (button === toggle && wasInPanel) toggle.focus();
  else if (opens) document.querySelector<HTMLElement>('#tabs [aria-selected="true"]')?.focus();
  return true;
}

/** Whether keys go into a text, a number or a list just now. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('textarea, select')) return true;
  return target instanceof HTMLInputElement && !['range', 'checkbox', 'radio', 'button'].includes(target.type);
}
