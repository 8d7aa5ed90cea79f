import {metersPerDegree} from '../../core/mercator.ts';
import type {Signature} from '../signature.ts';

/** When recordings are of one outing because they were at the same places at the same times. */
export const sameTimeMeasures = {
  /** Share of the samples of the one with fewer … */
  share: 0.8,
  /** … that lie within so many ground metres of the other's. */
  meters: 50,
};

/** Share of the samples of the one with fewer that lie close to the other's at the same time; undefined where too few do. */
export function sameTime(a: Signature, b: Signature): number | undefined {
  const apart = metersApart(a, b, 0);
  let close = 0;
  for (const each of apart) if (each <= sameTimeMeasures.meters) close++;
  const found = close / Math.min(a.at.length, b.at.length);
  return found >= sameTimeMeasures.share ? found : undefined;
}

/** Ground metres between the positions of both at each sample that both have, `b` taken to be `shift` samples later. */
export function metersApart(a: Signature, b: Signature, shift: number): number[] {
  const apart: number[] = [];
  for (let i = 0, j = 0; i < a.at.length && j < b.at.length; ) {
    const later = a.at[i] - b.at[j] - shift;
    if (later === 0) {
      const dLat = a.lat[i] - b.lat[j];
      let dLng = Math.abs(a.lng[i] - b.lng[j]);
      if (dLng > 180e5) dLng = 360e5 - dLng;
      dLng *= Math.cos(((a.lat[i] + b.lat[j]) / 2e5) * (Math.PI / 180));
      // Signatures are in 10⁻⁵ degrees.
      apart.push((Math.sqrt(dLat * dLat + dLng * dLng) * metersPerDegree) / 1e5);
    }
    if (later <= 0) i++;
    if (later >= 0) j++;
  }
  return apart;
}
