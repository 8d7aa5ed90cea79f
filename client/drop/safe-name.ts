/** Longest name that is shown whole, characters. */
const longest = 60;

/**
 * A file's name within a sentence: without control characters and marks that turn the direction of text, not longer than a
 * line, and isolated from the text around it (Unicode Standard Annex 9).
 */
export function safeName(name: string): string {
  const plain = [...name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')];
  const text = plain.length > longest ? [...plain.slice(0, longest - 13), '…', ...plain.slice(-12)] : plain;
  return `\u2068${text.join('')}\u2069`;
}
