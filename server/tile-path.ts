import {maxTileZoom} from '../core/editor-urls.ts';

/** A tile asked for in a URL. `y` counts from the north. */
export type TilePath = {z: number; x: number; y: number};

/** Why a request is not answered: HTTP status, a code for programs and a sentence for people. */
export type Refusal = {status: number; code: string; message: string};

/** The tile of three URL parts, or what is wrong with them. */
export function parseTilePath(z: string, x: string, y: string): TilePath | Refusal {
  const bad = (message: string): Refusal => ({status: 400, code: 'bad-tile', message});
  const numbers = [z, x, y].map((part) => (/^\d{1,8}$/.test(part) ? Number(part) : Number.NaN));
  const wrong = [z, x, y].find((_, i) => Number.isNaN(numbers[i]));
  if (wrong !== undefined) return bad(`'${wrong}' is no tile coordinate, expected /{z}/{x}/{y} in whole numbers`);
  const [zoom, column, row] = numbers;
  if (zoom > maxTileZoom) return bad(`zoom ${zoom}, expected 0 to ${maxTileZoom}`);
  const side = 2 ** zoom;
  if (column < side && row < side) return {z: zoom, x: column, y: row};
  const message = `tile ${column}/${row} does not exist at zoom ${zoom}, expected 0 to ${side - 1}`;
  return {status: 404, code: 'bad-tile', message};
}
