import {element} from './element.ts';

/** What the page has to say, by topic: each topic's last sentence stands until it is taken back. */
export type Status = {set(topic: string, sentence: string): void};

/** The line at the top of the page. What stands there can be sent away, and comes back when it has been taken back and is said anew. */
export function createStatus(): Status {
  const line = element('status', HTMLParagraphElement);
  const sentences = new Map<string, string>();
  const sentAway = new Set<string>();
  const show = () => {
    line.textContent = [...sentences].flatMap(([topic, sentence]) => (sentAway.has(topic) ? [] : [sentence])).join(' ');
  };
  element('status-away', HTMLButtonElement).addEventListener('click', () => {
    for (const topic of sentences.keys()) sentAway.add(topic);
    show();
    element('panel-toggle', HTMLButtonElement).focus();
  });
  return {
    set(topic, sentence) {
      if ((sentences.get(topic) ?? '') === sentence) return;
      if (sentence) sentences.set(topic, sentence);
      else sentences.delete(topic);
      sentAway.delete(topic);
      show();
    },
  };
}
