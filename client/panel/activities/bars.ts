/** Height of a picture of bars, and the least height of a bar, so that one activity among thousands is seen. */
const height = 100;
const leastHeight = 4;

/** Bins up to which bars have gaps between them, and the share of a bin that a gap takes. */
const mostWithGaps = 90;
const gap = 0.14;

/** Width of a picture of bars, in the units of its path. */
export const barsWidth = 1000;

/**
 * Bars of bins between ascending edges as the path of an SVG that is {@link barsWidth} wide and 100 high; `top` is the count of a bar
 * of full height.
 */
export function barsPath(edges: readonly number[], counts: Float64Array, top: number): string {
  const scale = barsWidth / (edges[edges.length - 1] - edges[0]);
  const parts: string[] = [];
  for (let i = 0; i < counts.length; i++) {
    if (!(counts[i] > 0)) continue;
    const [left, right] = [(edges[i] - edges[0]) * scale, (edges[i + 1] - edges[0]) * scale];
    const space = counts.length <= mostWithGaps ? ((right - left) * gap) / 2 : 0;
    const y = height - Math.max(leastHeight, (height * counts[i]) / top);
    parts.push(`M${short(left + space)} ${height}V${short(y)}H${short(right - space)}V${height}Z`);
  }
  return parts.join('');
}

function short(value: number): string {
  return String(Number(value.toFixed(1)));
}
