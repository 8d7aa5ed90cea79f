import {PbfReader} from 'pbf';

/**
 * Lines of one feature in tile units: line i has the vertices `start[i]` up to `start[i + 1]` of x and y. The features of a tile
 * share these two: there may be tens of thousands.
 */
export type Lines = {x: Float64Array; y: Float64Array; start: number[]};

/** Unpacks the geometry of features, keeping their lines apart: MVT 2.1, section 4.3. */
export function unpackLines(geometries: Uint8Array[]): Lines[] {
  // A vertex takes two bytes at least.
  const room = geometries.reduce((sum, {length}) => sum + (length >> 1), 0);
  const x = new Float64Array(room);
  const y = new Float64Array(room);
  let count = 0;
  return geometries.map((geometry) => {
    const pbf = new PbfReader(geometry);
    const start: number[] = [];
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
  });
}

/** The same lines in memory of their own, to be changed. */
export function copyLines(features: Lines[]): Lines[] {
  if (features.length === 0) return [];
  const x = features[0].x.slice();
  const y = features[0].y.slice();
  return features.map(({start}) => ({x, y, start}));
}
