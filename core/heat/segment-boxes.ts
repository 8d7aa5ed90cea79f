/** log2 of how many segments share a box. */
export const boxShift = 6;

/**
 * Bounding boxes (stride 4: west, north, east, south, tile units) of every 64 segments of a tile, by which a picture of
 * a part of it skips the rest.
 */
export function segmentBoxes(segments: Int16Array): Int16Array<ArrayBuffer> {
  const count = segments.length >> 2;
  const boxes = new Int16Array(((count + (1 << boxShift) - 1) >> boxShift) * 4);
  for (let box = 0; box < boxes.length >> 2; box++) {
    let west = 0x7fff;
    let north = 0x7fff;
    let east = -0x8000;
    let south = -0x8000;
    const end = Math.min(segments.length, (box + 1) << (boxShift + 2));
    for (let i = box << (boxShift + 2); i < end; i += 2) {
      const x = segments[i];
      const y = segments[i + 1];
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < north) north = y;
      if (y > south) south = y;
    }
    boxes[box * 4] = west;
    boxes[box * 4 + 1] = north;
    boxes[box * 4 + 2] = east;
    boxes[box * 4 + 3] = south;
  }
  return boxes;
}
