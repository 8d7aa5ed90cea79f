/** Whole numbers ≥ 0 as varints, one after the other. */
export function encodeNumbers(numbers: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(numbers.length * 8);
  let at = 0;
  for (let i = 0; i < numbers.length; i++) {
    let rest = numbers[i];
    while (rest > 127) {
      bytes[at++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    bytes[at++] = rest;
  }
  return bytes.slice(0, at);
}

/** Reads what {@link encodeNumbers} wrote. */
export function decodeNumbers(bytes: Uint8Array): number[] {
  const numbers: number[] = [];
  let value = 0;
  let scale = 1;
  for (const byte of bytes) {
    value += (byte & 127) * scale;
    scale *= 128;
    if (byte > 127) continue;
    numbers.push(value);
    value = 0;
    scale = 1;
  }
  return numbers;
}

/** Rising whole numbers as their differences, for {@link encodeNumbers}. */
export function differences(rising: ArrayLike<number>): number[] {
  return Array.from(rising, (value, i) => value - (i === 0 ? 0 : rising[i - 1]));
}

/** Undoes {@link differences}. */
export function sums(differences: number[]): number[] {
  let sum = 0;
  return differences.map((difference) => {
    sum += difference;
    return sum;
  });
}
