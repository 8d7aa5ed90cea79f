import {closeSync, openSync, writeSync} from 'node:fs';
import {type BuildOptions, type BuildSummary, build, buildDefaults} from '../builder/build.ts';
import {type FileRecord, hasLibrary} from '../builder/library.ts';
import {parse, UsageError, wholeNumber} from './command.ts';
import {progressLine} from './progress.ts';
import {failedText, reportLine, summaryText} from './summary.ts';

const help = `trackheat build [paths…]

Imports the activity files (FIT, GPX, TCX, KML, GeoJSON, NMEA; gzipped or in zip archives too, so that the exports of
Strava and Garmin can be given as they are) of folders and files that are new or changed into the library, and brings the
archive heat.pmtiles up to date. Source files are only ever read. Without paths, no file is: the archive follows what was
changed in the library.

  --data DIR        folder of library.db and heat.pmtiles (default ${buildDefaults.data})
  --workers N       worker threads (default: all cores)
  --max-zoom N      deepest zoom of the archive, 0 to 15 (default ${buildDefaults.maxZoom})
  --include routes  take planned routes and courses as activities too
  --prune           forget the activities of files that are not there any more
  --report FILE     write one JSON line per file: what became of it, and why
  --json            print one JSON object at the end

Example: trackheat build ~/activities --report report.jsonl
`;

export const buildFlags = {
  data: {type: 'string'},
  workers: {type: 'string'},
  'max-zoom': {type: 'string'},
  include: {type: 'string', multiple: true},
  prune: {type: 'boolean'},
  report: {type: 'string'},
  json: {type: 'boolean'},
  help: {type: 'boolean', short: 'h'},
} as const;

type BuildFlags = {
  data?: string;
  workers?: string;
  'max-zoom'?: string;
  include?: string[];
  prune?: boolean;
  report?: string;
  json?: boolean;
};

export async function runBuild(args: string[]): Promise<number> {
  const {values, positionals} = parse(args, buildFlags);
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  if (positionals.length === 0 && !hasLibrary(values.data ?? buildDefaults.data))
    throw new UsageError('which folders or files? For example: trackheat build ~/activities');
  const summary = await buildWithProgress(positionals, values);
  if (values.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  return summary.archive ? 0 : 1;
}

/**
 * Builds as the flags say, with progress and the summary on the terminal (on stderr where stdout is for JSON), or only what
 * failed.
 */
export async function buildWithProgress(
  paths: string[],
  flags: BuildFlags,
  tell: 'summary' | 'failures' = 'summary',
): Promise<BuildSummary> {
  const checked = {
    data: flags.data ?? buildDefaults.data,
    workers: wholeNumber('workers', flags.workers, 1, 256, buildDefaults.workers),
    maxZoom: wholeNumber('max-zoom', flags['max-zoom'], 0, 15, buildDefaults.maxZoom),
    routes: includesRoutes(flags.include),
    prune: flags.prune ?? buildDefaults.prune,
  };
  const failed: FileRecord[] = [];
  // Only now: this empties the report of the build before.
  const report = flags.report === undefined ? undefined : openSync(flags.report, 'w');
  const progress = progressLine();
  const options: Partial<BuildOptions> = {
    ...checked,
    onFile(record, unchanged) {
      if (record.outcome === 'failed') failed.push(record);
      if (report !== undefined) writeSync(report, `${JSON.stringify(reportLine(record, unchanged))}\n`);
    },
    onProgress: progress.show,
  };
  try {
    const summary = await build(paths, options);
    progress.end();
    process.stderr.write(tell === 'summary' ? summaryText(summary, failed) : failedText(failed));
    return summary;
  } finally {
    progress.end();
    if (report !== undefined) closeSync(report);
  }
}

function includesRoutes(included: string[] = []): boolean {
  const unknown = included.find((what) => what !== 'routes');
  if (unknown !== undefined) throw new UsageError(`--include ${unknown}: expected routes`);
  return included.length > 0 || buildDefaults.routes;
}
