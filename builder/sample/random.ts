/** The next number of a stream: at least 0, below 1. */
export type Random = () => number;

/** A stream of equal numbers on every machine for one seed (mulberry32 by Tommy Ettinger, public domain). */
export function random(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * A number of mean 0 and standard deviation 1, from six uniform ones: the usual formula needs a logarithm and a cosine, whose last
 * digits differ between machines.
 */
export function normal(next: Random): number {
  return (next() + next() + next() + next() + next() + next() - 3) * Math.SQRT2;
}
