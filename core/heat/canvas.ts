import type {HeatKernel} from './kernel.ts';

/** log2 of the side, in canvas pixels, of the square patches by which `accumulate` notes where there are lines … */
export const patchShift = 4;

/** … and of the square blocks by which all later steps know where there is heat. */
export const blockShift = 2;

/** What a line touches by splatting and gathering, beside the pixels that it crosses. */
export const canvasEdge = 2;

/**
 * Memory for drawing the heat of one picture after another.
 *
 * Canvas pixels are device pixels times the kernel's `sampling`; the picture starts at `margin`, `margin`. Arrays over
 * the canvas are row-major with `stride` columns and one empty row more above and below: pixel x, y is at
 * (y + 1) · stride + x. Each step leaves empty what the same step of the next picture adds to.
 */
export type HeatCanvas = {
  /** Size of the picture, device pixels: multiples of 4. */
  width: number;
  height: number;
  /** Canvas pixels per device pixel. */
  sampling: number;
  /** Canvas pixels around the picture, a multiple of the patch and of all cells. */
  margin: number;
  /**
   * Canvas pixels around the picture in which lines are drawn: no more than can reach it, so that no step meets the
   * edge.
   */
  reach: number;
  /** Size of the canvas, canvas pixels: multiples of the patch and of all cells. */
  stride: number;
  rows: number;
  /** Sums of the lines that run rather east-west, later of all … */
  across: Float32Array<ArrayBuffer>;
  /** … and of those that run rather north-south. */
  down: Float32Array<ArrayBuffer>;
  /** 1 for each patch that a line touches; `stride` / 16 columns. */
  patches: Uint8Array<ArrayBuffer>;
  /** Sums over blocks; `stride` / 4 columns. */
  sums: Float32Array<ArrayBuffer>;
  /**
   * 1 for each block with lines in it, that a blur along rows reaches, and that a blur reaches; `stride` / 4 columns.
   */
  touched: Uint8Array<ArrayBuffer>;
  reached: Uint8Array<ArrayBuffer>;
  blurred: Uint8Array<ArrayBuffer>;
  /** What is between the two passes of a blur. */
  between: Float32Array<ArrayBuffer>;
  /** The coarse cells of a wide blur, before and between its passes. */
  cells: Float32Array<ArrayBuffer>;
  cellsBetween: Float32Array<ArrayBuffer>;
  /** The finished heat: `width` × `height`, row-major, zero outside of the blocks in `lit`. */
  heat: Float32Array<ArrayBuffer>;
  /** 1 for each block of 4 × 4 device pixels that may hold heat; `width` / 4 columns. */
  lit: Uint8Array<ArrayBuffer>;
};

/** A canvas for pictures of `width` × `height` device pixels, which must be multiples of 4, drawn with a kernel. */
export function createHeatCanvas(width: number, height: number, kernel: HeatKernel): HeatCanvas {
  if (width % 4 || height % 4) throw new Error(`heat canvas: ${width} × ${height}, expected multiples of 4`);
  const {sampling, margin, parts} = kernel;
  const grain = Math.max(1 << patchShift, ...parts.map(({cell}) => cell));
  const stride = Math.ceil((width * sampling + 2 * margin) / grain) * grain;
  const rows = Math.ceil((height * sampling + 2 * margin) / grain) * grain;
  const pixels = stride * (rows + 2);
  const blocks = (stride * rows) >> (2 * blockShift);
  const cell = Math.min(...parts.map(({cell}) => (cell > 1 ? cell : Number.POSITIVE_INFINITY)));
  // Columns are blurred four rows at a time, so that the last group may end three rows lower.
  const cells = (stride / cell) * (rows / cell + 3);
  return {
    width,
    height,
    sampling,
    margin,
    reach: Math.ceil(kernel.reach * sampling),
    stride,
    rows,
    across: new Float32Array(pixels),
    down: new Float32Array(pixels),
    patches: new Uint8Array((stride * rows) >> (2 * patchShift)),
    sums: new Float32Array(blocks),
    touched: new Uint8Array(blocks),
    reached: new Uint8Array(blocks),
    blurred: new Uint8Array(blocks),
    between: new Float32Array(pixels),
    cells: new Float32Array(cells),
    cellsBetween: new Float32Array(cells),
    heat: new Float32Array(width * height),
    lit: new Uint8Array((width * height) >> (2 * blockShift)),
  };
}
