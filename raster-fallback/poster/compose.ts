/**
 * Lays a drawn cell over a band of straight RGBA pixels: `indices` has a byte 0 before each row of `cellWidth`, `palette` is
 * straight RGBA. What lies beyond the band is cut off.
 */
export function compose(
  band: Uint8Array,
  width: number,
  rows: number,
  indices: Uint8Array | undefined,
  left: number,
  cellWidth: number,
  palette: Uint8Array,
): void {
  if (!indices) return;
  const count = Math.min(cellWidth, width - left);
  for (let y = 0; y < rows; y++) {
    const from = y * (cellWidth + 1) + 1;
    const to = (y * width + left) * 4;
    for (let x = 0; x < count; x++) {
      const index = indices[from + x] * 4;
      if (index > 0) over(band, to + x * 4, palette, index);
    }
  }
}

/** Lays a straight RGBA pixel over another: Porter and Duff, "Compositing Digital Images", 1984. */
export function over(below: Uint8Array, at: number, above: Uint8Array | Uint8ClampedArray, from: number): void {
  const alpha = above[from + 3];
  if (alpha === 0) return;
  const rest = (below[at + 3] * (255 - alpha)) / 255;
  const sum = alpha + rest;
  for (let channel = 0; channel < 3; channel++) {
    below[at + channel] = Math.round((above[from + channel] * alpha + below[at + channel] * rest) / sum);
  }
  below[at + 3] = Math.round(sum);
}
