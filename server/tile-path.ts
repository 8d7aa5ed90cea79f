/** A tile asked for in a URL. `y` counts from the north. */
export type TilePath = {z: number; x: number; y: number};

/** Deepest zoom that tiles are drawn at. */
export const maxTileZoom = 22;

/** The tile of three URL parts, or a sentence about what is wrong with them. */
export function parseTilePath(z: string, x: string, y: string): TilePath | string {
  const numbers = [z, x, y].map((part) => (/^\d{1,8}$/.test(part) ? Number(part) : Number.NaN));
  const bad = [z, x, y].find((_, i) => Number.isNaN(numbers[i]));
  if (bad !== undefined) return `'${bad}' is no tile coordinate, expected /{z}/{x}/{y} in whole numbers`;
  const [zoom, column, row] = numbers;
  if (zoom > maxTileZoom) return `zoom ${zoom}, expected 0 to ${maxTileZoom}`;
  const side = 2 ** zoom;
  if (column >= side || row >= side)
    return `tile ${column}/${row} does not exist at zoom ${zoom}, expected 0 to ${side - 1}`;
  return {z: zoom, x: column, y: row};
}
