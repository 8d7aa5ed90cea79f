import {element} from '../element.ts';

/** Lets the panel be opened and closed; on a wide page it is open. */
export function openPanel(): void {
  const toggle = element('panel-toggle', HTMLButtonElement);
  const panel = element('panel', HTMLFormElement);
  const open = (isOpen: boolean) => {
    panel.hidden = !isOpen;
    toggle.setAttribute('aria-expanded', `${isOpen}`);
  };
  open(matchMedia('(min-width: 720px)').matches);
  toggle.addEventListener('click', () => open(toggle.ariaExpanded !== 'true'));
  panel.addEventListener('submit', (event) => event.preventDefault());
  document.addEventListener('keydown', ({key}) => {
    if (key !== 'Escape' || panel.hidden || document.querySelector('dialog[open]')) return;
    const hasFocus = panel.contains(document.activeElement);
    open(false);
    if (hasFocus) toggle.focus();
  });
}
