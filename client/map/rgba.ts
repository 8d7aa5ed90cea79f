/** A colour `#rrggbb` or `#rrggbbaa` in bytes. */
export function rgba(hex: string): [r: number, g: number, b: number, a: number] {
  const value = Number.parseInt(hex.slice(1).padEnd(8, 'f'), 16);
  return [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}
