import {closeSync, openSync, writeSync} from 'node:fs';
import {type BuildOptions, type BuildSummary, build, buildDefaults} from '../builder/build.ts';
import type {FileRecord} from '../builder/library.ts';
import {parse, UsageError, wholeNumber} from './command.ts';
import {progressLine} from './progress.ts';
import {reportLine, summaryText} from './summary.ts';

const help = `trackheat build [paths…]

Imports the activity files (FIT, GPX, TCX, also gzipped) of folders and files that are new or changed into the library,
and brings the archive heat.pmtiles up to date. Source files are only ever read.

  --data DIR        folder of library.db and heat.pmtiles (default ${buildDefaults.data})
  --workers N       worker threads (default: all cores)
  --max-zoom N      deepest zoom of the archive, 0 to 15 (default ${buildDefaults.maxZoom})
  --report FILE     write one JSON line per file: what became of it, and why
  --json            print one JSON object at the end

Example: trackheat build ~/activities --report report.jsonl
`;

export const buildFlags = {
  data: {type: 'string'},
  workers: {type: 'string'},
  'max-zoom': {type: 'string'},
  report: {type: 'string'},
  json: {type: 'boolean'},
  help: {type: 'boolean', short: 'h'},
} as const;

type BuildFlags = {data?: string; workers?: string; 'max-zoom'?: string; report?: string; json?: boolean};

export async function runBuild(args: string[]): Promise<number> {
  const {values, positionals} = parse(args, buildFlags);
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  if (positionals.length === 0)
    throw new UsageError('which folders or files? For example: trackheat build ~/activities');
  const summary = await buildWithProgress(positionals, values);
  if (values.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  return summary.archive ? 0 : 1;
}

/** Builds as the flags say, with progress and the summary on the terminal (on stderr where stdout is for JSON). */
export async function buildWithProgress(paths: string[], flags: BuildFlags): Promise<BuildSummary> {
  const failed: FileRecord[] = [];
  const report = flags.report === undefined ? undefined : openSync(flags.report, 'w');
  const progress = progressLine();
  const options: Partial<BuildOptions> = {
    data: flags.data ?? buildDefaults.data,
    workers: wholeNumber('workers', flags.workers, 1, 256, buildDefaults.workers),
    maxZoom: wholeNumber('max-zoom', flags['max-zoom'], 0, 15, buildDefaults.maxZoom),
    onFile(record, unchanged) {
      if (record.outcome === 'failed') failed.push(record);
      if (report !== undefined) writeSync(report, `${JSON.stringify(reportLine(record, unchanged))}\n`);
    },
    onProgress: progress.show,
  };
  try {
    const summary = await build(paths, options);
    progress.end();
    process.stderr.write(summaryText(summary, failed));
    return summary;
  } finally {
    progress.end();
    if (report !== undefined) closeSync(report);
  }
}
