import {mkdir, readdir, rename, rm, rmdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import type {Sport} from '../core/sports.ts';
import type {Format} from './activity.ts';
import {type SampleActivity, sampleActivities} from './sample/activities.ts';
import {gzip} from './sample/gzip.ts';
import type {Special} from './sample/plan.ts';
import {writeFit} from './sample/write-fit.ts';
import {writeGpx} from './sample/write-gpx.ts';
import {writeTcx} from './sample/write-tcx.ts';

export {type SampleActivity, type Special, sampleActivities};

/** What is known of the sample library before anything reads it. */
export type SampleFacts = {
  files: number;
  /** Activities that remain when duplicates and what has no position are left out. */
  activities: number;
  duplicates: number;
  withoutPosition: number;
  /** Positions in all files, those of duplicates too. */
  points: number;
  /** One per file, in order of time. */
  list: SampleFact[];
};

export type SampleFact = {
  /** Path below the folder, with slashes. */
  file: string;
  format: Format;
  sport: Sport;
  /** As it stands in `<name>` (GPX), `<Notes>` (TCX), or the name of the workout (FIT). */
  name: string;
  /** ms since 1970 UTC. */
  start: number;
  /** Minutes that the clock at the place is ahead of UTC. */
  offsetMinutes: number;
  seconds: number;
  meters: number;
  points: number;
  special?: Special;
  duplicateOf?: string;
  /** Where a long rest was, degrees, and its seconds. */
  rest?: {lng: number; lat: number; seconds: number};
};

/**
 * Writes the sample library, some 60 real files of three years of made-up outings, into a folder that is new or empty. It appears
 * there whole or not at all: it is written beside it, as `folder.partial`, and renamed. Equal bytes on every run and machine.
 */
export async function writeSample(folder: string): Promise<{files: number}> {
  const there = await readdir(folder).catch(() => undefined);
  if (there && there.length > 0)
    throw new Error(`${folder}: found ${there.length} entries, expected a new or empty folder.`);
  const partial = `${path.resolve(folder)}.partial`;
  await rm(partial, {recursive: true, force: true});
  const activities = sampleActivities();
  try {
    for (const activity of activities) {
      const file = path.join(partial, activity.file);
      await mkdir(path.dirname(file), {recursive: true});
      const bytes = bytesOf(activity);
      await writeFile(file, activity.gzip ? gzip(bytes) : bytes);
    }
    if (there) await rmdir(folder);
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, {recursive: true, force: true});
    throw error;
  }
  return {files: activities.length};
}

/** The facts of activities made by {@link sampleActivities}. */
export function sampleFacts(activities: SampleActivity[] = sampleActivities()): SampleFacts {
  const list = activities.map(({tracks, distances: _, gzip: __, ...rest}) => ({
    ...rest,
    points: tracks.reduce((sum, {lng}) => sum + lng.length, 0),
  }));
  const duplicates = list.filter(({duplicateOf}) => duplicateOf).length;
  const withoutPosition = list.filter(({points}) => points === 0).length;
  return {
    files: list.length,
    activities: list.length - duplicates - withoutPosition,
    duplicates,
    withoutPosition,
    points: list.reduce((sum, {points}) => sum + points, 0),
    list,
  };
}

function bytesOf(activity: SampleActivity): Uint8Array {
  if (activity.format === 'fit') return writeFit(activity);
  return Buffer.from(activity.format === 'gpx' ? writeGpx(activity) : writeTcx(activity));
}
