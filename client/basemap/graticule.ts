import type {FeatureCollection, LineString} from 'geojson';

/** Spacings of the grid of meridians and parallels, degrees, each with the zoom (512 px tiles) from which it is shown. */
export const graticuleSteps = [
  {degrees: 30, minZoom: 0},
  {degrees: 10, minZoom: 2.5},
  {degrees: 1, minZoom: 5.5},
  {degrees: 0.1, minZoom: 9},
] as const;

/**
 * Meridians and parallels of the world as lines of two points, which are straight in Web Mercator; property `degrees` is the spacing that a
 * line belongs to, the coarsest it fits.
 */
export function graticule(): FeatureCollection<LineString, {degrees: number}> {
  const features = graticuleSteps.flatMap(({degrees}, i) => {
    const coarser = graticuleSteps[i - 1]?.degrees;
    const lines: [number, number][][] = [];
    const perCoarser = coarser ? Math.round(coarser / degrees) : Number.POSITIVE_INFINITY;
    const last = Math.round(180 / degrees);
    for (let line = -last; line <= last; line++) {
      if (line % perCoarser === 0 && coarser) continue;
      const at = Math.round(line * degrees * 10) / 10;
      lines.push([
        [at, -85.06],
        [at, 85.06],
      ]);
      if (Math.abs(at) <= 85) {
        lines.push([
          [-180, at],
          [180, at],
        ]);
      }
    }
    return lines.map((coordinates) => ({
      type: 'Feature' as const,
      properties: {degrees},
      geometry: {type: 'LineString' as const, coordinates},
    }));
  });
  return {type: 'FeatureCollection', features};
}
