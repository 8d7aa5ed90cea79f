import type {BuildSummary} from '../builder/build.ts';
import type {FileRecord} from '../builder/library.ts';
import {duration} from './progress.ts';

/** At most so many failed files are listed; the report has all. */
const listed = 20;

/** What a build did, for people: outcomes of files, activities and the archive, then the failed files with reasons. */
export function summaryText(summary: BuildSummary, failed: FileRecord[]): string {
  const {files, outcomes, activities, pruned, points, archive, seconds} = summary;
  const ended = Object.entries(outcomes).filter(([, n]) => n > 0);
  const lines = ['No files to import.'];
  if (files > 0) {
    lines[0] = `${count(files, 'file')}: ${ended.map(([outcome, n]) => `${n} ${outcome}`).join(', ')}`;
    lines.push(
      `${count(activities.imported + activities.duplicate, 'activity', 'activities')}: ${activities.imported} imported, ${activities.duplicate} duplicate; ${points.toLocaleString('en')} points`,
    );
  }
  if (pruned.files > 0) {
    lines.push(`${count(pruned.files, 'file')} gone: ${count(pruned.activities, 'activity', 'activities')} forgotten`);
  }
  if (archive) {
    lines.push(
      `${archive.path}: ${count(archive.activities, 'activity', 'activities')}, ${megabytes(archive.bytes)} in ${count(archive.tiles, 'tile')}, the largest ${Math.round(archive.largestTileBytes / 1000)} kB`,
    );
  } else lines.push('Nothing to draw: no archive was written.');
  lines.push(`Done in ${duration(seconds)}.`);
  return `${lines.join('\n')}\n${failedText(failed)}`;
}

/** Failed files with their reasons, a line each. */
export function failedText(failed: FileRecord[]): string {
  const lines = failed.slice(0, listed).map(({path, reason}) => `failed: ${path}: ${reason}\n`);
  if (failed.length > listed) lines.push(`… and ${failed.length - listed} more failed; --report FILE lists all\n`);
  return lines.join('');
}

/** One line of `--report`. Times are ISO 8601, null where there are none. */
export function reportLine(record: FileRecord, unchanged: boolean): object {
  const {path, outcome, reason, activities, points, kept, first, last} = record;
  return {
    path,
    outcome: unchanged ? 'unchanged' : outcome,
    reason,
    activities,
    points,
    kept,
    first: isoTime(first),
    last: isoTime(last),
  };
}

function isoTime(time: number): string | null {
  return Number.isFinite(time) ? new Date(time).toISOString() : null;
}

function count(n: number, singular: string, plural = `${singular}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? singular : plural}`;
}

function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
