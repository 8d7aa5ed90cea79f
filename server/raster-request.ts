import {type NamedStyles, parseStyleQuery} from '../core/named-styles.ts';
import type {HeatStyle} from '../core/style.ts';
import type {TileRequest} from '../raster-fallback/view.ts';
import {parseTilePath, type Refusal} from './tile-path.ts';

/** A picture that is asked for. */
export type RasterRequest = {request: TileRequest; style: HeatStyle; format: 'png' | 'webp'};

/** Sides of a raster tile in CSS pixels that may be asked for; the first is meant where none is. */
const sizes = [256, 512];

/**
 * The raster tile that a URL asks for: `{z}`, `{x}` and a row like `11.png`, `11@2x.png` or `11.webp`, which counts from the
 * north (`/raster`) or the south (`/tms`), and a query string of a style and `size`. Or what is wrong with it.
 */
export function parseRasterRequest(
  {z, x, y}: {z: string; x: string; y: string},
  querystring: string,
  saved: NamedStyles,
  from: 'north' | 'south' = 'north',
): RasterRequest | Refusal {
  const row = /^([^@.]*)(@2x)?\.(png|webp)$/.exec(y);
  if (!row) {
    return {status: 400, code: 'bad-tile', message: `'${y}', expected a row like 11.png, 11@2x.png or 11.webp`};
  }
  const tile = parseTilePath(z, x, row[1]);
  if ('status' in tile) return tile;
  const {size, style, faults} = parseRasterQuery(querystring, saved);
  if (faults.length > 0) return {status: 400, code: 'bad-style', message: faults.join('; ')};
  const fromNorth = from === 'north' ? tile.y : 2 ** tile.z - 1 - tile.y;
  return {
    request: {...tile, y: fromNorth, size, ratio: row[2] ? 2 : 1},
    style,
    format: row[3] as 'png' | 'webp',
  };
}

/** The tile size and the style of a query string, and each thing that is wrong with it. */
export function parseRasterQuery(
  querystring: string,
  saved: NamedStyles,
): {size: number; style: HeatStyle; faults: string[]} {
  const query = new URLSearchParams(querystring);
  const asked = query.getAll('size');
  query.delete('size');
  const {style, faults} = parseStyleQuery(query, saved);
  if (asked.length > 1) faults.push('size: given twice');
  const size = asked.length > 0 ? sizes.find((side) => String(side) === asked[0]) : sizes[0];
  if (!size) faults.push(`size: '${asked[0]}', expected ${sizes.join(' or ')}`);
  return {size: size ?? sizes[0], style, faults};
}
