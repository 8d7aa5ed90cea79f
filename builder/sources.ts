import {readFileSync} from 'node:fs';
import {joinExports} from './join-exports.ts';
import type {KnownFile, Library} from './library.ts';
import {members} from './members.ts';
import type {SourceFile} from './scan.ts';

/**
 * What there is to import in scanned files: the members of zip archives instead of these, with what the tables of exports
 * say about them, in the order of their paths. `known` are the records of files that were stored before.
 */
export function sources(files: SourceFile[], library: Library, known: Map<string, KnownFile>): Promise<SourceFile[]> {
  return members(joinExports(files, contentOf), library, known);
}

function contentOf({path}: SourceFile): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch {
    // Its own import says why it cannot be read.
    return undefined;
  }
}
