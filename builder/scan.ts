import {readdir, realpath, stat} from 'node:fs/promises';
import path from 'node:path';

/** A file that may hold activities. `modified` is its mtime in whole ms. */
export type SourceFile = {path: string; size: number; modified: number};

/**
 * All files at and below the given paths, by absolute path in code-unit order, each once. Names that begin with a dot are
 * the business of systems and editors and left out; links are followed, a folder that was seen is not entered again.
 * Throws where a path does not exist: that is a mistake in the call, not a bad file.
 */
export async function scan(paths: string[]): Promise<SourceFile[]> {
  const found = new Map<string, SourceFile>();
  const entered = new Set<string>();
  for (const start of paths) await visit(path.resolve(start), found, entered, true);
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function visit(at: string, found: Map<string, SourceFile>, entered: Set<string>, asked: boolean): Promise<void> {
  const info = await stat(at).catch((error: NodeJS.ErrnoException) => {
    if (asked) throw new Error(`${at}: ${error.code === 'ENOENT' ? 'no such file or folder' : error.message}`);
    return undefined;
  });
  // A dangling link below a folder is no file.
  if (!info) return;
  if (info.isFile()) found.set(at, {path: at, size: info.size, modified: Math.floor(info.mtimeMs)});
  if (!info.isDirectory()) return;
  const real = await realpath(at);
  if (entered.has(real)) return;
  entered.add(real);
  for (const name of (await readdir(at)).sort()) {
    if (!name.startsWith('.')) await visit(path.join(at, name), found, entered, false);
  }
}
