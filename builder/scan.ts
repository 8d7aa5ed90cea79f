import {readdirSync, realpathSync, type Stats, statSync} from 'node:fs';
import path from 'node:path';
import type {ExportFacts} from './export-table.ts';
import type {Place} from './zip/place.ts';

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
  /** How the file ended before anything was read of it: an archive without activities, or one that cannot be opened. */
  ended?: Ended;
};

/**
 * Why a file gives no activity. `unread`: it could not be read, which tells nothing of what is in it. What is known of it stays, and
 * the next build tries again.
 */
export type Ended = {outcome: 'not-activity' | 'failed'; reason: string; unread?: true};

/**
 * All files at and below the given paths, by absolute path in code-unit order, each once. Names that begin with a dot are
 * the business of systems and editors and left out; links are followed, a folder that was seen is not entered again.
 * Throws where a path does not exist: that is a mistake in the call, not a bad file.
 */
export function scan(paths: string[]): SourceFile[] {
  const found = new Map<string, SourceFile>();
  const entered = new Set<string>();
  for (const start of paths) visit(path.resolve(start), found, entered, true);
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

function visit(at: string, found: Map<string, SourceFile>, entered: Set<string>, asked: boolean): void {
  const info = statOf(at, asked);
  // A dangling link below a folder is no file.
  if (!info) return;
  if (info.isFile()) found.set(at, {path: at, size: info.size, modified: Math.floor(info.mtimeMs)});
  if (!info.isDirectory()) return;
  const real = realpathSync.native(at);
  if (entered.has(real)) return;
  entered.add(real);
  for (const name of readdirSync(at).sort()) {
    if (!name.startsWith('.')) visit(path.join(at, name), found, entered, false);
  }
}

function statOf(at: string, asked: boolean): Stats | undefined {
  try {
    return statSync(at);
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException;
    if (asked) throw new Error(`${at}: ${code === 'ENOENT' ? 'no such file or folder' : message}`);
    return undefined;
  }
}
