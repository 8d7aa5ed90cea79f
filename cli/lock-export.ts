import {existsSync, mkdirSync, rmSync} from 'node:fs';
import path from 'node:path';
import {lockFile} from '../builder/lock-file.ts';

/**
 * Makes sure that no other export writes to a file or folder, and returns how to let the next one in. The lock lies in the
 * folder, which is made, or beside the file, and is gone afterwards.
 */
export function lockExport(out: string, isFolder: boolean): () => void {
  if (isFolder) mkdirSync(out, {recursive: true});
  const file = isFolder ? path.join(out, '.trackheat-export.lock') : `${out}.part.lock`;
  const unlock = lockFile(file);
  // Where it is gone, the export that held it ended just now: it would keep nobody else out.
  if (!unlock || !existsSync(file)) {
    unlock?.();
    throw new Error(`${out}: another export is writing it; wait until it has ended`);
  }
  return () => {
    rmSync(file, {force: true});
    unlock();
  };
}
