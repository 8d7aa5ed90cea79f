import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {countPoints, type Format, type Reading, type RecordedActivity} from './activity.ts';
import {clean} from './clean.ts';
import {type Description, describe} from './describe.ts';
import {read} from './read.ts';
import {encodeSignature, signature} from './signature.ts';
import {simplify} from './simplify.ts';
import {encodeTracks} from './track-blob.ts';
import {unpack} from './unpack.ts';

/** How a file, or one activity of it, ended. */
export type Outcome = 'imported' | 'duplicate' | 'no-position' | 'not-activity' | 'unchanged' | 'failed';

/** An activity made ready for the library: plain data and bytes. */
export type ImportedActivity = Description & {
  sport: string;
  name: string;
  device: string;
  /** From an export's table; empty and false where unknown. */
  gear: string;
  commute: boolean;
  /** Points recorded and points after cleaning. */
  points: number;
  kept: number;
  /** SHA-256 of the points rounded to 10⁻⁵ degrees and whole seconds: equal for equal points under any name. */
  pointHash: string;
  signature: Uint8Array | undefined;
  tracks: Uint8Array;
};

/** An activity that is not imported, and why. */
export type LeftOut = {outcome: 'no-position' | 'not-activity'; reason: string};

/** What importing one file gave; `reason` where the file as a whole gave nothing. */
export type ImportedFile = {
  sha256: string;
  format: Format | undefined;
  activities: ImportedActivity[];
  leftOut: LeftOut[];
  points: number;
  first: number;
  last: number;
  warnings: string[];
  reason?: string;
  outcome?: 'not-activity' | 'failed';
};

/** Reads one file all the way: unpack, read, clean, describe, simplify. Never throws on a file's content. */
export function importFile(path: string): ImportedFile {
  const nothing = {format: undefined, activities: [], leftOut: [], points: 0, first: Number.NaN, last: Number.NaN};
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return {...nothing, sha256: '', warnings: [], reason: (error as Error).message, outcome: 'failed'};
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const unpacked = unpack(bytes);
  if (unpacked.reason) {
    return {...nothing, sha256, warnings: unpacked.warnings, reason: unpacked.reason, outcome: 'failed'};
  }
  const reading = read(unpacked.bytes);
  const activities: ImportedActivity[] = [];
  const leftOut: LeftOut[] = [];
  for (const recorded of reading.activities) {
    const made = importActivity(recorded);
    if ('outcome' in made) leftOut.push(made);
    else activities.push(made);
  }
  return {...summary(reading), sha256, activities, leftOut, warnings: [...unpacked.warnings, ...reading.warnings]};
}

function summary({format, points, first, last, reason, outcome}: Reading) {
  return {format, points, first, last, reason, outcome};
}

function importActivity(recorded: RecordedActivity): ImportedActivity | LeftOut {
  const points = countPoints(recorded.tracks);
  if (recorded.kind === 'route') return {outcome: 'not-activity', reason: 'a planned route, not an activity'};
  if (points === 0) return {outcome: 'no-position', reason: `${recorded.sport} without any position`};
  if (recorded.virtual) return {outcome: 'not-activity', reason: `virtual or indoor ${recorded.sport}`};
  const {tracks, removed} = clean(recorded.tracks);
  const kept = countPoints(tracks);
  if (kept === 0) {
    const why = removed.nullIsland === points ? 'all at 0/0' : 'none of them a line';
    return {outcome: 'no-position', reason: `${points} ${points === 1 ? 'position' : 'positions'}, ${why}`};
  }
  const sample = signature(tracks);
  return {
    ...describe(tracks, recorded),
    sport: recorded.sport,
    name: recorded.name,
    device: recorded.device,
    gear: '',
    commute: false,
    points,
    kept,
    pointHash: hashPoints(recorded),
    signature: sample && encodeSignature(sample),
    tracks: encodeTracks(tracks.map((track) => ({track, indices: simplify(track)}))),
  };
}

function hashPoints({tracks}: RecordedActivity): string {
  const hash = createHash('sha256');
  for (const {lng, lat, time} of tracks) {
    const numbers = new Int32Array(lng.length * 3);
    for (let i = 0; i < lng.length; i++) {
      numbers[i * 3] = Math.round(lng[i] * 1e5);
      numbers[i * 3 + 1] = Math.round(lat[i] * 1e5);
      numbers[i * 3 + 2] = Math.round(time[i] / 1000);
    }
    hash.update(numbers);
  }
  return hash.digest('hex');
}
