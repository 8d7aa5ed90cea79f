import {PbfWriter} from 'pbf';
import type {HeatFeature} from '../../core/heat-tile.ts';

type Line = [x: number, y: number][];

/** A feature of a heat tile from plain lines in tile units, by an encoder apart from the builder's. */
export function heatFeature(
  feature: Partial<Omit<HeatFeature, 'geometry'>> & {id: number; lines: Line[]},
): HeatFeature {
  const {lines, ...given} = feature;
  const pbf = new PbfWriter();
  let x = 0;
  let y = 0;
  for (const line of lines) {
    line.forEach((vertex, i) => {
      if (i === 0) pbf.writeVarint(1 | (1 << 3));
      if (i === 1) pbf.writeVarint(2 | ((line.length - 1) << 3));
      pbf.writeSVarint(vertex[0] - x);
      pbf.writeSVarint(vertex[1] - y);
      [x, y] = vertex;
    });
  }
  return {n: 1, sport: 'ride', from: undefined, to: given.from, again: false, ...given, geometry: pbf.finish()};
}
