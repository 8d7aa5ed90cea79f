import {builtInStyles, type NamedStyle, type NamedStyles} from '../core/named-styles.ts';

/** A style that editors are offered: its name is that of `?style=`. */
export type OfferedStyle = NamedStyle & {name: string};

/** The built-in styles and then the person's own, in the order in which they are offered. */
export function offeredStyles(saved: NamedStyles): OfferedStyle[] {
  return Object.entries({...builtInStyles, ...saved}).map(([name, style]) => ({name, ...style}));
}

/** The query string that asks for a style by name; nothing for the default one. */
export function styleQuery({name, text}: OfferedStyle): string {
  return text === '' ? '' : `style=${encodeURIComponent(name)}`;
}
