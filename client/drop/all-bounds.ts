import type {Bounds} from '../map/view.ts';

/** The box around some boxes, at least one. */
export function allBounds(boxes: Bounds[]): Bounds {
  const side = (i: number) => boxes.map((box) => box[i]);
  return [Math.min(...side(0)), Math.min(...side(1)), Math.max(...side(2)), Math.max(...side(3))];
}
