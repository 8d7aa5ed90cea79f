/** Calls `visit` for each run of set blocks in a row of blocks: columns `first` to `end`, not included. */
export function forEachRun(
  mask: Uint8Array,
  columns: number,
  fromRow: number,
  toRow: number,
  visit: (row: number, first: number, end: number) => void,
): void {
  for (let row = fromRow; row < toRow; row++) {
    const start = row * columns;
    const stop = start + columns;
    for (let at = start; at < stop; at++) {
      if (mask[at] === 0) continue;
      const first = at;
      while (at < stop && mask[at] === 1) at++;
      visit(row, first - start, at - start);
    }
  }
}
