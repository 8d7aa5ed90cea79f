import {element} from '../element.ts';
import {store, stored} from '../stored.ts';

const storageKey = 'hosts';

/** Whether a person has agreed, in this browser, that this page calls a host. */
export function isTrusted(host: string): boolean {
  return trustedHosts().includes(host);
}

/** Remembers that a person agreed. */
export function trust(host: string): void {
  if (!isTrusted(host)) store(storageKey, [...trustedHosts(), host].join(' '));
}

/** Asks whether the page may call a host, unless a person has agreed before: opening a link must not call a stranger. */
export async function confirmHost(host: string, question: string): Promise<boolean> {
  if (isTrusted(host)) return true;
  const dialog = element('confirm', HTMLDialogElement);
  element('confirm-text', HTMLParagraphElement).textContent = question;
  dialog.returnValue = 'no';
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener('close', resolve, {once: true}));
  if (dialog.returnValue !== 'yes') return false;
  trust(host);
  return true;
}

function trustedHosts(): string[] {
  return stored(storageKey).split(' ').filter(Boolean);
}
