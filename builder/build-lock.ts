import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {lockFile} from './lock-file.ts';

/** Makes sure that no other build works on a data folder, and returns how to let the next one in. */
export function lockBuild(folder: string): () => void {
  mkdirSync(folder, {recursive: true});
  const unlock = lockFile(path.join(folder, '.build-lock'));
  if (!unlock) throw new Error(`${folder}: another build is at work there; wait until it has ended`);
  return unlock;
}
