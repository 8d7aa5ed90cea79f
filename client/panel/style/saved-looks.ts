import {savedStyles} from '../../../core/named-styles.ts';

/** Key under which this browser keeps styles, in the form of a styles.json. */
const storageKey = 'styles';

/** The person's own styles: text forms by name. */
export type SavedLooks = Record<string, string>;

/** The styles that this browser keeps, and a sentence where it does not let them be read. */
export function readLooks(): {looks: SavedLooks; fault: string} {
  try {
    const {styles} = savedStyles(JSON.parse(localStorage.getItem(storageKey) ?? '{}'));
    return {looks: Object.fromEntries(Object.entries(styles).map(([name, {text}]) => [name, text])), fault: ''};
  } catch (error) {
    // What is no JSON is not ours; it is replaced when a style is saved.
    if (error instanceof SyntaxError) return {looks: {}, fault: ''};
    return {looks: {}, fault: 'This browser lets pages keep nothing, so styles cannot be saved.'};
  }
}

/**
 * Changes the styles that this browser keeps now, which another tab may have changed: a text saves, undefined deletes.
 * Returns a sentence where that failed.
 */
export function keepLook(name: string, text: string | undefined): string {
  const {looks, fault} = readLooks();
  if (fault) return fault;
  if (text === undefined) delete looks[name];
  else {
    const wrong = savedStyles({[name]: text}).faults;
    if (wrong.length > 0) return `${wrong[0]}.`;
    looks[name] = text;
  }
  try {
    localStorage.setItem(storageKey, JSON.stringify(looks));
    return '';
  } catch {
    return `This browser has no room for another style: '${name}' was not saved.`;
  }
}

/** The styles as a styles.json, which a server beside library.db gives by name. */
export function stylesJson(looks: SavedLooks): string {
  return `${JSON.stringify(looks, null, 2)}\n`;
}
