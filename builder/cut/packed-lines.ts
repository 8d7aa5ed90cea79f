/** Lines of one feature in tile units: line i has the vertices `start[i]` up to `start[i + 1]` of x and y. */
export type Lines = {x: Float64Array; y: Float64Array; start: number[]};

/** Unpacks a feature's geometry, keeping its lines apart: MVT 2.1, section 4.3. */
export function unpackLines(geometry: Uint8Array): Lines {
  // A vertex takes two bytes at least.
  const x = new Float64Array(geometry.length >> 1);
  const y = new Float64Array(geometry.length >> 1);
  const start: number[] = [];
  let count = 0;
  let atX = 0;
  let atY = 0;
  let at = 0;
  const next = () => {
    let byte = geometry[at++];
    let value = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = geometry[at++];
      value |= (byte & 127) << shift;
    }
    return value;
  };
  while (at < geometry.length) {
    const command = next();
    if ((command & 7) === 1) start.push(count);
    for (let n = command >> 3; n > 0; n--) {
      const dx = next();
      const dy = next();
      atX += (dx >> 1) ^ -(dx & 1);
      atY += (dy >> 1) ^ -(dy & 1);
      x[count] = atX;
      y[count++] = atY;
    }
  }
  start.push(count);
  return {x, y, start};
}
