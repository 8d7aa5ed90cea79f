import {readdirSync, realpathSync, statSync} from 'node:fs';
import path from 'node:path';
import type {ExportFacts} from './export-table.ts';
import {unread} from './unread.ts';
import type {Place} from './zip/place.ts';

/** What Node puts for bytes of a name that are no UTF-8, as names from old disks and archives have them: such a name opens nothing. */
const unreadable = '\ufffd';

const nameReason = 'its name is not UTF-8, so it cannot be opened: rename it';

/** A file that may hold activities: one that lies in a folder, or a member of a zip archive. */
export type SourceFile = {
  /** Absolute; of a member `archive.zip!folder/ride.fit`, of one in an inner archive `archive.zip!inner.zip!ride.fit`. */
  path: string;
  size: number;
  /** Changes when the file changes: its mtime in whole ms, of a member its checksum, plus a number for its `facts`. */
  modified: number;
  /** Of a member: the file that holds it, and where in that it is. Members are never unpacked to disk. */
  archive?: string;
  place?: Place;
  /** What the table of an export says about the file. */
  facts?: ExportFacts;
  /** How the file ended before anything was read of it: an archive without activities, or what cannot be opened or looked at. */
  ended?: Ended;
};

/**
 * Why a file gives no activity. `unread`: it could not be read, which tells nothing of what is in it. What is known of it stays, and
 * the next build tries again.
 */
export type Ended = {outcome: 'not-activity' | 'failed'; reason: string; unread?: true};

/**
 * All files at and below the given paths, by absolute path in code-unit order, each once. Names that begin with a dot are
 * the business of systems and editors and left out; links are followed, one that leads nowhere is no file, and a folder that was
 * seen is not entered again. A folder or file that may not be looked at is a file that failed. Throws where a path does not exist:
 * that is a mistake in the call, not a bad file.
 */
export function scan(paths: string[]): SourceFile[] {
  const found = new Map<string, SourceFile>();
  const entered = new Set<string>();
  for (const start of paths) {
    const at = path.resolve(start);
    if (!statSync(at, {throwIfNoEntry: false})) throw new Error(`${at}: no such file or folder`);
    visit(at, found, entered);
  }
  return [...found.values()].sort(byPath);
}

/** Order of files: that of the code units of their paths. */
export function byPath(a: SourceFile, b: SourceFile): number {
  return a.path < b.path ? -1 : 1;
}

/** Whether a file is, by size and mtime, the one that was stored under its path. */
export function isUnchanged<R extends {size: number; modified: number}>(
  file: SourceFile,
  stored: R | undefined,
): stored is R {
  return stored?.size === file.size && stored.modified === file.modified;
}

function visit(at: string, found: Map<string, SourceFile>, entered: Set<string>): void {
  let names: string[] = [];
  try {
    const info = statSync(at, {throwIfNoEntry: false});
    if (!info && at.includes(unreadable)) {
      found.set(at, {path: at, size: 0, modified: 0, ended: {outcome: 'failed', reason: nameReason, unread: true}});
    }
    if (info?.isFile()) found.set(at, {path: at, size: info.size, modified: Math.floor(info.mtimeMs)});
    if (!info?.isDirectory()) return;
    const real = realpathSync.native(at);
    if (entered.has(real)) return;
    entered.add(real);
    names = readdirSync(at).sort();
  } catch (error) {
    found.set(at, {path: at, size: 0, modified: 0, ended: unread(error)});
  }
  for (const name of names) {
    if (!name.startsWith('.')) visit(path.join(at, name), found, entered);
  }
}
