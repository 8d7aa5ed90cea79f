import {element} from './raster/element.ts';

/** What the page has to say, by topic: each topic's last sentence stands until it is taken back. */
export type Status = {set(topic: string, sentence: string): void};

/** The line at the top of the page, which can be sent away: what is said again then comes back. */
export function createStatus(): Status {
  const line = element('status', HTMLParagraphElement);
  const sentences = new Map<string, string>();
  element('status-away', HTMLButtonElement).addEventListener('click', () => {
    sentences.clear();
    line.textContent = '';
    element('panel-toggle', HTMLButtonElement).focus();
  });
  return {
    set(topic, sentence) {
      if ((sentences.get(topic) ?? '') === sentence) return;
      if (sentence) sentences.set(topic, sentence);
      else sentences.delete(topic);
      line.textContent = [...sentences.values()].join(' ');
    },
  };
}
