import {type ParsedStyle, parseStyle} from './style.ts';

/** A style that has a name: what a person is told about it, and its text form. */
export type NamedStyle = {title: string; about: string; text: string};

/** Named styles by their name, as in `?style=centre-line`. */
export type NamedStyles = Readonly<Record<string, NamedStyle>>;

/** The styles that everybody has. */
export const builtInStyles = {
  heat: {
    title: 'Heat',
    about: 'Fire with a little glow, the same as on the map.',
    text: '',
  },
  cool: {
    title: 'Cool',
    about: 'Blue, for red roads and for those who do not see red well.',
    text: 'ramp=cool',
  },
  'centre-line': {
    title: 'Centre line',
    about: 'Thin and without glow, every pass: for tracing. A single pass is visible on an aerial picture.',
    // Magenta is no colour of land; white marks where passes agree.
    text: 'ramp=0:ff00c800,0.04:ff00c8a0,0.12:ff14cc,0.6:ff7de6,1:ffffff&width=1&grow=0&glow=0&gamma=1.25&laps=1',
  },
  corridor: {
    title: 'Corridor',
    about: 'Wide and soft, every pass: how far tracks scatter around a way, and where they agree.',
    text: 'ramp=0:00b4ff00,0.1:00b4ff50,0.45:5ad2ffa0,0.8:ffffa0c8,1:fffff0e0&width=5&grow=0.25&glow=0&laps=1',
  },
  busiest: {
    title: 'Busiest',
    about: 'The busiest tenth of all that is drawn, and nothing else: to lie over another layer.',
    text: 'ramp=0:ff780000,0.895:ff780000,0.905:ff7800d8,0.97:ffb43cf0,1:fff0c8&width=1.6&glow=0&curve=rank',
  },
  scalar: {
    title: 'Scalar',
    about: 'White, opacity rises with heat and means the same in every tile: for programs that align ways.',
    text: 'ramp=scalar&glow=0&laps=1',
  },
} as const satisfies NamedStyles;

/** Names that saved styles may have: they become parts of URLs and file ids. */
const allowedName = /^[a-z0-9][a-z0-9_-]{0,39}$/i;

/**
 * The styles of a styles.json: an object of names to text forms (`{"winter": "ramp=cool&sport=ski"}`). What is no style or
 * would hide a built-in one is left out, with a sentence that says why.
 */
export function savedStyles(json: unknown): {styles: NamedStyles; faults: string[]} {
  const styles: Record<string, NamedStyle> = {};
  const faults: string[] = [];
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return {styles, faults: ['found no object, expected one of names and styles like {"winter": "ramp=cool"}']};
  }
  for (const [name, text] of Object.entries(json)) {
    if (!allowedName.test(name)) faults.push(`'${name}': expected a name of up to 40 letters a to z, digits, - and _`);
    else if (Object.hasOwn(builtInStyles, name.toLowerCase())) faults.push(`'${name}': the name of a built-in style`);
    else if (typeof text !== 'string') faults.push(`'${name}': expected the text of a style like "ramp=cool"`);
    else {
      const wrong = parseStyle(text).faults;
      if (wrong.length > 0) faults.push(`'${name}': ${wrong.join('; ')}`);
      else styles[name] = {title: name, about: 'Saved style.', text};
    }
  }
  return {styles, faults};
}

/**
 * The style that a query string asks for: `style` names one to begin with, all other keys change it
 * (`style=centre-line&sport=hike`). `saved` are the person's own, beside the built-in ones.
 */
export function parseStyleQuery(text: string | URLSearchParams, saved: NamedStyles = {}): ParsedStyle {
  const query = new URLSearchParams(text);
  const names = query.getAll('style');
  if (names.length === 0) return parseStyle(query);
  query.delete('style');
  const known: NamedStyles = {...builtInStyles, ...saved};
  const found = Object.hasOwn(known, names[0]) ? known[names[0]] : undefined;
  const merged = new URLSearchParams(found?.text);
  for (const key of query.keys()) merged.delete(key);
  for (const [key, value] of query) merged.append(key, value);
  const {style, faults} = parseStyle(merged);
  if (!found) faults.unshift(`style: '${names[0]}', expected one of ${Object.keys(known).join(', ')}`);
  if (names.length > 1) faults.unshift('style: given twice');
  return {style, faults};
}
