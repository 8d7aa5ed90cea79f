/**
 * A column of a track between two places along it, which are a point's index and the share of the way to the next: 3.5 is halfway
 * from point 3 to point 4. Has the values at both places, one where they are the same, and those of all points between.
 */
export function valuesBetween(values: Float64Array, from: number, to: number): Float64Array {
  const inner = values.subarray(Math.floor(from) + 1, Math.ceil(to));
  const between = new Float64Array(inner.length + (to > from ? 2 : 1));
  between[0] = valueAt(values, from);
  between.set(inner, 1);
  if (to > from) between[between.length - 1] = valueAt(values, to);
  return between;
}

function valueAt(values: Float64Array, place: number): number {
  const i = Math.floor(place);
  const share = place - i;
  return share === 0 ? values[i] : values[i] + (values[i + 1] - values[i]) * share;
}
