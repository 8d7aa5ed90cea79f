/** Passes the focus on from a control that was just used and is disabled or hidden now: it would fall to the page. */
export function passFocus(from: HTMLElement & {disabled?: boolean}, to: HTMLElement | null): void {
  const isGone = from.disabled || from.hidden;
  if (isGone && (document.activeElement === from || document.activeElement === document.body)) to?.focus();
}
