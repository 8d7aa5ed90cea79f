import {existsSync} from 'node:fs';
import {type ArchiveSummary, buildDefaults} from '../builder/build.ts';
import {lockBuild} from '../builder/build-lock.ts';
import type {Library} from '../builder/library.ts';
import {activityNumbers} from './activity-numbers.ts';
import {buildWithProgress} from './build.ts';
import {type Command, parse} from './command.ts';
import {plainFacts} from './format.ts';
import {withLibrary} from './library-of.ts';
import {stateText} from './sentences.ts';

/** Options of the commands that change the library. */
export const editFlags = {
  later: {type: 'boolean'},
  data: {type: 'string'},
  json: {type: 'boolean'},
  help: {type: 'boolean', short: 'h'},
} as const;

/** The part of a command's help that tells about {@link editFlags}. */
export const editHelp = `  --later      leave the archive as it is until the next build
  --data DIR   folder of library.db and heat.pmtiles (default ${buildDefaults.data})
  --json       print one JSON object`;

/**
 * A command that changes activities, given by number, and brings the archive up to date. `change` returns files that are to be
 * read again.
 */
export function editCommand(help: string, change: (library: Library, numbers: number[]) => string[]): Command {
  return async (args) => {
    const {values, positionals} = parse(args, editFlags);
    if (values.help) {
      process.stdout.write(help);
      return 0;
    }
    const numbers = activityNumbers(positionals);
    const data = values.data ?? buildDefaults.data;
    const files = changeLibrary(data, values.later, (library) => change(library, numbers));
    const gone = files.filter((file) => !existsSync(file));
    for (const file of gone) process.stderr.write(`${file} is gone: what was in it comes back when it does\n`);
    return updateAfter(
      data,
      numbers,
      values,
      files.filter((file) => !gone.includes(file)),
    );
  };
}

/**
 * Changes the library. Unless the archive is left for later, it is to follow at once: where another build is at work it cannot, and
 * nothing is changed.
 */
export function changeLibrary<T>(data: string, later = false, change: (library: Library) => T): T {
  const locked = (library: Library) => {
    const unlock = later ? undefined : lockBuild(data);
    try {
      return change(library);
    } finally {
      unlock?.();
    }
  };
  return withLibrary(data, locked, 'write');
}

/** Brings the archive up to date after a change of the library, at its own zooms, unless that is left for later. */
export async function updateArchive(
  data: string,
  later = false,
  files: string[] = [],
): Promise<ArchiveSummary | undefined> {
  if (later) return undefined;
  const maxZoom = withLibrary(data, (library) => library.fact('maxZoom'));
  return (await buildWithProgress(files, {data, 'max-zoom': maxZoom}, 'failures')).archive;
}

/** Brings the archive up to date, unless that is left for later, and tells what became of the activities. */
export async function updateAfter(
  data: string,
  numbers: number[],
  {later, json}: {later?: boolean; json?: boolean},
  files: string[] = [],
): Promise<number> {
  const archive = await updateArchive(data, later, files);
  const changed = withLibrary(data, (library) =>
    numbers.flatMap((number) => {
      const shown = library.show(number);
      if (!shown) return [];
      // Twins that come forth, or go, are what one would not expect.
      const others = shown.others.flatMap((other) => library.show(other.number)?.activity ?? []);
      return [{activity: shown.activity, others}];
    }),
  );
  if (json) {
    const activities = changed.map(({activity, others}) => ({...plainFacts(activity), others: others.map(plainFacts)}));
    process.stdout.write(`${JSON.stringify({activities, archive: archive ?? null})}\n`);
    return 0;
  }
  for (const {activity, others} of changed) {
    process.stdout.write(`${activity.number}: ${stateText(activity)}\n`);
    for (const other of others) process.stdout.write(`  the same outing: ${other.number}: ${stateText(other)}\n`);
  }
  return 0;
}
