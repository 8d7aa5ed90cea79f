/** Largest difference between two lists of lists of numbers of any depth; infinite where their shapes differ. */
export function farthest(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b);
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return Number.POSITIVE_INFINITY;
  return a.reduce((most: number, each, i) => Math.max(most, farthest(each, b[i])), 0);
}
