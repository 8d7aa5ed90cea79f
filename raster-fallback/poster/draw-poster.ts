import {formatStyle, type HeatStyle} from '../../core/style.ts';
import type {HeatArchive} from '../archive.ts';
import {drawPlan} from '../draw-plan.ts';
import {readView} from '../stored-view.ts';
import {type RasterView, viewPixels} from '../view.ts';
import type {DrawPool} from '../workers/draw-pool.ts';
import {compose} from './compose.ts';
import type {Furniture} from './furniture.ts';
import {PngFile} from './png-file.ts';

/** A picture of any size. */
export type Poster = {
  archive: HeatArchive;
  style: HeatStyle;
  /** What it shows; device pixels may be any whole numbers. */
  view: RasterView;
  /** Red, green, blue below the heat; undefined for none. */
  background: [number, number, number] | undefined;
  /** What is drawn over the heat, for a band of the poster. */
  furniture: Furniture;
};

/** Side of the pictures that a poster is put together from, device pixels. */
const cell = 512;

/**
 * Draws a poster to a PNG file, band by band from the top: memory holds two bands, whatever its height. Whether there is heat on it:
 * without, no file is written.
 */
export async function drawPoster(
  poster: Poster,
  pool: DrawPool,
  file: string,
  onProgress: (rows: number) => void,
): Promise<boolean> {
  const {width, height} = viewPixels(poster.view);
  const png = new PngFile(file, width, height);
  let isLit = false;
  try {
    let next = drawBand(poster, pool, 0);
    for (let top = 0; top < height; top += cell) {
      const cells = await next;
      if (top + cell < height) {
        next = drawBand(poster, pool, top + cell);
        // A rejection is thrown where its turn comes; until then it must not count as unhandled.
        next.catch(() => undefined);
      }
      const rows = Math.min(cell, height - top);
      const {palette} = drawPlan(poster.archive, poster.view, poster.style);
      const band = new Uint8Array(width * rows * 4);
      fillBand(band, width, poster.background);
      isLit ||= cells.some((indices) => indices?.some((index) => index > 0));
      for (const [i, indices] of cells.entries()) {
        compose(band, width, rows, indices, i * cell, cellSize(width - i * cell), palette);
      }
      poster.furniture(band, width, rows, top);
      await png.add(band);
      onProgress(Math.min(height, top + cell));
    }
    if (isLit) await png.finish();
    else png.abort();
    return isLit;
  } catch (error) {
    png.abort();
    throw error;
  }
}

/** Palette indices (a byte 0 before each row) of the cells of a band; undefined where there is no heat. */
function drawBand({archive, style, view}: Poster, pool: DrawPool, top: number): Promise<(Uint8Array | undefined)[]> {
  const {width, height} = viewPixels(view);
  const {ratio} = view;
  const {kernel} = drawPlan(archive, view, style);
  const text = formatStyle(style);
  const columns = Array.from({length: Math.ceil(width / cell)}, (_, i) => i * cell);
  return Promise.all(
    columns.map(async (left) => {
      const stored = await readView(
        archive,
        {
          ...view,
          left: view.left + left / ratio,
          top: view.top + top / ratio,
          width: cellSize(width - left) / ratio,
          height: cellSize(height - top) / ratio,
        },
        kernel,
      );
      if (stored.tiles.length === 0) return undefined;
      return (await pool.draw(archive, stored, text, 'indices')).bytes;
    }),
  );
}

/** Device pixels of a cell where so many are left; pictures are drawn in multiples of 4. */
function cellSize(left: number): number {
  return Math.ceil(Math.min(cell, left) / 4) * 4;
}

function fillBand(band: Uint8Array, width: number, background: [number, number, number] | undefined): void {
  if (!background) return;
  const row = Uint8Array.from({length: width * 4}, (_, i) => (i % 4 === 3 ? 255 : background[i % 4]));
  for (let at = 0; at < band.length; at += row.length) band.set(row, at);
}
