import {createHash} from 'node:crypto';
import {countPoints, type Format, type Reading, type RecordedActivity, type Track} from './activity.ts';
import {clean, type Removed} from './clean.ts';
import {type Content, type ContentSource, withContent} from './content.ts';
import {type Description, describe} from './describe.ts';
import type {ExportFacts} from './export-table.ts';
import {isPlanner} from './read/planner.ts';
import {type NamedSport, narrower, sportOfName, sportOfWord} from './read/sport.ts';
import {readings} from './readings.ts';
import type {Ended} from './scan.ts';
import {encodeSignature, signature} from './signature.ts';
import {simplify} from './simplify.ts';
import {encodeTracks} from './track-blob.ts';
import {unread} from './unread.ts';
import {virtualWorld} from './virtual-world.ts';

/** How a file, or one activity of it, ended. */
export type Outcome = 'imported' | 'duplicate' | 'forgotten' | 'no-position' | 'not-activity' | 'unchanged' | 'failed';

/** An activity made ready for the library: plain data and bytes. */
export type ImportedActivity = Description & {
  sport: string;
  name: string;
  device: string;
  /** From an export's table; empty and false where unknown. */
  gear: string;
  commute: boolean;
  /** Whether an export's table tells of it. */
  listed: boolean;
  /** Points recorded and points after cleaning. */
  points: number;
  kept: number;
  /** What cleaning took out. */
  removed: Removed;
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
} & Partial<Ended>;

/** A file to import, with what is known of it before. */
export type ImportInput = ContentSource & {
  ended?: Ended;
  facts?: ExportFacts;
  /** Whether planned routes are wanted too. */
  routes?: boolean;
};

/** Why a plan is left out, and what stands in the record of a file whose plans were asked for. */
export const plannedRoute = {leftOut: 'a planned route, not an activity', included: 'a planned route, as asked for'};

/** A damaged file says no more than its first faults. */
const mostWarnings = 20;

/** Reads one file all the way: unpack, read, clean, describe, simplify. Never throws on a file's content. */
export async function importFile(input: ImportInput): Promise<ImportedFile> {
  const file: ImportedFile = {
    sha256: '',
    format: undefined,
    activities: [],
    leftOut: [],
    points: 0,
    first: Number.NaN,
    last: Number.NaN,
    warnings: [],
  };
  if (input.ended) return {...file, ...input.ended};
  try {
    await withContent(input, (content) => importContent(file, content, input));
  } catch (error) {
    return {...file, ...unread(error)};
  }
  return file;
}

async function importContent(file: ImportedFile, content: Content, input: ImportInput): Promise<void> {
  const warnings = new Set<string>();
  for await (const reading of readings(content)) {
    for (const warning of reading.warnings) warnings.add(warning);
    const single = reading.activities.length + file.activities.length + file.leftOut.length === 1;
    for (const recorded of reading.activities) {
      const planned = recorded.kind === 'route' || isPlan(recorded);
      if (planned && !input.routes) {
        file.leftOut.push({outcome: 'not-activity', reason: plannedRoute.leftOut});
        continue;
      }
      const made = importActivity(recorded, about(recorded, input, single));
      if ('outcome' in made) {
        file.leftOut.push(made);
        continue;
      }
      file.activities.push(made);
      if (planned) warnings.add(plannedRoute.included);
      // Points of a GPX file's routes are not among those that it recorded.
      if (reading.format === 'gpx' && recorded.kind === 'route') file.points += made.points;
    }
    addReading(file, reading);
  }
  file.sha256 = content.sha256();
  const all = [...content.warnings, ...warnings];
  file.warnings = all.slice(0, mostWarnings);
  if (all.length > mostWarnings) file.warnings.push(`and ${all.length - mostWarnings} more warnings`);
  if (content.reason) Object.assign(file, {reason: content.reason, outcome: 'failed'});
}

/** Adds the counts of one reading of a file; a large file has several. */
function addReading(file: ImportedFile, {format, points, first, last, reason, outcome}: Reading): void {
  file.format ??= format;
  file.points += points;
  if (!(first >= file.first)) file.first = Number.isNaN(first) ? file.first : first;
  if (!(last <= file.last)) file.last = Number.isNaN(last) ? file.last : last;
  // A reason is one for the whole file: not that of the part behind its last activity.
  const found = file.activities.length + file.leftOut.length > 0;
  file.reason = found ? undefined : reason;
  file.outcome = found ? undefined : outcome;
}

/** Whether tracks are a plan, though written like a recording: by a planner, and without any time. */
function isPlan({device, tracks}: RecordedActivity): boolean {
  return tracks.length > 0 && isPlanner(device) && tracks.every(({time}) => time.every(Number.isNaN));
}

type About = NamedSport & {name: string; gear: string; commute: boolean; listed: boolean};

/**
 * Name, sport and the rest: what a person wrote in the table of an export counts more than what the device did, and the
 * sport that is read out of a name, or the name of the file, only where nothing else tells one.
 */
function about(recorded: RecordedActivity, {facts, path}: ImportInput, single: boolean): About {
  const name = (single && facts?.name) || recorded.name || facts?.name || '';
  let {sport, virtual} = recorded;
  const told = facts && single ? sportOfWord(facts.sport) : undefined;
  if (told && told.sport !== 'other') sport = narrower(told.sport, sport);
  if (told?.virtual) virtual = true;
  if (sport === 'other') sport = sportOfName(name) ?? sportOfName(path.replace(/^.*[/\\!]/s, '')) ?? 'other';
  return {sport, virtual, name, gear: facts?.gear ?? '', commute: facts?.commute ?? false, listed: facts !== undefined};
}

function importActivity(recorded: RecordedActivity, about: About): ImportedActivity | LeftOut {
  const points = countPoints(recorded.tracks);
  if (points === 0) return {outcome: 'no-position', reason: `${about.sport} without any position`};
  if (about.virtual) return {outcome: 'not-activity', reason: `virtual or indoor ${about.sport}`};
  const world = virtualWorld(recorded.tracks, about.name, recorded.device);
  if (world) return {outcome: 'not-activity', reason: `virtual ${about.sport} in ${world}`};
  const {tracks, removed} = clean(recorded.tracks, about.sport);
  const kept = countPoints(tracks);
  if (kept === 0) {
    const why = removed.nullIsland === points ? 'all at 0/0' : 'none of them a line';
    return {outcome: 'no-position', reason: `${points} ${points === 1 ? 'position' : 'positions'}, ${why}`};
  }
  const sample = signature(tracks);
  return {
    ...describe(tracks, recorded),
    sport: about.sport,
    name: about.name,
    device: recorded.device,
    gear: about.gear,
    commute: about.commute,
    listed: about.listed,
    points,
    kept,
    removed,
    pointHash: hashPoints(recorded.tracks),
    signature: sample && encodeSignature(sample),
    tracks: encodeTracks(tracks.map((track) => ({track, indices: simplify(track)}))),
  };
}

/** Room for the numbers of the track at hand, three a point; a longer one than usual has its own. */
const room = new Int32Array(3 << 15);

function hashPoints(tracks: Track[]): string {
  const hash = createHash('sha256');
  for (const {lng, lat, time} of tracks) {
    const count = lng.length * 3;
    const numbers = count > room.length ? new Int32Array(count) : room;
    for (let i = 0, at = 0; at < count; i++, at += 3) {
      numbers[at] = Math.round(lng[i] * 1e5);
      numbers[at + 1] = Math.round(lat[i] * 1e5);
      numbers[at + 2] = Math.round(time[i] / 1000);
    }
    hash.update(numbers.subarray(0, count));
  }
  return hash.digest('hex');
}
