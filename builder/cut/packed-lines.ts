import {PbfReader} from 'pbf';

/** Lines of one feature in tile units: line i has the vertices `start[i]` up to `start[i + 1]` of x and y. */
export type Lines = {x: Float64Array; y: Float64Array; start: number[]};

/** Unpacks a feature's geometry, keeping its lines apart: MVT 2.1, section 4.3. */
export function unpackLines(geometry: Uint8Array): Lines {
  const pbf = new PbfReader(geometry);
  const x = new Float64Array(geometry.length);
  const y = new Float64Array(geometry.length);
  const start: number[] = [];
  let count = 0;
  let atX = 0;
  let atY = 0;
  while (pbf.pos < pbf.length) {
    const command = pbf.readVarint();
    if ((command & 7) === 1) start.push(count);
    for (let n = command >> 3; n > 0; n--) {
      atX += pbf.readSVarint();
      atY += pbf.readSVarint();
      x[count] = atX;
      y[count++] = atY;
    }
  }
  start.push(count);
  return {x, y, start};
}
