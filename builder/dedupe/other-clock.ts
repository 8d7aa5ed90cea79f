import {type Signature, signatureSeconds} from '../signature.ts';
import {metersApart} from './same-time.ts';

/** When a recording is a copy of another by a clock that is wrong by a time zone. */
export const otherClockMeasures = {
  /** Time zones differ by whole steps of so many minutes … */
  stepMinutes: 15,
  /** … and by so many hours at most. */
  hours: 14,
  /** The durations of both may differ by this share. */
  duration: 0.02,
  /** Share of the samples that must lie within so many ground metres, … */
  share: 0.95,
  meters: 50,
  /**
   * … and half of them within this, m. A copy has the noise of the original; the same way at the same pace an hour later has not,
   * and that must never be taken for a copy.
   */
  copyMeters: 3,
  /** Fewer samples prove nothing. */
  samples: 6,
  /** A minute off the copy must be elsewhere, by this factor: who stays in one place is there at any time. */
  distinct: 3,
};

/** A stretch of time by the clock of a recording: ms since 1970, s. */
type Span = {start: number; duration: number};

/**
 * Minutes that the clock of `b` is ahead of that of `a`, both recordings of one outing; undefined where they are not, or not by a
 * time zone. A duration that does not fit is found before the signatures are asked for.
 */
export function otherClock(a: Span & {signature(): Signature}, b: Span & {signature(): Signature}): number | undefined {
  const longer = Math.max(a.duration, b.duration);
  const slack = Math.max(2 * signatureSeconds, longer * otherClockMeasures.duration);
  if (!(Math.abs(a.duration - b.duration) <= slack)) return undefined;
  const step = otherClockMeasures.stepMinutes * 60;
  const ahead = (b.start - a.start) / 1000;
  for (let k = Math.ceil((ahead - slack) / step); k * step <= ahead + slack; k++) {
    if (k === 0 || Math.abs(k * step) > otherClockMeasures.hours * 3600) continue;
    if (isCopy(a.signature(), b.signature(), (-k * step) / signatureSeconds)) return k * otherClockMeasures.stepMinutes;
  }
  return undefined;
}

function isCopy(a: Signature, b: Signature, shift: number): boolean {
  const {samples, share, meters, copyMeters, distinct} = otherClockMeasures;
  const apart = metersApart(a, b, shift).sort((p, q) => p - q);
  if (apart.length < samples || apart[apart.length >> 1] > copyMeters) return false;
  const close = apart.filter((each) => each <= meters).length;
  if (close < share * Math.min(a.at.length, b.at.length)) return false;
  const off = [...metersApart(a, b, shift - 2), ...metersApart(a, b, shift + 2)];
  return mean(off) >= distinct * Math.max(1, mean(apart));
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
