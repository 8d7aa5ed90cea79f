import {type Signature, unknownPosition} from './signature.ts';

/** When two recordings are one outing. */
export const dedupeDefaults = {
  /** Share of the shorter one's samples … */
  share: 0.8,
  /** … that must lie within this many ground metres of the other's at the same time. */
  meters: 50,
};

/** An activity that a new one may repeat. */
export type Candidate = {number: number; signature: Signature};

/**
 * Number of the activity among the candidates that is the same outing as the signature's: at least 80 % of the samples of
 * the one with fewer lie within 50 m of the other's at the same time; undefined where there is none.
 */
export function dedupe(
  signature: Signature,
  candidates: Iterable<Candidate>,
  options = dedupeDefaults,
): number | undefined {
  for (const candidate of candidates) {
    if (sameOuting(signature, candidate.signature, options)) return candidate.number;
  }
  return undefined;
}

function sameOuting(a: Signature, b: Signature, {share, meters}: typeof dedupeDefaults): boolean {
  const shorter = Math.min(known(a), known(b));
  if (shorter === 0) return false;
  const from = Math.max(a.first, b.first);
  const to = Math.min(a.first + a.positions.length / 2, b.first + b.positions.length / 2);
  let close = 0;
  for (let k = from; k < to; k++) {
    const i = (k - a.first) * 2;
    const j = (k - b.first) * 2;
    if (a.positions[i] === unknownPosition || b.positions[j] === unknownPosition) continue;
    const dLat = (a.positions[i + 1] - b.positions[j + 1]) * 1.1112;
    const dLng = (a.positions[i] - b.positions[j]) * 1.1112 * Math.cos((a.positions[i + 1] / 1e5) * (Math.PI / 180));
    if (dLat * dLat + dLng * dLng <= meters * meters) close++;
  }
  return close >= shorter * share;
}

/** How many samples have a position. */
function known({positions}: Signature): number {
  let count = 0;
  for (let i = 0; i < positions.length; i += 2) if (positions[i] !== unknownPosition) count++;
  return count;
}
