/**
 * Replaces the children of an element. Where one of them had the focus, it stays with it, or with the one that has the same
 * `data-key` now, the first button, or `otherwise`: a keyboard must not be thrown back to the start of the page.
 */
export function replaceKeepingFocus(parent: HTMLElement, children: HTMLElement[], otherwise: HTMLElement): void {
  const focused = document.activeElement;
  const hadFocus = focused instanceof HTMLElement && parent.contains(focused);
  parent.replaceChildren(...children);
  if (!hadFocus) return;
  const {key} = focused.dataset;
  const same = [...parent.querySelectorAll<HTMLElement>('[data-key]')].find((each) => each.dataset.key === key);
  const next = focused.isConnected ? focused : (same ?? parent.querySelector('button') ?? otherwise);
  next.focus({preventScroll: true});
}
