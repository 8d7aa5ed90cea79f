/** Text as it may stand in an XML element or attribute. */
export function xmlText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Degrees as a plain decimal number, without exponent. */
export function degrees(value: number): string {
  return value.toFixed(7);
}
