/** A number from 0 to 1 for a lattice point, equal on every machine. */
function hash(column: number, row: number, seed: number): number {
  let bits = Math.imul(column, 0x27d4eb2d) ^ Math.imul(row, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  bits = Math.imul(bits ^ (bits >>> 15), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return ((bits ^ (bits >>> 16)) >>> 0) / 4294967296;
}

/** Smooth value noise from -1 to 1 over the plane, with features about one unit wide. */
export function noise(x: number, y: number, seed: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const across = fade(x - column);
  const up = fade(y - row);
  const low = hash(column, row, seed) * (1 - across) + hash(column + 1, row, seed) * across;
  const high = hash(column, row + 1, seed) * (1 - across) + hash(column + 1, row + 1, seed) * across;
  return (low * (1 - up) + high * up) * 2 - 1;
}

function fade(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10);
}
