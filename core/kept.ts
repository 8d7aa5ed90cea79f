/**
 * The value of a key, made where it is missing. Of all values the `most` that were used last are kept: a map has its keys in the order
 * in which they were set.
 */
export function kept<T>(values: Map<string, T>, key: string, most: number, make: () => T): T {
  const value = values.get(key) ?? make();
  values.delete(key);
  values.set(key, value);
  for (const oldest of values.keys()) {
    if (values.size <= most) break;
    values.delete(oldest);
  }
  return value;
}
