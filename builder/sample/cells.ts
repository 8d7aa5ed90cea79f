/** Ids by square cell of the plane, to find what is near a place. */
export type Cells = {size: number; ids: Map<number, number[]>};

/** Cells of `size` metres, still empty. */
export function emptyCells(size: number): Cells {
  return {size, ids: new Map()};
}

/** Notes that `id` is at a place. */
export function put(cells: Cells, x: number, y: number, id: number): void {
  const key = cellKey(Math.floor(x / cells.size), Math.floor(y / cells.size));
  const ids = cells.ids.get(key);
  if (ids) ids.push(id);
  else cells.ids.set(key, [id]);
}

/** The ids in all cells that a square of `reach` metres to each side touches, in a fixed order. */
export function near(cells: Cells, x: number, y: number, reach: number): number[] {
  const found: number[] = [];
  const right = Math.floor((x + reach) / cells.size);
  const top = Math.floor((y + reach) / cells.size);
  for (let row = Math.floor((y - reach) / cells.size); row <= top; row++) {
    for (let column = Math.floor((x - reach) / cells.size); column <= right; column++) {
      const ids = cells.ids.get(cellKey(column, row));
      if (ids) for (const id of ids) found.push(id);
    }
  }
  return found;
}

function cellKey(column: number, row: number): number {
  return (column + 32768) * 65536 + (row + 32768);
}
