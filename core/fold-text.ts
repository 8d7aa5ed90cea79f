/**
 * A text as it is searched: without case and accents, so that `über` finds `UBER` and `strasse` finds `Straße`. Upper case
 * is the form in which different spellings of one letter meet (ß and ss, both small sigmas).
 */
export function foldText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
}
