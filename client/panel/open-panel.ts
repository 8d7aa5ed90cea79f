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
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    open(false);
    toggle.focus();
  });
}
